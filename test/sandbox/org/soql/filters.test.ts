import fc from 'fast-check';
import type { SObjectRecord } from '../../../../sandbox/org/database/orgDatabase.ts';
import { soql } from '../../../../src/salesforce/soqlQuoting.ts';
import { failureOf, openTestOrg } from '../database/testOrg.ts';
import type { TestOrg } from '../database/testOrg.ts';

let org: TestOrg;
let accounts: SObjectRecord[];
let contacts: SObjectRecord[];
let opportunities: SObjectRecord[];
beforeAll(async () => {
  org = await openTestOrg(600);
  accounts = org.select('SELECT FIELDS(ALL) FROM Account LIMIT 200');
  contacts = org.select(
    'SELECT Id, Name, FirstName, Email, AccountId, Birthdate, DoNotCall, CreatedDate, Account.Name, Account.Owner.Name FROM Contact',
  );
  opportunities = org.select('SELECT Id, StageName, Amount, CloseDate, IsWon, AccountId, Probability FROM Opportunity');
});

const text = (row: SObjectRecord, field: string): string => String(row[field] ?? '').toLowerCase();
const birthday = (row: SObjectRecord): string => text(row, 'Birthdate').slice(5);
const idsOf = (rows: readonly SObjectRecord[]): unknown[] => rows.map((row) => row['Id']);

