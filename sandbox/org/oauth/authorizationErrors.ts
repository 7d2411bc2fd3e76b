import { errors, type KoaContextWithOIDC } from 'oidc-provider';

export interface OAuthFailure {
  error: string;
  error_description: string;
}

/** Where Salesforce shows an authorization error it does not send to the app. */
export const authorizationErrorPath = '/_nc_external/identity/oauth/ui/AuthorizationError';

const genericFailure: OAuthFailure = {
  error: 'OAUTH_APPROVAL_ERROR_GENERIC',
  error_description: 'An unexpected error has occurred during authentication. Please try again.',
};

/** The failure shown as a page because neither app nor callback can be trusted. */
function pageFailure(ctx: KoaContextWithOIDC, error: Error): OAuthFailure {
  if (error instanceof errors.InvalidClient) {
    return { error: 'invalid_client_id', error_description: 'client identifier invalid' };
  }
  if (error instanceof errors.InvalidRedirectUri) {
    return { error: 'redirect_uri_mismatch', error_description: 'redirect_uri must match configuration' };
  }
  for (const name of ['client_id', 'redirect_uri', 'response_type']) {
    if (ctx.oidc.params?.[name] === undefined && error instanceof errors.InvalidRequest && ctx.oidc.params) {
      return { error: 'invalid_request', error_description: `must supply ${name}` };
    }
  }
  return genericFailure;
}

/** The error page's URL for an authorize request that the app is not to be told of. */
export function authorizationErrorUrl(ctx: KoaContextWithOIDC, error: Error): string {
  return errorPageUrl(pageFailure(ctx, error));
}

/** URL of the error page; it carries `error` and `error_description` as Salesforce's does. */
export function errorPageUrl({ error, error_description }: OAuthFailure): string {
  const query = `error=${encodeURIComponent(error)}&error_description=${encodeURIComponent(error_description)}`;
  return `${authorizationErrorPath}?${query}`;
}

/** The error page's URL for a sign-in that is unknown or took too long. */
export function genericErrorUrl(): string {
  return errorPageUrl(genericFailure);
}

const silentFailures = new Set(['login_required', 'consent_required', 'interaction_required']);

const descriptions: Readonly<Record<string, string>> = {
  access_denied: 'end-user denied authorization',
  immediate_unsuccessful: 'immediate_unsuccessful',
  invalid_scope: 'the requested scope is not allowed',
  unsupported_response_type: 'response type not supported',
};

/**
 * Rewrites oidc-provider's redirect to the app into Salesforce's: its error names and sentences, no `iss`.
 * @param location The callback URL with the outcome in its query.
 * @param immediate Whether the app asked for `immediate=true`.
 */
export function salesforceRedirect(location: string, immediate: boolean): string {
  const url = new URL(location);
  if (url.hash === '') {
    rewriteOutcome(url.searchParams, immediate);
  } else {
    const fragment = new URLSearchParams(url.hash.slice(1));
    rewriteOutcome(fragment, immediate);
    url.hash = fragment.toString();
  }
  return url.href;
}

function rewriteOutcome(outcome: URLSearchParams, immediate: boolean): void {
  outcome.delete('iss');
  const error = outcome.get('error');
  if (error !== null) {
    const name = immediate && silentFailures.has(error) ? 'immediate_unsuccessful' : error;
    outcome.set('error', name);
    const description = descriptions[name];
    if (description !== undefined) outcome.set('error_description', description);
    outcome.delete('scope');
  }
  // The state comes last, as Salesforce writes it.
  const state = outcome.get('state');
  if (state !== null) {
    outcome.delete('state');
    outcome.append('state', state);
  }
}
