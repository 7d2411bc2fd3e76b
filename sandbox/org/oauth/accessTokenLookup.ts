import type { FindTokenGrant } from './accessTokens.ts';
import type { OAuthState } from './oauthState.ts';

/** Looks access tokens up for the REST API; a locked user's token is worth nothing. */
export function createTokenGrantLookup({ tokens, users }: OAuthState): FindTokenGrant {
  return async (accessToken) => {
    const token = tokens.findToken(accessToken);
    if (token?.kind !== 'access_token') return undefined;
    const user = users.byId(token.userId);
    if (!user || user.locked) return undefined;
    return { user: user.orgUser, clientId: token.consumerKey, scopes: token.scope.split(' ') };
  };
}
