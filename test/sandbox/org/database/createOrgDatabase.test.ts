import { failureOf, openTestOrg } from './testOrg.ts';
import type { TestOrg } from './testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg(60);
});

describe('transaction', () => {
  it('undoes everything when the work fails, and only the inner part when that was caught', () => {
    const names = (): unknown[] =>
      org.select("SELECT Name FROM Account WHERE Name LIKE 'Tx %' ORDER BY Name").map((row) => row['Name']);
    const create = (Name: string): string => org.database.create('Account', { Name }, org.administrator);
    expect(() =>
      org.database.transaction(() => {
        create('Tx lost');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(names()).toEqual([]);
    org.database.transaction(() => {
      create('Tx outer');
      expect(failureOf(() => org.database.transaction(() => [create('Tx inner'), create('')])).errorCode).toBe(
        'REQUIRED_FIELD_MISSING',
      );
    });
    expect(names()).toEqual(['Tx outer']);
    expect(org.database.search('FIND {inner OR outer} RETURNING Account(Name)', org.administrator)).toHaveLength(1);
  });
});

describe('replication', () => {
  it('lists what was changed and deleted in the interval, end excluded', () => {
    const minute = 60_000;
    const start = new Date((org.clock.now += 1440 * minute));
    const changed = org.database.create('Lead', { LastName: 'New', Company: 'Co' }, org.administrator);
    org.clock.now += minute;
    const deleted = org.database.create('Lead', { LastName: 'Gone', Company: 'Co' }, org.administrator);
    org.database.delete('Lead', deleted, org.administrator);
    const end = new Date(org.clock.now + minute);
    expect(org.database.updatedBetween('Lead', start, end, org.administrator)).toEqual([changed]);
    expect(org.database.updatedBetween('Lead', start, start, org.administrator)).toEqual([]);
    const deletedDate = new Date(org.clock.now).toISOString().replace('Z', '+0000');
    expect(org.database.deletedBetween('lead', start, end, org.administrator)).toEqual([{ id: deleted, deletedDate }]);
  });
});

describe('findByField', () => {
  it('finds rows by external id and refuses fields that are none', () => {
    const [row] = org.select('SELECT Id, LEI__c FROM Account LIMIT 1');
    expect(org.database.findByField('Account', 'lei__c', String(row?.['LEI__c']), org.administrator)).toEqual([
      row?.['Id'],
    ]);
    expect(org.database.findByField('Account', 'LEI__c', 'nothing', org.administrator)).toEqual([]);
    expect(failureOf(() => org.database.findByField('Account', 'Name', 'x', org.administrator)).status).toBe(404);
  });
});

describe('recentlyViewed', () => {
  it('shows the newest first, each once, without deleted ones, per user', () => {
    const [first, second] = org
      .select("SELECT Id FROM Contact WHERE Owner.Name = 'Alex Chen' LIMIT 2")
      .map((row) => String(row['Id']));
    org.database.markViewed(String(first), org.banker);
    org.database.query(`SELECT Id FROM Contact WHERE Id = '${second}' FOR VIEW`, org.banker);
    org.database.markViewed(String(first), org.banker);
    const viewed = (limit: number): unknown[] =>
      org.database.recentlyViewed(org.banker, { type: 'contact', limit }).map((row) => row['Id']);
    expect(viewed(10)).toEqual([first, second]);
    expect(viewed(1)).toEqual([first]);
    expect(org.database.recentlyViewed(org.banker, { type: 'Lead', limit: 5 })).toEqual([]);
    org.database.delete('Contact', String(first), org.administrator);
    expect(viewed(10)).toEqual([second]);
  });
});

describe('retrieve', () => {
  it('returns every field of the object, or those asked for and the id', () => {
    const contact = String(org.select("SELECT Id FROM Contact WHERE Name = 'Tim Barr'")[0]?.['Id']);
    const names = org.database.schema.object('Contact')?.fields.map((field) => field.name);
    expect(Object.keys(org.database.retrieve('Contact', contact, org.administrator))).toEqual([
      'attributes',
      ...(names ?? []),
    ]);
    expect(
      org.database.retrieve('contact', contact.toLowerCase(), org.administrator, ['account.owner.name', 'title']),
    ).toEqual({
      attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${contact}` },
      Account: expect.objectContaining({ Owner: expect.objectContaining({ Name: 'Alex Chen' }) }),
      Title: 'SVP, Administration and Finance',
      Id: contact,
    });
    expect(failureOf(() => org.database.retrieve('Contact', contact, org.administrator, ['Foo'])).errorCode).toBe(
      'INVALID_FIELD',
    );
  });
});

it('answers nothing once it is closed: its memory is for the next', async () => {
  const { database, administrator } = await openTestOrg(20);
  expect(database.query('SELECT COUNT() FROM Contact', administrator).totalSize).toBeGreaterThan(0);
  database.close();
  expect(() => database.query('SELECT COUNT() FROM Contact', administrator)).toThrow(/closed/i);
});
