/** The related lists of records of the embedded org. */
import { ApiRequestError } from '../../src/client/errors.ts';
import type { RecordApi } from '../../src/record-view/recordApi.ts';
import type { ListFirst } from '../../src/record-view/relatedListDefinitions.ts';
import { loadRelatedLists } from '../../src/record-view/relatedLists.ts';
import { openEmbeddedOrg, orgUrl, type EmbeddedOrg } from '../intents/embeddedOrg.ts';

let org: EmbeddedOrg;
let contact: string;

beforeAll(async () => {
  org = await openEmbeddedOrg();
  const account = org.create('Account', { Name: 'Listed plc' });
  contact = org.create('Contact', { LastName: 'Listed', AccountId: account });
  for (let count = 0; count < 55; count += 1)
    org.create('Case', { Subject: `Case ${count}`, ContactId: contact, AccountId: account });
  for (let count = 0; count < 7; count += 1) org.create('Task', { Subject: `Call ${count}`, WhoId: contact });
});

/** @param refused Objects that the person may not read. */
function openApi(refused: readonly string[] = [], status = 400) {
  const asked: string[] = [];
  const api = {
    orgUrl,
    executeApiRequest: async (path: string) => {
      const statement = new URL(path, orgUrl).searchParams.get('q') ?? path;
      asked.push(statement);
      const object = refused.find((name) => statement.includes(`FROM ${name} `));
      if (object) throw new ApiRequestError(`sObject type '${object}' is not supported.`, status);
      const { body } = org.send(path);
      return { data: body };
    },
  } as unknown as RecordApi;
  return { api, asked };
}

it('has five rows of each at most, and says how many there are', async () => {
  const { api, asked } = openApi();
  const lists = await loadRelatedLists(api, 'Contact', contact);
  expect(lists.map(({ label, count, rows }) => [label, count, rows.length])).toEqual([
    ['Opportunities', 0, 0],
    ['Cases', 55, 5],
    ['Tasks', 7, 5],
    ['Events', 0, 0],
  ]);
  // One query for each list, and for their number only where it cannot be seen.
  expect(asked.filter((statement) => statement.includes('COUNT()'))).toHaveLength(1);
  expect(asked).toHaveLength(5);
});

it('has what is still to come and what has been before all else, where the activities were asked for', async () => {
  const day = 86_400_000;
  const at = (days: number): string => new Date(org.database.now() + days * day).toISOString();
  const person = org.create('Contact', { LastName: 'Busy' });
  for (const [subject, days] of [
    ['Later', 9],
    ['Sooner', 2],
    ['Long ago', -9],
    ['Lately', -2],
  ] as const) {
    org.create('Event', { Subject: subject, WhoId: person, StartDateTime: at(days), EndDateTime: at(days + 0.01) });
    const ActivityDate = at(days).slice(0, 10);
    org.create('Task', {
      Subject: subject,
      WhoId: person,
      ActivityDate,
      Status: days > 0 ? 'In Progress' : 'Completed',
    });
  }
  const { api } = openApi();
  const lists = await loadRelatedLists(api, 'Contact', person, { first: { kind: 'activities' } });
  expect(lists.map(({ label, rows }) => [label, rows.map(({ title }) => title)])).toEqual([
    ['Open tasks', ['Sooner', 'Later']],
    ['Upcoming events', ['Sooner', 'Later']],
    ['Completed tasks', ['Lately', 'Long ago']],
    ['Past events', ['Lately', 'Long ago']],
    ['Opportunities', []],
    ['Cases', []],
  ]);
});

it.each([
  ['Account', { Name: 'Active plc' }],
  ['Lead', { LastName: 'Leading', Company: 'Leads Ltd' }],
  ['Opportunity', { Name: 'Active deal', StageName: 'Prospecting', CloseDate: '2027-01-31' }],
  ['Case', { Subject: 'Active case' }],
])('has the activities of a record of %s too', async (type, values) => {
  const id = org.create(type, values);
  org.create('Task', { Subject: 'Say hello', [type === 'Lead' ? 'WhoId' : 'WhatId']: id });
  const { api } = openApi();
  const [open] = await loadRelatedLists(api, type, id, { first: { kind: 'activities' } });
  expect(open).toMatchObject({ label: 'Open tasks', rows: [{ title: 'Say hello' }] });
  const lists = await loadRelatedLists(api, type, id);
  expect(lists.find(({ label }) => label === 'Tasks')?.rows).toMatchObject([{ title: 'Say hello' }]);
});

it('has the rows of an object that the configuration maps before all else, the latest first', async () => {
  const account = org.create('Account', { Name: 'Covered plc' });
  const Banker__c = (
    org.send(`/services/data/v66.0/query?q=${encodeURIComponent('SELECT Id FROM User LIMIT 1')}`).body as {
      records: { Id: string }[];
    }
  ).records[0]!.Id;
  for (const [Product__c, Start_Date__c] of [
    ['Cash Management', '2024-01-31'],
    ['Trade Finance', '2026-01-31'],
  ] as const)
    org.create('Coverage__c', { Account__c: account, Banker__c, Product__c, Start_Date__c });
  const first: ListFirst = {
    kind: 'list',
    label: 'Coverage',
    type: 'Coverage__c',
    field: 'Account__c',
    fields: ['Product__c', 'Tier__c'],
    orderBy: 'Start_Date__c',
  };
  const { api } = openApi();
  const [covered, ...others] = await loadRelatedLists(api, 'Account', account, { first });
  expect(covered).toMatchObject({
    label: 'Coverage',
    count: 2,
    rows: [
      { type: 'Coverage__c', title: 'Trade Finance', facts: ['Silver'] },
      { title: 'Cash Management', facts: ['Silver'] },
    ],
  });
  expect(others.map(({ label }) => label)).toContain('Opportunities');
  // An object that the person may not read, or that the org lacks: the record is shown without it.
  const without = await loadRelatedLists(openApi(['Coverage__c']).api, 'Account', account, { first });
  expect(without.map(({ label }) => label)).toEqual(others.map(({ label }) => label));
});

it('has the people of an opportunity', async () => {
  const deal = org.create('Opportunity', { Name: 'Peopled', StageName: 'Prospecting', CloseDate: '2027-01-31' });
  const buyer = org.create('Contact', { LastName: 'Buyer' });
  org.create('OpportunityContactRole', { OpportunityId: deal, ContactId: buyer });
  const { api } = openApi();
  const [people] = await loadRelatedLists(api, 'Opportunity', deal);
  expect(people).toMatchObject({ label: 'Contacts', rows: [{ id: buyer }] });
});

it('leaves out what the person may not read', async () => {
  const { api } = openApi(['Case']);
  expect((await loadRelatedLists(api, 'Contact', contact)).map(({ label }) => label)).toEqual([
    'Opportunities',
    'Tasks',
    'Events',
  ]);
});

it.each([
  ['none can be read', ['Case', 'Opportunity', 'Task', 'Event'], 400],
  ['the org fails', ['Case'], 503],
])('fails where %s', async (_when, refused, status) => {
  const { api } = openApi(refused, status);
  await expect(loadRelatedLists(api, 'Contact', contact)).rejects.toBeInstanceOf(ApiRequestError);
});

it('has none for other objects', async () => {
  const { api, asked } = openApi();
  expect(await loadRelatedLists(api, 'Campaign', contact)).toEqual([]);
  expect(asked).toEqual([]);
});
