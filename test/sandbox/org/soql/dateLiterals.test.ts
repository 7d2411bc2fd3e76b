import { dateLiteralRange, dayOf, dayText } from '../../../../sandbox/org/soql/dateLiterals.ts';
import { fromLocal, toLocal } from '../../../../sandbox/org/soql/timeZone.ts';
import { openTestOrg } from '../database/testOrg.ts';

const wednesday = dayOf(Date.parse('2026-03-11T00:00:00Z'));

describe('a date literal on Wednesday, 11 March 2026', () => {
  it.each([
    ['TODAY', '2026-03-11', '2026-03-12'],
    ['yesterday', '2026-03-10', '2026-03-11'],
    ['TOMORROW', '2026-03-12', '2026-03-13'],
    ['THIS_WEEK', '2026-03-09', '2026-03-16'],
    ['LAST_WEEK', '2026-03-02', '2026-03-09'],
    ['NEXT_MONTH', '2026-04-01', '2026-05-01'],
    ['LAST_QUARTER', '2025-10-01', '2026-01-01'],
    ['THIS_FISCAL_YEAR', '2026-01-01', '2027-01-01'],
    ['NEXT_YEAR', '2027-01-01', '2028-01-01'],
    ['LAST_90_DAYS', '2025-12-11', '2026-03-12'],
    ['NEXT_90_DAYS', '2026-03-12', '2026-06-10'],
    ['LAST_N_DAYS:3', '2026-03-08', '2026-03-12'],
    ['NEXT_N_DAYS:3', '2026-03-12', '2026-03-15'],
    ['N_DAYS_AGO:3', '2026-03-08', '2026-03-09'],
    ['LAST_N_WEEKS:2', '2026-02-23', '2026-03-09'],
    ['NEXT_N_WEEKS:2', '2026-03-16', '2026-03-30'],
    ['N_MONTHS_AGO:3', '2025-12-01', '2026-01-01'],
    ['LAST_N_MONTHS:14', '2025-01-01', '2026-03-01'],
    ['NEXT_N_QUARTERS:2', '2026-04-01', '2026-10-01'],
    ['N_FISCAL_QUARTERS_AGO:1', '2025-10-01', '2026-01-01'],
    ['LAST_N_YEARS:2', '2024-01-01', '2026-01-01'],
  ])('%s is from %s up to %s', (literal, start, end) => {
    const range = dateLiteralRange(literal, wednesday, 1);
    expect(range && [dayText(range.start), dayText(range.end)]).toEqual([start, end]);
  });

  it('starts the week on Sunday where the locale does', () => {
    expect(dayText(dateLiteralRange('THIS_WEEK', wednesday, 0)?.start ?? 0)).toBe('2026-03-08');
  });

  it('does not exist under another name', () => {
    expect(dateLiteralRange('NEXT_DECADE', wednesday, 1)).toBeUndefined();
  });

  it("means the day of the user's time zone", async () => {
    const org = await openTestOrg(60);
    const tyler = String(org.select("SELECT Id FROM User WHERE Name = 'Tyler Brooks'")[0]?.['Id']);
    const newYork = { user: { id: tyler, username: 'tyler', seesAll: true }, apiVersion: '66.0' };
    org.clock.now = Date.parse('2026-03-11T02:00:00Z');
    const id = org.database.create('Lead', { LastName: 'Night', Company: 'Co' }, org.administrator);
    org.clock.now = Date.parse('2026-03-11T14:00:00Z');
    const created = (literal: string): number =>
      org.database.query(`SELECT COUNT() FROM Lead WHERE Id = '${id}' AND CreatedDate = ${literal}`, newYork).totalSize;
    expect([created('TODAY'), created('YESTERDAY')]).toEqual([0, 1]);
    const local = org.database.query(
      `SELECT COUNT() FROM Lead WHERE Id = '${id}' AND HOUR_IN_DAY(convertTimezone(CreatedDate)) = 22`,
      newYork,
    );
    expect(local.totalSize).toBe(1);
  });
});

describe('time zones', () => {
  it('go there and back, on both sides of a change of the clocks', () => {
    for (const moment of [
      '2026-03-08T06:59:00Z',
      '2026-03-08T07:01:00Z',
      '2026-07-01T00:00:00Z',
      '2026-11-01T12:00:00Z',
    ]) {
      const time = Date.parse(moment);
      expect(fromLocal(toLocal(time, 'America/New_York'), 'America/New_York')).toBe(time);
    }
    expect(new Date(toLocal(Date.parse('2026-07-01T00:00:00Z'), 'Asia/Singapore')).toISOString()).toBe(
      '2026-07-01T08:00:00.000Z',
    );
  });
});
