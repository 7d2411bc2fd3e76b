import { OrgError } from '../../database/orgError.ts';

const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 24;

/** Counts the org's API calls over the last 24 hours, as `Sforce-Limit-Info` tells them. */
export interface ApiUsage {
  readonly limit: number;
  /** Counts one call. @throws OrgError 403 `REQUEST_LIMIT_EXCEEDED` when the day's calls are used up. */
  count(): void;
  used(): number;
}

/** @param now The org's clock in milliseconds. */
export function createApiUsage(limit: number, now: () => number): ApiUsage {
  const callsByHour = new Map<number, number>();

  function used(): number {
    const oldest = Math.floor(now() / HOUR_MS) - WINDOW_HOURS;
    let total = 0;
    for (const [hour, calls] of callsByHour) {
      if (hour <= oldest) callsByHour.delete(hour);
      else total += calls;
    }
    return total;
  }

  return {
    limit,
    used,
    count() {
      if (used() >= limit) throw new OrgError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
      const hour = Math.floor(now() / HOUR_MS);
      callsByHour.set(hour, (callsByHour.get(hour) ?? 0) + 1);
    },
  };
}
