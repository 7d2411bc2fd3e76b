import { OrgError } from '../orgError.ts';
import { formatDateTime, parseStored } from '../storedDate.ts';
import type { StoredRow } from './objectDefinition.ts';

const MINUTE_MS = 60_000;
/** Fourteen days, the most that an event may last. */
const LONGEST_MINUTES = 14 * 24 * 60;
/** Before this version a wrong end of an event is reported as a wrong duration. */
const ERRORS_ON_DURATION_UNTIL = 38;

/**
 * Refuses an event without start or length, one that ends before it starts, and values that contradict each other. A
 * day-long event may leave its length out.
 *
 * @throws OrgError 400 `REQUIRED_FIELD_MISSING` or `FIELD_INTEGRITY_EXCEPTION`.
 * @see Object Reference, "Event": ActivityDate, ActivityDateTime, DurationInMinutes, EndDateTime, StartDateTime.
 */
export function settleEventTimes(given: StoredRow, previous: StoredRow | undefined, apiVersion: string): StoredRow {
  const event = { ...previous, ...given };
  const start = startOf(given) ?? startOf(event);
  const isAllDay = event['IsAllDayEvent'] === 1;
  const hasLength = isGiven(event['DurationInMinutes']) || isGiven(event['EndDateTime']);
  const missing = [
    ...(hasLength || isAllDay ? [] : ['DurationInMinutes']),
    ...(start === undefined ? [isAllDay ? 'ActivityDate' : 'ActivityDateTime'] : []),
  ];
  if (missing.length > 0) {
    throw new OrgError(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
  }
  if (start === undefined) return given;
  refuseOtherStart(given, start);
  const minutes = lengthOf(given, start, Number(apiVersion));
  return minutes === undefined ? given : { ...given, DurationInMinutes: minutes };
}

function refuseOtherStart(given: StoredRow, start: string): void {
  for (const name of ['ActivityDateTime', 'ActivityDate']) {
    const value = given[name];
    if (typeof value === 'string' && !start.startsWith(value)) throw contradiction(name, 'StartDateTime');
  }
}

/** Undefined when neither duration nor end is given. */
function lengthOf(given: StoredRow, start: string, apiVersion: number): number | undefined {
  const duration = given['DurationInMinutes'];
  const end = given['EndDateTime'];
  const untilEnd = typeof end === 'string' ? minutesBetween(start, end) : undefined;
  const minutes = untilEnd ?? duration;
  if (typeof minutes !== 'number') return undefined;
  const told = isGiven(duration) || apiVersion <= ERRORS_ON_DURATION_UNTIL ? 'DurationInMinutes' : 'EndDateTime';
  if (minutes < 0 || minutes > LONGEST_MINUTES) {
    throw integrity(`Duration must be between 0 and ${LONGEST_MINUTES} minutes: Duration`, told);
  }
  if (untilEnd !== undefined && typeof duration === 'number' && duration !== untilEnd) {
    throw contradiction('DurationInMinutes', 'EndDateTime');
  }
  return minutes;
}

/** Start (from whichever of the three start fields was given), duration and end follow from each other. */
export function deriveEventTimes(row: StoredRow, previous: StoredRow | undefined): void {
  const changed = (name: string): boolean => isGiven(row[name]) && row[name] !== (previous?.[name] ?? null);
  const given = Object.fromEntries(startFields.filter(changed).map((name) => [name, row[name] ?? null]));
  const start = startOf(given) ?? startOf(row);
  if (start === undefined) return;
  row['StartDateTime'] = start;
  row['ActivityDateTime'] = start;
  row['ActivityDate'] = start.slice(0, 10);
  const end = row['EndDateTime'];
  if (typeof end === 'string' && (changed('EndDateTime') || row['DurationInMinutes'] === null)) {
    row['DurationInMinutes'] = minutesBetween(start, end);
  } else {
    row['DurationInMinutes'] ??= row['IsAllDayEvent'] === 1 ? 1440 : 60;
    row['EndDateTime'] = formatDateTime(parseStored(start) + Number(row['DurationInMinutes']) * MINUTE_MS);
  }
}

const startFields = ['StartDateTime', 'ActivityDateTime', 'ActivityDate'];

/** When the event starts, by the first of its three start fields that says so. */
function startOf(event: StoredRow): string | undefined {
  const name = startFields.find((candidate) => typeof event[candidate] === 'string');
  if (name === undefined) return undefined;
  return name === 'ActivityDate' ? `${event[name]}T00:00:00.000+0000` : String(event[name]);
}

function minutesBetween(start: string, end: string): number {
  return Math.round((parseStored(end) - parseStored(start)) / MINUTE_MS);
}

function isGiven(value: StoredRow[string] | undefined): boolean {
  return value !== null && value !== undefined;
}

function contradiction(name: string, other: string): OrgError {
  return integrity(`The values of ${name} and ${other} do not match`, name);
}

function integrity(message: string, field: string): OrgError {
  return new OrgError(400, 'FIELD_INTEGRITY_EXCEPTION', message, [field]);
}
