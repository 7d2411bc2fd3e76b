import * as oauth from 'oauth4webapi';
import { readBody } from './limitedBody.ts';
import { isMaintenancePage } from './maintenancePage.ts';
import type { Environment } from './environment.ts';

export interface HttpOptions extends Pick<Environment, 'fetch' | 'isOnline'> {
  timeoutMs: number;
}

/** The answer of an OAuth endpoint, to tell why the library could not use it. */
export interface SeenAnswer {
  status?: number;
  type?: string;
  redirected?: boolean;
  /** The answer was a page that speaks of maintenance. */
  isMaintenance?: boolean;
  /** The answer had a DPoP nonce. */
  hasNonce?: boolean;
  /** Pause that the org asks for, where it names one and CORS lets it be read (RFC 9110, 10.2.3). */
  retryAfterMs?: number;
}

/** Largest answer: far more than any OAuth answer has. */
const longestAnswerBytes = 256 * 1024;

/**
 * Options of every call into the OAuth library. The whole answer is read here, so that a timeout or an interruption in
 * its body has the same effect as one in its head.
 *
 * @param seen Filled with what came back.
 */
export function oauthRequestOptions(orgUrl: string, http: HttpOptions, seen: SeenAnswer = {}) {
  return {
    // Only a page that is served from this machine may use an org without TLS; the settings decide which orgs are used
    // at all.
    [oauth.allowInsecureRequests]: new URL(orgUrl).protocol === 'http:',
    [oauth.customFetch]: async (url: string, init: object): Promise<Response> => {
      const response = await http.fetch(url, { ...init, redirect: 'manual', cache: 'no-store', credentials: 'omit' });
      seen.redirected = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
      seen.status = response.status;
      seen.type = response.headers.get('content-type') ?? '';
      seen.hasNonce = Boolean(response.headers.get('dpop-nonce'));
      const seconds = Number(response.headers.get('retry-after') ?? NaN);
      if (seconds >= 0) seen.retryAfterMs = seconds * 1000;
      const body = await readBody(response, longestAnswerBytes);
      seen.isMaintenance = isPage(seen.type) && isMaintenancePage(new TextDecoder().decode(body));
      const { status, headers } = response;
      // An opaque redirect has status 0, which no constructed response may have.
      return seen.redirected
        ? new Response(null, { status: 502 })
        : new Response(status === 204 || status === 304 ? null : body, { status, headers });
    },
    signal: () => AbortSignal.timeout(http.timeoutMs),
  };
}

/** Whether a content type is that of a page. */
export function isPage(type: string): boolean {
  return /^(?:text\/html|application\/xhtml)/i.test(type);
}
