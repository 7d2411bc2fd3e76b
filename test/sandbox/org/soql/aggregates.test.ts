import type { SObjectRecord } from '../../../../sandbox/org/database/orgDatabase.ts';
import { openTestOrg } from '../database/testOrg.ts';
import type { TestOrg } from '../database/testOrg.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await openTestOrg();
});

describe('aggregates', () => {
  it('counts without rows', () => {
    expect(org.database.query('SELECT COUNT() FROM Contact', org.administrator)).toEqual({
      records: [],
      totalSize: 300,
      isAggregate: true,
    });
    expect(org.database.query('SELECT COUNT() FROM Contact LIMIT 5', org.administrator).totalSize).toBe(5);
  });

  it('computes what plain JavaScript computes', () => {
    const amounts = org
      .select('SELECT Amount FROM Opportunity')
      .flatMap((row) => (row['Amount'] === null ? [] : [Number(row['Amount'])]));
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    const [row] = org.select(
      'SELECT COUNT(Id), SUM(Amount) total, AVG(Amount), MIN(Amount), MAX(Amount) top, COUNT_DISTINCT(StageName), COUNT(Amount) FROM Opportunity',
    );
    expect(row).toEqual({
      attributes: { type: 'AggregateResult' },
      expr0: 80,
      total: sum,
      expr1: expect.closeTo(sum / amounts.length, 4),
      expr2: Math.min(...amounts),
      top: Math.max(...amounts),
      expr3: 8,
      expr4: amounts.length,
    });
  });

  it('groups by fields, parents and date functions, and filters groups', () => {
    const rows = org.select(
      'SELECT Account.Name, COUNT(Id) people FROM Contact GROUP BY Account.Name HAVING COUNT(Id) > 12 ORDER BY COUNT(Id) DESC, Account.Name',
    );
    const accounts = org
      .select('SELECT Account.Name FROM Contact')
      .map((row) => String((row['Account'] as SObjectRecord)['Name']));
    const expected = [...new Set(accounts)]
      .map((Name) => ({ Name, people: accounts.filter((account) => account === Name).length }))
      .filter(({ people }) => people > 12);
    expect(expected.length).toBeGreaterThan(1);
    expect(rows.map(({ Name, people }) => ({ Name, people }))).toEqual(
      expected.toSorted((a, b) => b.people - a.people || a.Name.localeCompare(b.Name)),
    );
    const years = org.select(
      'SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate) ORDER BY CALENDAR_YEAR(CloseDate)',
    );
    expect(years.reduce((total, row) => total + Number(row['expr0']), 0)).toBe(80);
    expect(years.map((row) => row['y'])).toEqual(years.map((row) => row['y']).toSorted());
  });

  it('adds subtotals with ROLLUP and CUBE', () => {
    const rollup = org.select(
      'SELECT IsWon, IsClosed, COUNT(Id) c, GROUPING(IsClosed) g FROM Opportunity GROUP BY ROLLUP(IsWon, IsClosed)',
    );
    expect(rollup.find((row) => row['IsWon'] === null)).toMatchObject({ IsClosed: null, c: 80, g: 1 });
    expect(rollup.filter((row) => row['g'] === 0).reduce((total, row) => total + Number(row['c']), 0)).toBe(80);
    const cube = org.select('SELECT IsWon, IsClosed, COUNT(Id) c FROM Opportunity GROUP BY CUBE(IsWon, IsClosed)');
    expect(cube.filter((row) => row['IsWon'] === null && row['IsClosed'] !== null)).toHaveLength(2);
  });

  // SOQL and SOSL Reference, "GROUPING(fieldName)": in SELECT, HAVING and ORDER BY.
  it('tells subtotals apart with GROUPING, without another aggregate, in the order and in HAVING', () => {
    const alone = org.select(
      'SELECT IsWon, GROUPING(IsWon) g FROM Opportunity GROUP BY ROLLUP(IsWon) ORDER BY GROUPING(IsWon) DESC, IsWon',
    );
    expect(alone.map(({ IsWon, g }) => [IsWon, g])).toEqual([
      [null, 1],
      [false, 0],
      [true, 0],
    ]);
    const totals = 'SELECT IsWon, COUNT(Id) c FROM Opportunity GROUP BY ROLLUP(IsWon) HAVING ';
    expect(org.select(`${totals} GROUPING(IsWon) = 1`)).toMatchObject([{ IsWon: null, c: 80 }]);
    expect(org.select(`${totals} IsWon = true`)).toMatchObject([{ IsWon: true }]);
  });

  it('is no record that somebody could have viewed', () => {
    expect(org.select('SELECT IsWon FROM Opportunity GROUP BY IsWon ORDER BY IsWon FOR VIEW')).toMatchObject([
      { IsWon: false },
      { IsWon: true },
    ]);
  });
});
