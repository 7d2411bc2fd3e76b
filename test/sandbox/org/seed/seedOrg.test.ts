import { normalizeRecordId } from '../../../../src/salesforce/recordId.ts';
import { isLei, makeLei } from '../../../../sandbox/org/seed/lei.ts';
import { openTestOrg, testNow } from '../database/testOrg.ts';
import type { TestOrg } from '../database/testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg(3000);
});

const count = (soql: string): number => org.database.query(soql, org.administrator).totalSize;

describe('the sample data', () => {
  it.each([
    ['Account', 300],
    ['Contact', 3000],
    ['Opportunity', 800],
    ['Lead', 400],
    ['Case', 500],
    ['Task', 1500],
    ['Event', 800],
    ['Campaign', 20],
    ['User', 12],
    ['Coverage__c', 400],
    ['Organization', 1],
    ['Note', 200],
    ['FeedItem', 200],
  ])('has of %s: %i', (type, expected) => {
    expect(count(`SELECT COUNT() FROM ${type}`)).toBe(expected);
  });

  it('has well-formed ids, and LEIs whose check digits agree and which never repeat', () => {
    const rows = org.select('SELECT Id, LEI__c, OwnerId FROM Account');
    for (const row of rows) {
      expect(normalizeRecordId(String(row['Id']))).toBe(row['Id']);
      expect(isLei(String(row['LEI__c']))).toBe(true);
    }
    expect(new Set(rows.map((row) => row['LEI__c'])).size).toBe(rows.length);
  });

  it('has one Dickenson plc, and Tim Barr of Grand Hotels with what demos show of him', () => {
    expect(count("SELECT COUNT() FROM Account WHERE Name = 'Dickenson plc'")).toBe(1);
    expect(org.select("SELECT Title, Email, Account.Name FROM Contact WHERE Name = 'Tim Barr'")).toMatchObject([
      {
        Title: 'SVP, Administration and Finance',
        Email: 'barr_tim@grandhotels.com',
        Account: { Name: 'Grand Hotels & Resorts Ltd' },
      },
    ]);
  });

  it('has the cases an app must cope with', () => {
    expect(count('SELECT COUNT() FROM Contact WHERE Email = null')).toBeGreaterThan(100);
    expect(count('SELECT COUNT() FROM Contact WHERE ReportsToId != null')).toBeGreaterThan(500);
    expect(count('SELECT Name, COUNT(Id) FROM Contact GROUP BY Name HAVING COUNT(Id) > 1')).toBeGreaterThan(50);
    expect(count('SELECT COUNT() FROM Account WHERE Parent.Name != null')).toBeGreaterThan(30);
    expect(count('SELECT COUNT() FROM Task WHERE IsClosed = false AND ActivityDate < TODAY')).toBeGreaterThan(10);
    expect(count('SELECT COUNT() FROM Account WHERE CreatedDate > TOMORROW')).toBe(0);
  });

  it('points only at records that are there', () => {
    for (const object of org.database.schema.objects) {
      for (const field of object.fields.filter((candidate) => candidate.reference && candidate.sql === undefined)) {
        const name = field.reference?.relationshipName;
        expect([
          object.name,
          field.name,
          count(`SELECT COUNT() FROM ${object.name} WHERE ${field.name} != null AND ${name}.Id = null`),
        ]).toEqual([object.name, field.name, 0]);
      }
    }
  });

  it('is the same on every run', async () => {
    const query = 'SELECT Id, Name, Email, Account.Name, CreatedDate FROM Contact LIMIT 300';
    const [first, second] = [await openTestOrg(300), await openTestOrg(300)];
    expect(first.select(query)).toEqual(second.select(query));
    expect(Date.parse(String(first.select(query)[5]?.['CreatedDate']).replace('+0000', 'Z'))).toBeLessThan(testNow);
  });
});

describe('makeLei', () => {
  it('makes the check digits of ISO 7064', () => {
    expect(isLei('5493001KJTIIGC8Y1R12')).toBe(true);
    expect(isLei('5493001KJTIIGC8Y1R13')).toBe(false);
    for (const entity of [0, 1, 97, 35 ** 6, 36 ** 11]) expect(isLei(makeLei('9845', entity))).toBe(true);
  });
});
