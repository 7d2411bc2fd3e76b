import { z } from '../../zod.ts';

/** API requests of an org in the last 24 hours. */
export interface ApiUsage {
  readonly used: number;
  readonly limit: number;
}

/**
 * Reads `Sforce-Limit-Info: api-usage=18/5000`; undefined where it is missing or the browser may not read it (CORS).
 *
 * @see REST API Developer Guide, "Limit Info Header"
 */
export function limitInfoOf(headers: Pick<Headers, 'get'>): ApiUsage | undefined {
  const [, used, limit] = /\bapi-usage=(\d+)\/([1-9]\d*)/.exec(headers.get('sforce-limit-info') ?? '') ?? [];
  return used === undefined ? undefined : { used: Number(used), limit: Number(limit) };
}

const limits = z.looseObject({
  DailyApiRequests: z.looseObject({ Max: z.number().positive(), Remaining: z.number() }),
});

/** The same from the resource `limits`; undefined where it does not say. */
export function apiUsageOf(body: unknown): ApiUsage | undefined {
  const parsed = limits.safeParse(body);
  if (!parsed.success) return undefined;
  const { Max: limit, Remaining: left } = parsed.data.DailyApiRequests;
  return { used: limit - left, limit };
}

/** Milliseconds that an answer asks to wait, in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfterOf(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  const told = headers.get('retry-after');
  if (told === null) return undefined;
  const ms = /^\d+$/.test(told.trim()) ? Number(told) * 1_000 : Date.parse(told) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
