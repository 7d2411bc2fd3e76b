const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(milliseconds: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(milliseconds).map((part) => [part.type, Number(part.value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (milliseconds % 1000);
}

/** The moment's wall clock in the zone, written as if it were UTC. */
export function toLocal(milliseconds: number, timeZone: string): number {
  return timeZone === 'GMT' || timeZone === 'UTC' ? milliseconds : wallClock(milliseconds, timeZone);
}

/** The moment at which the zone's wall clock shows this time (written as if it were UTC). */
export function fromLocal(local: number, timeZone: string): number {
  if (timeZone === 'GMT' || timeZone === 'UTC') return local;
  const first = local - (wallClock(local, timeZone) - local);
  return local - (wallClock(first, timeZone) - first);
}
