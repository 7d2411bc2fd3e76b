import type { SObjectRecord } from '../../../../sandbox/org/database/orgDatabase.ts';
import { openTestOrg } from '../database/testOrg.ts';
import type { TestOrg } from '../database/testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg();
});

const values = (rows: readonly SObjectRecord[], field: string): unknown[] => rows.map((row) => row[field]);

describe('a record', () => {
  it('has what was selected, in that order, in the spelling of the schema', () => {
    const [row] = org.select(
      "select TITLE, account.owner.alias, email, ACCOUNT.industry from contact where name = 'tim barr'",
    );
    expect(Object.keys(row ?? {})).toEqual(['attributes', 'Title', 'Account', 'Email']);
    expect(Object.keys(row?.['Account'] as object)).toEqual(['attributes', 'Owner', 'Industry']);
    expect(row?.['Account']).toMatchObject({
      attributes: { type: 'Account', url: expect.stringContaining('/sobjects/Account/001') },
      Owner: { Alias: 'achen' },
    });
  });

  it('shows null for a parent that is not there', () => {
    const id = org.database.create('Contact', { LastName: 'Alone' }, org.administrator);
    expect(org.select(`SELECT Account.Name, ReportsTo.Account.Name FROM Contact WHERE Id = '${id}'`)[0]).toMatchObject({
      Account: null,
      ReportsTo: null,
    });
  });

  // SOQL and SOSL Reference, "Alias Notation".
  it('is found and shown by aliases of the object and of its parents', () => {
    const plain = org.select(
      "SELECT Name, Account.Name, Account.Owner.Alias FROM Contact WHERE Account.Name LIKE 'Grand%' ORDER BY Name",
    );
    const aliased = org.select(
      "SELECT c.Name, a.Name, o.Alias FROM Contact c, c.Account a, a.Owner o WHERE a.name LIKE 'Grand%' ORDER BY c.Name",
    );
    expect(plain.length).toBeGreaterThan(1);
    expect(aliased).toEqual(plain);
    expect(
      org.database.query("SELECT count() FROM Contact c, c.Account a WHERE a.name = 'Dickenson plc'", org.administrator)
        .totalSize,
    ).toBeGreaterThan(0);
    expect(
      org.select('SELECT o.Alias FROM Contact c, c.Owner o WHERE Name != null GROUP BY o.Alias').length,
    ).toBeGreaterThan(1);
  });

  it('carries children as a query result of their own, or null', () => {
    const rows = org.select(
      "SELECT Name, (SELECT Name FROM Contacts WHERE Email != null ORDER BY Name DESC LIMIT 2), (SELECT Banker__r.Name FROM Coverages__r) FROM Account WHERE Name LIKE 'Grand%'",
    );
    const contacts = rows[0]?.['Contacts'] as { totalSize: number; done: boolean; records: SObjectRecord[] };
    expect(contacts).toMatchObject({ totalSize: 2, done: true });
    expect(values(contacts.records, 'Name')).toEqual(
      values(
        org.select(
          "SELECT Name FROM Contact WHERE Account.Name LIKE 'Grand%' AND Email != null ORDER BY Name DESC LIMIT 2",
        ),
        'Name',
      ),
    );
    expect(rows[0]?.['Coverages__r']).toHaveProperty('records.0.Banker__r.Name', 'Alex Chen');
    const id = org.database.create('Account', { Name: 'Childless' }, org.administrator);
    expect(org.select(`SELECT (SELECT Id FROM Contacts) FROM Account WHERE Id = '${id}'`)[0]?.['Contacts']).toBeNull();
  });

  it('tells of a polymorphic parent its name and type, and by TYPEOF the fields of each kind', () => {
    const account = String(org.select("SELECT Id FROM Account WHERE Name = 'Dickenson plc'")[0]?.['Id']);
    const deal = org.database.create(
      'Opportunity',
      { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-06-01', Amount: 7 },
      org.administrator,
    );
    const service = org.database.create('Case', { Subject: 'Help' }, org.administrator);
    const tasks = [account, deal, service].map((WhatId) =>
      org.database.create('Task', { Subject: 'Poly', WhatId }, org.administrator),
    );
    const where = `WHERE Id IN ('${tasks.join("','")}')`;
    expect(org.select(`SELECT What.Name, What.Type, Who.Name FROM Task ${where}`)).toMatchObject([
      {
        What: {
          attributes: { type: 'Name', url: `/services/data/v66.0/sobjects/Account/${account}` },
          Name: 'Dickenson plc',
          Type: 'Account',
        },
        Who: null,
      },
      { What: { Name: 'Deal', Type: 'Opportunity' } },
      { What: { Name: org.database.retrieve('Case', service, org.administrator)['CaseNumber'], Type: 'Case' } },
    ]);
    expect(
      org.select(`SELECT Id FROM Task ${where} AND What.Type = 'opportunity' AND What.Name = 'DEAL'`),
    ).toHaveLength(1);
    expect(
      org.select(
        `SELECT TYPEOF What WHEN Account THEN Phone, Site WHEN Opportunity THEN Amount ELSE Name END FROM Task ${where}`,
      ),
    ).toMatchObject([
      { What: { attributes: { type: 'Account' }, Phone: '(785) 241-6200', Site: null } },
      { What: { attributes: { type: 'Opportunity' }, Amount: 7 } },
      { What: { Name: expect.any(String) } },
    ]);
  });

  it('expands FIELDS, labels, formats and addresses', () => {
    const [custom] = org.select("SELECT FIELDS(CUSTOM) FROM Account WHERE Name = 'Dickenson plc' LIMIT 1");
    expect(Object.keys(custom ?? {})).toEqual(['attributes', 'LEI__c', 'Ticker__c', 'Region__c', 'Products__c']);
    const [row] = org.select(
      "SELECT toLabel(Industry), FORMAT(AnnualRevenue) revenue, convertCurrency(AnnualRevenue), BillingAddress FROM Account WHERE Name = 'Dickenson plc'",
    );
    expect(row).toMatchObject({
      Industry: 'Consulting',
      revenue: '$50,000,000',
      AnnualRevenue: 50_000_000,
      BillingAddress: { city: 'Lawrence', latitude: 38.9543 },
    });
  });
});

describe('ORDER BY, LIMIT, OFFSET', () => {
  it('puts nulls first unless told otherwise, in both directions', () => {
    const emails = (order: string): unknown[] =>
      values(org.select(`SELECT Email FROM Contact ORDER BY Email ${order}`), 'Email');
    for (const first of ['', 'ASC', 'DESC', 'DESC NULLS FIRST']) expect(emails(first)[0]).toBeNull();
    for (const last of ['NULLS LAST', 'DESC NULLS LAST']) {
      expect(emails(last)[0]).not.toBeNull();
      expect(emails(last).at(-1)).toBeNull();
    }
    const sorted = emails('ASC')
      .filter((email) => email !== null)
      .map((email) => String(email).toLowerCase());
    expect(sorted).toEqual(sorted.toSorted());
  });

  it('sorts picklists as they are set up', () => {
    const stages = values(
      org.select('SELECT StageName, COUNT(Id) FROM Opportunity GROUP BY StageName ORDER BY StageName'),
      'StageName',
    );
    expect(stages.slice(0, 3)).toEqual(['Prospecting', 'Qualification', 'Needs Analysis']);
  });

  it('cuts a window out of the whole', () => {
    const all = values(org.select('SELECT Id FROM Contact ORDER BY Name, Id DESC'), 'Id');
    expect(values(org.select('SELECT Id FROM Contact ORDER BY Name, Id DESC LIMIT 7 OFFSET 5'), 'Id')).toEqual(
      all.slice(5, 12),
    );
    expect(org.select('SELECT Id FROM Contact LIMIT 0')).toEqual([]);
  });
});
