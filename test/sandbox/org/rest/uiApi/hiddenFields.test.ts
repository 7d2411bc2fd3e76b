/** What field-level security leaves of records, layouts and descriptions. */
import { openEmbeddedOrg, type EmbeddedOrg } from '../../../../intents/embeddedOrg.ts';

const ui = '/services/data/v66.0/ui-api';
let org: EmbeddedOrg;
let contact: string;

beforeAll(async () => {
  org = await openEmbeddedOrg();
  const account = org.create('Account', { Name: 'Seen plc', Phone: '+44 20 1' });
  contact = org.create('Contact', {
    LastName: 'Hidden',
    MobilePhone: '+44 7',
    Email: 'h@seen.example',
    AccountId: account,
  });
});

const hidden = ['Contact.MobilePhone', 'Contact.LeadSource', 'Account.Phone'];
beforeEach(() => org.hide(hidden));

const read = (path: string) => org.send(`${ui}${path}`);
const fieldsOf = (body: unknown): string[] => Object.keys((body as { fields: object }).fields);
/** The names of fields that a layout puts somewhere. */
const placedIn = (layout: unknown): string[] =>
  [...JSON.stringify(layout).matchAll(/"apiName":"(\w+)","componentType"/g)].map(([, name]) => name!);

it('leaves a hidden field out of a record that is read by layout, and the field alone', () => {
  const { status, body } = read(`/records/${contact}?layoutTypes=Full&modes=View`);
  expect(status).toBe(200);
  expect(fieldsOf(body)).toEqual(expect.arrayContaining(['Email', 'Phone', 'Account']));
  expect(fieldsOf(body)).not.toContain('MobilePhone');
  org.hide([]);
  expect(fieldsOf(read(`/records/${contact}?layoutTypes=Full&modes=View`).body)).toContain('MobilePhone');
});

it('drops one that is optional, of the record or of a parent, and refuses one that is not', () => {
  const names = 'Contact.MobilePhone,Contact.Email,Contact.Account.Phone,Contact.Account.Name';
  const { status, body } = read(`/records/${contact}?optionalFields=${names}`);
  expect([status, fieldsOf(body)]).toEqual([200, ['Email', 'Account']]);
  const account = (body as { fields: { Account: { value: unknown } } }).fields.Account.value;
  expect(fieldsOf(account)).toEqual(['Name']);
  for (const name of ['Contact.MobilePhone', 'Contact.Account.Phone'])
    expect(read(`/records/${contact}?fields=${name}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
});

it('leaves it out of layouts, descriptions and picklists', () => {
  for (const mode of ['View', 'Edit', 'Create']) {
    const placed = placedIn(read(`/layout/Contact?layoutType=Full&mode=${mode}`).body);
    expect(placed).toContain('Email');
    expect(placed).not.toContain('MobilePhone');
  }
  for (const path of ['/object-info/Contact', '/services/data/v66.0/sobjects/Contact/describe']) {
    const { body } = path.startsWith('/services') ? org.send(path) : read(path);
    const described = JSON.stringify((body as { fields: unknown }).fields);
    expect(described).toContain('"Email"');
    expect(described).not.toContain('"MobilePhone"');
  }
  const lists = read('/object-info/Contact/picklist-values/012000000000000AAA').body;
  expect(Object.keys((lists as { picklistFieldValues: object }).picklistFieldValues)).not.toContain('LeadSource');
  expect(read('/object-info/Contact/picklist-values/012000000000000AAA/LeadSource').status).toBe(404);
  const whole = read(`/record-ui/${contact}?layoutTypes=Full&modes=Edit`);
  expect(whole.status).toBe(200);
  expect(JSON.stringify(whole.body)).not.toContain('MobilePhone');
});

it('writes nothing into it', () => {
  const refused = org.send(`${ui}/records/${contact}`, 'PATCH', { fields: { MobilePhone: '+44 8' } });
  expect(refused.status).toBe(400);
  expect(org.send(`${ui}/records/${contact}`, 'PATCH', { fields: { Title: 'Seen' } }).status).toBe(200);
  org.hide([]);
  expect(read(`/records/${contact}?fields=Contact.MobilePhone,Contact.Title`).body).toMatchObject({
    fields: { MobilePhone: { value: '+44 7' }, Title: { value: 'Seen' } },
  });
});