/** What plain JavaScript finds in the same rows. */
const cases: [from: string, where: string, matches: (row: SObjectRecord) => boolean][] = [
  ['Contact', "FirstName = 'laura'", (row) => text(row, 'FirstName') === 'laura'],
  ['Contact', "FirstName != 'Laura'", (row) => text(row, 'FirstName') !== 'laura'],
  ['Contact', "FirstName IN ('Laura', 'ÉMILE')", (row) => ['laura', 'émile'].includes(text(row, 'FirstName'))],
  ['Contact', "FirstName NOT IN ('Laura', 'Émile')", (row) => !['laura', 'émile'].includes(text(row, 'FirstName'))],
  ['Contact', 'Email = null', (row) => row['Email'] === null],
  ['Contact', "Email = ''", (row) => row['Email'] === null],
  ['Contact', 'Email != null AND DoNotCall = true', (row) => row['Email'] !== null && row['DoNotCall'] === true],
  [
    'Contact',
    "Email LIKE '%.example' OR Email LIKE 'a\\_%'",
    (row) => text(row, 'Email').endsWith('.example') || text(row, 'Email').startsWith('a_'),
  ],
  ['Contact', "NOT Email LIKE '%a%'", (row) => !text(row, 'Email').includes('a')],
  ['Contact', "Name LIKE '_an%'", (row) => /^.an/s.test(text(row, 'Name'))],
  ['Contact', "Name LIKE '%ÜLL%'", (row) => text(row, 'Name').includes('üll')],
  ['Contact', "Name < 'c'", (row) => text(row, 'Name') < 'c' && text(row, 'Name') !== ''],
  // Filters pass over the year of a birthdate (Object Reference, "Contact"); today is the 11th of March.
  ['Contact', 'Birthdate < 1900-05-01', (row) => row['Birthdate'] !== null && birthday(row) < '05-01'],
  ['Contact', 'NOT Birthdate < 2026-05-01', (row) => row['Birthdate'] === null || birthday(row) >= '05-01'],
  ['Contact', 'Birthdate > TODAY', (row) => birthday(row) > '03-11'],
  ['Contact', 'Birthdate <= TODAY', (row) => row['Birthdate'] !== null && birthday(row) <= '03-11'],
  ['Contact', 'Birthdate = THIS_MONTH', (row) => birthday(row).startsWith('03')],
  ['Contact', 'Birthdate != THIS_MONTH', (row) => !birthday(row).startsWith('03')],
  [
    'Contact',
    'Birthdate = LAST_N_DAYS:90',
    (row) => birthday(row) >= '12-11' || (row['Birthdate'] !== null && birthday(row) <= '03-11'),
  ],
  ['Contact', 'Birthdate = THIS_YEAR', (row) => row['Birthdate'] !== null],
  ['Contact', 'Birthdate = NEXT_N_YEARS:3', (row) => row['Birthdate'] !== null],
  [
    'Contact',
    'Birthdate IN (1900-10-22, 2000-07-02, NEXT_MONTH)',
    (row) => /^(?:10-22|07-02|04-..)$/.test(birthday(row)),
  ],
  ['Contact', 'Birthdate NOT IN (1900-10-22, null)', (row) => row['Birthdate'] !== null && birthday(row) !== '10-22'],
  [
    'Contact',
    'CreatedDate >= 2025-06-01T00:00:00+02:00',
    (row) => String(row['CreatedDate']) >= '2025-05-31T22:00:00.000+0000',
  ],
  [
    'Contact',
    "Account.Name LIKE 'Grand%' AND (FirstName = 'Tim' OR FirstName = 'John')",
    (row) => ['Tim Barr', 'John Bond'].includes(String(row['Name'])),
  ],
  [
    'Contact',
    "Account.Owner.Name = 'Alex Chen'",
    (row) => ((row['Account'] as SObjectRecord)['Owner'] as SObjectRecord)['Name'] === 'Alex Chen',
  ],
  ['Contact', 'CALENDAR_YEAR(Birthdate) = 1980', (row) => text(row, 'Birthdate').startsWith('1980')],
  [
    'Contact',
    'CALENDAR_QUARTER(Birthdate) = 2',
    (row) => ['04', '05', '06'].includes(text(row, 'Birthdate').slice(5, 7)),
  ],
  [
    'Contact',
    'DAY_IN_WEEK(Birthdate) = 1',
    (row) => row['Birthdate'] !== null && new Date(`${String(row['Birthdate'])}T00:00:00Z`).getUTCDay() === 0,
  ],
  ['Contact', 'HOUR_IN_DAY(CreatedDate) < 6', (row) => Number(text(row, 'CreatedDate').slice(11, 13)) < 6],
  ['Contact', 'DAY_ONLY(CreatedDate) = LAST_YEAR', (row) => text(row, 'CreatedDate').startsWith('2025')],
  ['Opportunity', 'Amount > 1000000', (row) => Number(row['Amount'] ?? 0) > 1_000_000],
  ['Opportunity', 'Amount <= USD1000000', (row) => row['Amount'] !== null && Number(row['Amount']) <= 1_000_000],
  [
    'Opportunity',
    'NOT (Amount > 1000000 AND IsWon = false)',
    (row) => !(Number(row['Amount'] ?? 0) > 1_000_000 && row['IsWon'] === false),
  ],
  [
    'Opportunity',
    "StageName = 'closed won' AND (NOT Amount = null)",
    (row) => row['StageName'] === 'Closed Won' && row['Amount'] !== null,
  ],
  ['Opportunity', 'CloseDate = THIS_MONTH', (row) => text(row, 'CloseDate').startsWith('2026-03')],
  ['Opportunity', 'CloseDate > NEXT_QUARTER', (row) => text(row, 'CloseDate') >= '2026-07-01'],
  ['Opportunity', 'CloseDate <= LAST_N_MONTHS:2', (row) => text(row, 'CloseDate') < '2026-03-01'],
  ['Opportunity', 'CloseDate != THIS_YEAR', (row) => !text(row, 'CloseDate').startsWith('2026')],
  [
    'Opportunity',
    'CloseDate IN (TODAY, NEXT_N_DAYS:30)',
    (row) => text(row, 'CloseDate') >= '2026-03-11' && text(row, 'CloseDate') <= '2026-04-10',
  ],
  ['Opportunity', 'Probability IN (10, 20.0)', (row) => row['Probability'] === 10 || row['Probability'] === 20],
  [
    'Account',
    "Products__c INCLUDES ('Lending;Trade Finance', 'FX & Rates')",
    (row) => {
      const has = (product: string): boolean =>
        String(row['Products__c'] ?? '')
          .split(';')
          .includes(product);
      return (has('Lending') && has('Trade Finance')) || has('FX & Rates');
    },
  ],
  [
    'Account',
    "Products__c EXCLUDES ('Lending')",
    (row) =>
      !String(row['Products__c'] ?? '')
        .split(';')
        .includes('Lending'),
  ],
  [
    'Account',
    "BillingCity = 'são paulo' OR BillingCity = 'ZÜRICH'",
    (row) => ['são paulo', 'zürich'].includes(text(row, 'BillingCity')),
  ],
  [
    'Account',
    'Id IN (SELECT AccountId FROM Opportunity WHERE IsWon = true)',
    (row) => opportunities.some((deal) => deal['AccountId'] === row['Id'] && deal['IsWon']),
  ],
  [
    'Account',
    'Id NOT IN (SELECT AccountId FROM Opportunity)',
    (row) => !opportunities.some((deal) => deal['AccountId'] === row['Id']),
  ],
  [
    'Account',
    "ParentId NOT IN (SELECT Id FROM Account WHERE Name LIKE 'A%')",
    (row) => !accounts.some((parent) => parent['Id'] === row['ParentId'] && text(parent, 'Name').startsWith('a')),
  ],
];

