/** Whole days as numbers since the epoch; `end` is the first day behind the range. */
export interface DayRange {
  start: number;
  end: number;
}

const DAY = 86_400_000;

/** The day number of a moment, given as wall-clock time in milliseconds. */
export function dayOf(local: number): number {
  return Math.floor(local / DAY);
}

/** `2026-01-31` of a day number. */
export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Months are counted from year 0, so that adding crosses years. */
function monthOf(day: number): number {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function firstDayOfMonth(month: number): number {
  return dayOf(Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1));
}

function months(first: number, count: number): DayRange {
  return { start: firstDayOfMonth(first), end: firstDayOfMonth(first + count) };
}

/** Start (in units, relative to the one that holds today) and length of LAST_N, NEXT_N and N_…_AGO. */
function span(kind: string, n: number): { from: number; count: number } {
  if (kind === 'LAST') return { from: -n, count: n };
  if (kind === 'NEXT') return { from: 1, count: n };
  return { from: -n, count: 1 };
}

function unitRange(unit: string, today: number, weekStart: number, from: number, count: number): DayRange {
  const month = monthOf(today);
  switch (unit) {
    case 'DAY':
      return { start: today + from, end: today + from + count };
    case 'WEEK': {
      const weekday = (((today + 4 - weekStart) % 7) + 7) % 7;
      const start = today - weekday + from * 7;
      return { start, end: start + count * 7 };
    }
    case 'MONTH':
      return months(month + from, count);
    case 'QUARTER':
      return months(month - (month % 3) + from * 3, count * 3);
    default:
      return months(month - (month % 12) + from * 12, count * 12);
  }
}

const single: Record<string, [from: number, count: number]> = {
  YESTERDAY: [-1, 1],
  TODAY: [0, 1],
  TOMORROW: [1, 1],
  LAST_90_DAYS: [-90, 91],
  NEXT_90_DAYS: [1, 90],
};
const relative: Record<string, number> = { LAST: -1, THIS: 0, NEXT: 1 };

/**
 * The days a SOQL date literal means. The fiscal year is the calendar year in this org.
 *
 * @param literal `THIS_WEEK`, `LAST_N_DAYS:3`, …
 * @param today Day number in the user's time zone.
 * @param weekStart 0 for Sunday, 1 for Monday: a matter of the user's locale.
 * @returns `undefined` when there is no such literal.
 * @see SOQL and SOSL Reference, "Date Formats and Date Literals in WHERE".
 */
export function dateLiteralRange(literal: string, today: number, weekStart: number): DayRange | undefined {
  const [name = '', count = '1'] = literal.toUpperCase().split(':');
  const n = Number(count);
  const days = single[name];
  if (days) return unitRange('DAY', today, weekStart, days[0], days[1]);
  const plain = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (plain?.[1] && plain[2]) return unitRange(plain[2], today, weekStart, relative[plain[1]] ?? 0, 1);
  const counted = /^(LAST|NEXT)_N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S$/.exec(name);
  if (counted?.[1] && counted[2]) {
    const { from, count: length } = span(counted[1], n);
    const includesToday = counted[1] === 'LAST' && counted[2] === 'DAY' ? 1 : 0;
    return unitRange(counted[2], today, weekStart, from, length + includesToday);
  }
  const ago = /^N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name);
  return ago?.[1] ? unitRange(ago[1], today, weekStart, -n, 1) : undefined;
}
