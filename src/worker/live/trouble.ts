import type { LiveNews } from '../../channel/liveMessages.ts';
import type { Failure } from '../../outcomes/failure.ts';

/** What a failure to ask means for whoever is subscribed. */
export type Trouble =
  /** The org will refuse it again. */
  | { readonly does: 'end' }
  | {
      readonly does: 'delayed' | 'paused' | 'signedOut';
      readonly message: string;
      /** When it is expected to end. */
      readonly untilMs: number | undefined;
    };

/** Refusals of what is asked, which asking again does not change. Of `REQUEST_FAILED`, by the row of outcomes. */
const lasting: ReadonlySet<string> = new Set([
  'request.refused',
  'request.versionMissing',
  'request.tooDeep',
  'request.notForApi',
  'request.apiDisabled',
]);
/** Refusals of Salesforce that pass, though their status is that of a lasting one (REST API, "Status Codes"). */
const passing: ReadonlySet<string> = new Set([
  'QUERY_TIMEOUT',
  'UNABLE_TO_LOCK_ROW',
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
  'INSUFFICIENT_RESOURCES',
  'OPERATION_TOO_LARGE',
  'REQUEST_RUNNING_TOO_LONG',
  'INVALID_QUERY_LOCATOR',
]);

/** What a failure means: that it ends, that it waits, or that it rests until somebody does something. */
export function troubleOf({ code, reason = '', message, status, data }: Failure): Trouble {
  const untilMs = Date.parse(String((Object(data) as { until?: unknown }).until));
  const told = { message, untilMs: Number.isNaN(untilMs) ? undefined : untilMs };
  if (code === 'SESSION_ENDED') return { does: 'signedOut', ...told };
  if (code === 'SIGN_IN_REQUIRED' || code === 'INTERACTION_REQUIRED' || status === 401)
    return { does: 'paused', ...told };
  if (reason.endsWith('.offline')) return { does: 'paused', ...told };
  if (code === 'INVALID_PARAMETER' || code === 'ENDPOINT_NOT_ALLOWED' || reason === 'request.oversize')
    return { does: 'end' };
  const isRefused = code === 'REQUEST_FAILED' && lasting.has(reason) && (status === undefined || status < 500);
  return isRefused && !passing.has(errorCodeOf(data)) ? { does: 'end' } : { does: 'delayed', ...told };
}

/** `errorCode` of an error answer: an array of errors, of which the first counts. */
export function errorCodeOf(data: unknown): string {
  const [first] = [data].flat();
  return String((Object(first) as { errorCode?: unknown }).errorCode ?? '');
}

/** What is told of a state. */
export type LiveState = Extract<LiveNews, { kind: 'state' }>;
