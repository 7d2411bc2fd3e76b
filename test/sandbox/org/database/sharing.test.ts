import { failureOf, openTestOrg } from './testOrg.ts';
import type { TestOrg } from './testOrg.ts';

let org: TestOrg;
let hidden: string;
let visible: string;
beforeAll(async () => {
  org = await openTestOrg();
  const all = org.select('SELECT Id FROM Account').map((row) => String(row['Id']));
  const seen = new Set(
    org.database.query('SELECT Id FROM Account', org.banker).records.map((row) => String(row['Id'])),
  );
  hidden = String(all.find((id) => !seen.has(id)));
  visible = [...seen][0] ?? '';
});

describe('a banker', () => {
  it('sees the accounts of the own region and covered ones, and nobody else does decide', () => {
    const rows = org.select(
      "SELECT Id, Owner.Division, (SELECT Id FROM Coverages__r WHERE Banker__c = '" +
        org.banker.user.id +
        "') FROM Account",
    );
    const expected = rows
      .filter((row) => (row['Owner'] as { Division: string }).Division === 'EMEA' || row['Coverages__r'] !== null)
      .map((row) => row['Id']);
    const seen = org.database.query('SELECT Id FROM Account', org.banker).records.map((row) => row['Id']);
    expect(new Set(seen)).toEqual(new Set(expected));
    expect(seen.length).toBeLessThan(rows.length);
  });

  it('does not find a hidden account, nor its contacts, by any door', () => {
    const contact = org.database.create('Contact', { LastName: 'Hiddenson', AccountId: hidden }, org.administrator);
    expect(failureOf(() => org.database.retrieve('Account', hidden, org.banker))).toMatchObject({
      status: 404,
      errorCode: 'NOT_FOUND',
    });
    expect(org.database.query(`SELECT Id FROM Account WHERE Id = '${hidden}'`, org.banker).totalSize).toBe(0);
    expect(org.database.query(`SELECT COUNT() FROM Contact WHERE Id = '${contact}'`, org.banker).totalSize).toBe(0);
    expect(org.database.search('FIND {Hiddenson}', org.banker)).toEqual([]);
    expect(org.database.search('FIND {Hiddenson}', org.administrator)).toHaveLength(1);
    expect(
      failureOf(() => org.database.create('Contact', { LastName: 'x', AccountId: hidden }, org.banker)),
    ).toMatchObject({
      errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      message: `insufficient access rights on cross-reference id: ${hidden}`,
    });
    expect(failureOf(() => org.database.delete('Contact', contact, org.banker)).errorCode).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
  });

  it('may not change or delete accounts, but contacts of visible ones', () => {
    const refused = {
      status: 400,
      errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
      message: 'insufficient access rights on object id',
    };
    expect(failureOf(() => org.database.update('Account', visible, { Name: 'x' }, org.banker))).toMatchObject(refused);
    expect(failureOf(() => org.database.delete('Account', visible, org.banker))).toMatchObject(refused);
    expect(failureOf(() => org.database.update('User', org.banker.user.id, { Title: 'x' }, org.banker))).toMatchObject(
      refused,
    );
    const contact = org.database.create('Contact', { LastName: 'Visible', AccountId: visible }, org.banker);
    org.database.update('Contact', contact, { Title: 'CFO' }, org.banker);
    expect(org.database.retrieve('Contact', contact, org.banker)['Title']).toBe('CFO');
  });

  it('sees no parent that is hidden, only the id in the lookup', () => {
    const task = org.database.create(
      'Task',
      { Subject: 'Mine', OwnerId: org.banker.user.id, WhatId: hidden },
      org.administrator,
    );
    const [row] = org.database.query(`SELECT WhatId, What.Name FROM Task WHERE Id = '${task}'`, org.banker).records;
    expect(row).toMatchObject({ WhatId: hidden, What: null });
    expect(org.select(`SELECT What.Name FROM Task WHERE Id = '${task}'`)[0]?.['What']).toMatchObject({
      Name: expect.any(String),
    });
  });
});
