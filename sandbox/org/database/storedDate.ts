/**
 * Date-times are stored as Salesforce shows them, `2026-01-31T10:00:00.000+0000`: always UTC and always the same
 * length, so that comparing text compares time.
 */
export function formatDateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}

/** `2026-01-31` of the moment in UTC. */
export function formatDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Milliseconds of a stored date or date-time. */
export function parseStored(stored: string): number {
  return Date.parse(stored.replace('+0000', 'Z'));
}
