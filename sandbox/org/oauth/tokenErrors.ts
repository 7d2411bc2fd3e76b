import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { OAuthFailure } from './authorizationErrors.ts';
import type { OAuthState } from './oauthState.ts';

type Form = ReadonlyMap<string, string>;

const failure = (error: string, error_description: string): OAuthFailure => ({ error, error_description });

const expiredToken = failure('invalid_grant', 'expired access/refresh token');
const expiredCode = failure('invalid_grant', 'expired authorization code');
const unknownCode = failure('invalid_grant', 'invalid authorization code');
const wrongVerifier = failure('invalid_grant', 'invalid code verifier');

/** Salesforce's name and sentence for what oidc-provider refused. */
export function tokenFailure(ctx: KoaContextWithOIDC, form: Form, state: OAuthState): OAuthFailure {
  const error: unknown = ctx.state['oauthError'];
  if (error instanceof errors.InvalidClientAuth) return failure('invalid_client', 'invalid client credentials');
  if (error instanceof errors.InvalidGrant) return grantFailure(error, form, state);
  if (error instanceof errors.InvalidRequest) {
    const description = error.error_description ?? '';
    if (description.startsWith('code_verifier')) return wrongVerifier;
    const missing = ['code', 'redirect_uri', 'refresh_token'].find(
      (name) => description.startsWith('missing required') && description.includes(name) && !form.get(name),
    );
    if (missing !== undefined) return failure('invalid_request', `must supply ${missing}`);
    return failure('invalid_request', description);
  }
  return failure('unknown_error', 'retry your request');
}

function grantFailure({ error_detail: detail = '' }: errors.InvalidGrant, form: Form, state: OAuthState): OAuthFailure {
  if (detail.includes('referenced account not found')) return failure('inactive_user', 'user is inactive');
  if (form.get('grant_type') === 'refresh_token') return expiredToken;
  if (detail.includes('code_verifier') || detail.includes('code_challenge')) return wrongVerifier;
  if (detail.includes('redirect_uri')) return failure('redirect_uri_mismatch', 'redirect_uri must match configuration');
  if (detail === 'client mismatch') return unknownCode;
  return state.journal.knows('authorization_code', form.get('code') ?? '') ? expiredCode : unknownCode;
}
