import * as oauth from 'oauth4webapi';
import type { Evidence, Stage } from '../outcomes/outcomes.ts';
import { OversizeAnswer } from './limitedBody.ts';
import { isPage, type SeenAnswer } from './oauthHttp.ts';

/**
 * Reduces what the OAuth library or `fetch` threw to what may be told: their errors hold whole redirects and token
 * answers (`cause`).
 *
 * @param seen The answer to the request, if there was one.
 */
export function readEvidence(stage: Stage, error: unknown, seen: SeenAnswer, isOnline: () => boolean): Evidence {
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError) {
    return { stage, error: error.error, description: error.error_description ?? '', ...statusOf(seen) };
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    const parameters = error.cause.map((challenge) => challenge.parameters).find((found) => found.error !== undefined);
    return {
      stage,
      error: parameters?.error ?? 'unauthorized',
      description: parameters?.['error_description'] ?? '',
      ...statusOf(seen),
    };
  }
  if (error instanceof OversizeAnswer) return { stage, noAnswer: 'oversize' };
  // The answer is well-formed JSON, but not what the standard or Salesforce defines, e.g. an id token of another
  // sign-in.
  if (
    isLibraryError(error) &&
    withJson.has(stage) &&
    seen.status === 200 &&
    /json/i.test(seen.type ?? '') &&
    error.code !== oauth.PARSE_ERROR
  ) {
    return { stage, refused: 'incomplete' };
  }
  if (isLibraryError(error)) return { stage, ...brokenAnswer(seen), ...retryAfterOf(seen) };
  return { stage, ...networkEvidence(error, isOnline) };
}

/** `fetch` rejects with a TypeError for DNS, TLS, refused and reset connections and for a missing CORS entry alike. */
export function networkEvidence(
  error: unknown,
  isOnline: () => boolean,
): { noAnswer: 'timedOut' | 'offline' | 'unreachable' | 'oversize' } {
  if (error instanceof OversizeAnswer) return { noAnswer: 'oversize' };
  if (error instanceof DOMException && error.name === 'TimeoutError') return { noAnswer: 'timedOut' };
  return { noAnswer: isOnline() ? 'unreachable' : 'offline' };
}

const withJson: ReadonlySet<Stage> = new Set(['discovery', 'code', 'device', 'poll', 'server', 'refresh']);

function isLibraryError(error: unknown): error is oauth.OperationProcessingError | oauth.UnsupportedOperationError {
  return error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError;
}

/** An answer that is not one of an OAuth endpoint. */
function brokenAnswer({ status = 0, type = '', redirected, isMaintenance }: SeenAnswer): {
  noAnswer: 'redirected' | 'tooManyRequests' | 'unavailable' | 'captivePortal' | 'maintenance' | 'unreadable';
  status?: number;
} {
  if (redirected) return { noAnswer: 'redirected' };
  if (status === 429) return { noAnswer: 'tooManyRequests', status };
  if (status >= 500) return { noAnswer: 'unavailable', status };
  if (isPage(type)) return { noAnswer: isMaintenance ? 'maintenance' : 'captivePortal', status };
  return { noAnswer: 'unreadable', status };
}

function statusOf(seen: SeenAnswer): { status?: number; retryAfterMs?: number } {
  return { ...(seen.status !== undefined && { status: seen.status }), ...retryAfterOf(seen) };
}

function retryAfterOf({ retryAfterMs }: SeenAnswer): { retryAfterMs?: number } {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