describe('WHERE', () => {
  it.each(cases)('%s: %s finds the rows that a plain filter finds', (from, where, matches) => {
    const rows = { Account: accounts, Contact: contacts, Opportunity: opportunities }[from] ?? [];
    const expected = idsOf(rows.filter(matches));
    expect(idsOf(org.select(`SELECT Id FROM ${from} WHERE ${where}`))).toEqual(expected);
    expect(org.database.query(`SELECT COUNT() FROM ${from} WHERE ${where}`, org.administrator).totalSize).toBe(
      expected.length,
    );
  });

  it('finds any stored text again by its quoted form, and nothing more', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'binary', minLength: 1, maxLength: 60 })
          .filter((name) => name.trim() !== '' && !name.includes('\0')),
        (name) => {
          const id = org.database.transaction(() => org.database.create('Campaign', { Name: name }, org.administrator));
          const stored = org.database.retrieve('Campaign', id, org.administrator)['Name'];
          expect(stored).toBe(name.trim());
          const found = org.select(String(soql`SELECT Id, Name FROM Campaign WHERE Name = ${name.trim()}`));
          expect(idsOf(found)).toContain(id);
          for (const row of found) expect(text(row, 'Name')).toBe(name.trim().toLowerCase());
          org.database.delete('Campaign', id, org.administrator);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads LIKE as Salesforce does: % any text, _ one character, escaped ones literally', () => {
    const pieces = fc.constantFrom('a', 'B', '%', '_', '!', "'", '\\', 'é', '\\%', '\\_');
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 6 }),
        fc.stringMatching(/^[aBé%_!'\\]{1,6}$/),
        (pattern, name) => {
          const literal = pattern.map((piece) => (piece === "'" || piece === '\\' ? `\\${piece}` : piece)).join('');
          const expression = pattern
            .map((piece) =>
              piece === '%'
                ? '.*'
                : piece === '_'
                  ? '.'
                  : (piece.length > 1 ? piece.slice(1) : piece).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
            )
            .join('');
          const id = org.database.create('Campaign', { Name: name }, org.administrator);
          const found =
            org.select(`SELECT Id FROM Campaign WHERE Id = '${id}' AND Name LIKE '${literal}'`).length === 1;
          org.database.delete('Campaign', id, org.administrator);
          expect(found).toBe(new RegExp(`^${expression}$`, 'isu').test(name));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('takes 15-character ids and ids that lost their case', () => {
    const id = String(contacts[0]?.['Id']);
    for (const spelled of [id.slice(0, 15), id.toLowerCase()])
      expect(idsOf(org.select(`SELECT Id FROM Contact WHERE Id = '${spelled}'`))).toEqual([id]);
  });

  it("knows USING SCOPE mine, the query's own alias, and places within a distance", () => {
    const mine = org.database.query('SELECT Id, OwnerId FROM Account USING SCOPE mine', org.banker).records;
    expect(mine.length).toBeGreaterThan(0);
    for (const row of mine) expect(row['OwnerId']).toBe(org.banker.user.id);
    expect(
      org.select(
        "SELECT c.Id, c.Account.Name FROM Contact c WHERE c.Account.Name LIKE 'Grand%' AND Contact.Name = 'Tim Barr'",
      ),
    ).toHaveLength(1);
    const near = org.select(
      "SELECT BillingCity FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(52.37, 4.89), 'km') < 30 ORDER BY DISTANCE(BillingAddress, GEOLOCATION(52.37, 4.89), 'km')",
    );
    expect(new Set(near.map((row) => row['BillingCity']))).toEqual(new Set(['Amsterdam']));
    expect(near).toHaveLength(accounts.filter((row) => row['BillingCity'] === 'Amsterdam').length);
  });

  it('follows parents for five steps in filters, groups, orders and searches, and refuses a sixth', () => {
    const role = 'Account.Parent.Owner.Manager.UserRole.Name';
    const end = (row: SObjectRecord): unknown =>
      role.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], row);
    const all = org.select(`SELECT Id, ${role} FROM Contact`);
    const wanted = all.map(end).find((name) => typeof name === 'string');
    const expected = idsOf(all.filter((row) => end(row) === wanted)).toSorted();
    expect(expected.length).toBeGreaterThan(0);
    const filtered = org.select(`SELECT Id FROM Contact WHERE ${role} = '${String(wanted)}' ORDER BY ${role}, Id`);
    expect(idsOf(filtered)).toEqual(expected);
    const grouped = org.select(`SELECT ${role} role, COUNT(Id) n FROM Contact WHERE ${role} != null GROUP BY ${role}`);
    expect(grouped.find((row) => row['role'] === wanted)?.['n']).toBe(expected.length);
    const sosl = `FIND {example} IN EMAIL FIELDS RETURNING Contact(Id WHERE ${role} = '${String(wanted)}')`;
    const found = idsOf(org.database.search(sosl, org.administrator));
    expect(found.length).toBeGreaterThan(0);
    expect(expected).toEqual(expect.arrayContaining(found));
    expect(failureOf(() => org.select(`SELECT Id FROM Contact WHERE Account.Parent.${role} != null`)).errorCode).toBe(
      'INVALID_FIELD',
    );
  });
});
