/** The `mappings` of OpenFin's sample integration, as its README and its users write them. */
import { mappings, searchedObjects, type MappingsInput } from '../../src/home/mappings.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { openHomeDesk, searchFor } from './homeDesk.ts';

let org: EmbeddedOrg;
const ids = { ada: '', hidden: '' };
beforeAll(async () => {
  org = await openEmbeddedOrg();
  ids.ada = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Mapped',
    Email: 'ada@mapped.example',
    Department: 'IT & Sons',
  });
  ids.hidden = org.create('Contact', { FirstName: 'Bob', LastName: 'Mapped', Department: "O'Hara" });
});

/** As the README of the sample shows it. */
const addressBook: MappingsInput = [
  {
    sourceType: 'Contact',
    label: 'Address book',
    iconKey: 'address',
    lookupType: 'search',
    maxItems: 5,
    fieldMappings: [
      { field: 'Id', displayMode: 'None' },
      { field: 'Name', displayMode: 'initials' },
      { field: 'Name', displayMode: 'header', isResultTitle: true },
      { field: 'Title', displayMode: 'sub-header' },
      { field: 'Department', displayMode: 'field', fieldContent: 'text', label: 'Department' },
      { field: 'Email', displayMode: 'field', fieldContent: 'link', label: 'Email' },
      { field: 'CreatedById', displayMode: 'field', label: 'By', reference: { sourceType: 'User', field: 'Name' } },
      { field: 'OwnerId', displayMode: 'field', label: 'Owner', reference: { type: 'User', field: 'Name' } },
    ],
    actions: [
      { label: 'Salesforce', iconKey: 'salesforce' },
      { label: 'Elsewhere', url: 'https://crm.example/?id={Id}&department={Department}' },
      {
        label: 'Dashboard',
        intent: {
          name: 'ViewContactDashboard',
          context: { type: 'fdc3.contact', name: '{Name}', id: { email: '{Email}', salesforce: '{Id}' } },
        },
      },
    ],
  },
];

it('find, show and do what they say', async () => {
  const icons = { address: 'https://desk.example/address.svg', salesforce: 'https://desk.example/cloud.svg' };
  const { items, objects } = await searchFor(openHomeDesk(org, { given: addressBook, icons }), 'ada mapped');
  expect(objects).toEqual(['Address book']);
  expect(items).toMatchObject([
    {
      title: 'Ada Mapped',
      label: 'Address book',
      initials: 'AM',
      icon: icons.address,
      fields: [
        { label: 'Department', value: 'IT & Sons' },
        { label: 'Email', form: 'link', url: 'mailto:ada@mapped.example' },
        { label: 'By', value: 'Morgan Reed' },
        { label: 'Owner', value: 'Morgan Reed' },
      ],
      actions: [
        {
          name: 'Salesforce',
          hotkey: 'enter',
          icon: icons.salesforce,
          does: { url: `${orgUrl}/lightning/r/Contact/${ids.ada}/view` },
        },
        { name: 'Elsewhere', does: { url: `https://crm.example/?id=${ids.ada}&department=IT%20%26%20Sons` } },
        {
          name: 'Dashboard',
          does: {
            intent: 'ViewContactDashboard',
            context: { name: 'Ada Mapped', id: { email: 'ada@mapped.example', salesforce: ids.ada } },
          },
        },
      ],
    },
  ]);
});

it('find only what their condition is true of', async () => {
  const given = [{ sourceType: 'Contact', condition: "Department != 'O\\'Hara'" }];
  const { items } = await searchFor(openHomeDesk(org, { given }), 'mapped');
  expect(items.map(({ key }) => key)).toEqual([ids.ada]);
});

it('search everything by default, and an object alone where only that is named', () => {
  expect(searchedObjects().map(({ sourceType }) => sourceType)).toEqual([
    'Account',
    'Contact',
    'Opportunity',
    'Case',
    'Task',
    'ContentNote',
    'Chatter',
  ]);
  expect(searchedObjects(mappings.parse([{ sourceType: 'Task' }]))).toMatchObject([
    { label: 'Task', maxItems: 10, lookup: { kind: 'search' } },
  ]);
});

it.each<[string, unknown, string]>([
  ['an object without fields by default', [{ sourceType: 'Quote__c' }], 'has no fields by default'],
  [
    'a condition that goes on',
    [{ sourceType: 'Task', condition: 'Id != null) LIMIT 1, User(Id' }],
    'not a whole condition',
  ],
  ['a condition with an open quote', [{ sourceType: 'Task', condition: "Status = 'Open" }], 'not a whole condition'],
  ['a field that is none', [{ sourceType: 'Task', fieldMappings: [{ field: 'Id FROM User' }] }], 'API name of a field'],
  [
    'a script as an address',
    [{ sourceType: 'Task', actions: [{ label: 'x', url: 'javascript:alert(1)' }] }],
    'https://',
  ],
  ['a feed outside of the API', [{ sourceType: 'Chatter', feedType: '../../oauth2/userinfo?' }], 'not a path of feeds'],
  [
    'a reference to nothing',
    [{ sourceType: 'X', fieldMappings: [{ field: 'A', reference: { field: 'B' } }] }],
    'names no object',
  ],
])('are refused with the reason for %s', (_what, given, reason) => {
  const parsed = mappings.safeParse(given);
  expect(parsed.error?.issues.map(({ message }) => message).join()).toContain(reason);
});
