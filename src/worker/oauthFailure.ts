import * as oauth from 'oauth4webapi';
import { failure, type FailureCode } from '../channel/failure.ts';

type Refusal = ReturnType<typeof failure>;

/** Authorize errors that mean "a person must act": Salesforce's own and OpenID Connect's (Core 1.0, 3.1.2.6). */
const interactionRequired = new Set(['immediate_unsuccessful', 'login_required', 'interaction_required', 'consent_required']);

/**
 * What an error on the redirect means. Only `error` and `error_description` are passed on; the rest of the URL holds
 * `state` and may hold a code.
 */
export function authorizationFailure(error: oauth.AuthorizationResponseError): Refusal {
  const data = oauthErrorData(error);
  const message = error.error_description ?? error.error;
  if (error.error === 'access_denied') return failure('SIGN_IN_DENIED', message, { data });
  if (interactionRequired.has(error.error)) return failure('INTERACTION_REQUIRED', message, { data });
  return failure('SIGN_IN_REFUSED', message, { data });
}

/**
 * Translates whatever the OAuth library or `fetch` threw into a failure without its evidence (`cause` holds whole
 * redirects and token answers).
 *
 * @param refusedAs The code for an OAuth error answer (RFC 6749, 5.2).
 */
export function tokenEndpointFailure(error: unknown, refusedAs: FailureCode, sentence: string): Refusal {
  if (error instanceof oauth.ResponseBodyError) {
    return failure(refusedAs, sentence, { status: error.status, data: oauthErrorData(error) });
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) return failure(refusedAs, sentence, { status: error.status });
  if (error instanceof oauth.OperationProcessingError) {
    return failure(refusedAs, `${sentence}: the org's answer was not a valid OAuth answer.`);
  }
  return networkFailure(error);
}

/** `fetch` rejects with a TypeError for DNS, TLS, refused and reset connections and for a missing CORS entry alike. */
export function networkFailure(error: unknown): Refusal {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return failure('REQUEST_TIMED_OUT', 'Salesforce did not answer in time.');
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return failure('REQUEST_CANCELLED', 'The request was cancelled.');
  }
  return failure(
    'NETWORK_FAILED',
    'Salesforce could not be reached. Check the network connection, and that the org lists this origin under Setup > CORS.',
  );
}

function oauthErrorData(error: { error: string; error_description?: string | undefined }): Record<string, string> {
  return { error: error.error, ...(error.error_description && { error_description: error.error_description }) };
}
