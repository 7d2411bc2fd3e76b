import type { FilterValue } from './filterValue.ts';

const DAY_MS = 86_400_000;
/** A range of at least so many days has every day of the year in it. */
const WHOLE_YEAR_DAYS = 365;

/** Days of the year, `01-31`, from the first to the last; `first` is behind `last` when New Year lies between them. */
export interface DaysOfYear {
  kind: 'daysOfYear';
  first: string;
  last: string;
}

/** SQL of the month and day of a stored date. */
export function dayOfYearSql(sql: string): string {
  return `substr(${sql}, 6)`;
}

/** The same of a literal to compare with: a date as one day, a range as the days in it, null as itself. */
export function withoutYear(value: FilterValue): FilterValue | DaysOfYear {
  if (value.kind === 'value')
    return typeof value.value === 'string' ? { kind: 'value', value: value.value.slice(5) } : value;
  const [start, end] = [value.start, value.end].map((day) => Date.parse(`${day}T00:00:00Z`)) as [number, number];
  if ((end - start) / DAY_MS >= WHOLE_YEAR_DAYS) return { kind: 'daysOfYear', first: '01-01', last: '12-31' };
  return { kind: 'daysOfYear', first: value.start.slice(5), last: new Date(end - DAY_MS).toISOString().slice(5, 10) };
}

/** SQL that compares a day of the year with a range of such days; `bind` gives the placeholder of a value. */
export function compareDaysOfYear(
  sql: string,
  operator: string,
  { first, last }: DaysOfYear,
  bind: (value: string) => string,
): string {
  const inside = (): string => `(${sql} >= ${bind(first)} ${first <= last ? 'AND' : 'OR'} ${sql} <= ${bind(last)})`;
  switch (operator) {
    case '=':
      return inside();
    case '!=':
      return `NOT IFNULL(${inside()}, 0)`;
    case '<':
      return `${sql} < ${bind(first)}`;
    case '<=':
      return `${sql} <= ${bind(last)}`;
    case '>':
      return `${sql} > ${bind(last)}`;
    default:
      return `${sql} >= ${bind(first)}`;
  }
}
