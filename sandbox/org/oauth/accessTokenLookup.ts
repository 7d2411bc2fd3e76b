import { checkAccess, presentedToken } from './accessCheck.ts';
import { AccessDenied, type FindTokenGrant } from './accessTokens.ts';
import { sendNonce } from './dpop/bindTokens.ts';
import { dpopChallenge } from './dpop/dpopChallenge.ts';
import { DpopError } from './dpop/dpopError.ts';
import type { OAuthState } from './oauthState.ts';

const apiDisabledForOrg = {
  status: 403,
  errorCode: 'API_DISABLED_FOR_ORG',
  message: 'The REST API is not enabled for this Organization.',
};
const apiDisabledForUser = {
  status: 403,
  errorCode: 'API_CURRENTLY_DISABLED',
  message: 'API is currently disabled for this user.',
};

/** Looks access tokens up for the REST API. */
export function createTokenGrantLookup(state: OAuthState): FindTokenGrant {
  return async (accessToken, ctx) => {
    const isDpop = presentedToken(ctx)?.isDpop ?? false;
    const access = await checkAccess(ctx, { value: accessToken, isDpop }, state);
    if (isDpop) sendNonce(ctx, state);
    if ('user' in access) {
      const { token, user } = access;
      if (!state.settings.apiEnabled) throw new AccessDenied(apiDisabledForOrg);
      if (!user.apiEnabled) throw new AccessDenied(apiDisabledForUser);
      return { user: user.orgUser, clientId: token.consumerKey, scopes: token.scope.split(' ') };
    }
    if (access.refused instanceof DpopError) throw denied(access.refused);
    return undefined;
  };
}

/** For a missing nonce, an object with `error`, as at Salesforce; for any other fault, that the session is invalid. */
function denied(error: DpopError): AccessDenied {
  return new AccessDenied(
    { status: 401, errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
    {
      headers: { 'WWW-Authenticate': dpopChallenge(error) },
      ...(error.error === 'use_dpop_nonce' ? { body: { error: error.error, error_description: error.message } } : {}),
    },
  );
}
