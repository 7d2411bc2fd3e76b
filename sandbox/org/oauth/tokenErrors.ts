import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { OAuthFailure } from './authorizationErrors.ts';
import { userIdOfAccount } from './accountId.ts';
import type { RegisteredApp } from './appRegistry.ts';
import type { OAuthState } from './oauthState.ts';
import { maySignIn, type DirectoryUser } from './userDirectory.ts';

type Form = ReadonlyMap<string, string>;

const failure = (error: string, error_description: string): OAuthFailure => ({ error, error_description });

const expiredToken = failure('invalid_grant', 'expired access/refresh token');
const expiredCode = failure('invalid_grant', 'expired authorization code');
const unknownCode = failure('invalid_grant', 'invalid authorization code');
const wrongVerifier = failure('invalid_grant', 'invalid code verifier');

/** Refusals that need no look at code or token; undefined when the OAuth server should judge. */
export function grantRefusal(form: Form, clientId: string | undefined, state: OAuthState): OAuthFailure | undefined {
  const app = state.apps.find(clientId);
  switch (form.get('grant_type')) {
    case 'authorization_code':
    case 'refresh_token':
      if (clientId === undefined) return failure('invalid_request', 'must supply client_id');
      if (!app) return failure('invalid_client_id', 'client identifier invalid');
      return appRefusal(app) ?? userRefusal(app, ownerOf(form, state)) ?? unexpectedVerifier(form, state);
    case 'client_credentials':
      if (!app) return failure('invalid_client_id', 'client identifier invalid');
      return failure('invalid_grant', 'no client credentials user enabled');
    case 'password':
      // New orgs block the username-password flow.
      if (!app) return failure('invalid_client_id', 'client identifier invalid');
      return failure('invalid_grant', 'authentication failure');
    default:
      return failure('unsupported_grant_type', 'grant type not supported');
  }
}

/** Why an app gets no tokens for anybody. The wording for a blocked app is that of the authorize endpoint. */
export function appRefusal(app: RegisteredApp): OAuthFailure | undefined {
  if (!app.installed) return failure('app_not_found', 'External client app is not installed in this org');
  return app.blocked ? failure('OAUTH_APP_BLOCKED', 'this app is blocked by admin') : undefined;
}

/** Why an app gets no tokens for this user. */
export function userRefusal(app: RegisteredApp, user: DirectoryUser | undefined): OAuthFailure | undefined {
  if (!user) return undefined;
  if (!maySignIn(user)) return failure('inactive_user', 'user is inactive');
  if (user.ipRestricted) return failure('invalid_grant', 'ip restricted');
  if (!app.adminApprovedOnly || app.approvedUsernames.includes(user.username)) return undefined;
  return failure('invalid_app_access', 'user is not admin approved to access this app');
}

/** Whose code or refresh token a form presents, when it is still good. */
function ownerOf(form: Form, { tokens, users }: OAuthState): DirectoryUser | undefined {
  const refreshToken = tokens.findToken(form.get('refresh_token') ?? '');
  const accountId = tokens.authorizationCode(form.get('code') ?? '')?.accountId;
  const userId = refreshToken?.userId ?? (accountId === undefined ? undefined : userIdOfAccount(accountId));
  return userId === undefined ? undefined : users.byId(userId);
}

function unexpectedVerifier(form: Form, { tokens }: OAuthState): OAuthFailure | undefined {
  const code = tokens.authorizationCode(form.get('code') ?? '');
  const verifier = form.get('code_verifier') ?? '';
  if (!code || code.codeChallenge !== undefined || verifier === '') return undefined;
  return failure('invalid_grant', 'unexpected code verifier');
}

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
