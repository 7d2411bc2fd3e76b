import type { Middleware } from 'koa';
import { publicOriginOf } from '../publicOrigin.ts';
import { directGrantTypes } from './grants/directGrant.ts';
import { salesforceScopes } from './scopes.ts';

/** GET `/.well-known/openid-configuration`: only what this org really answers, all on the host that was asked. */
export const serveDiscovery: Middleware = (ctx) => {
  const at = (path: string): string => `${publicOriginOf(ctx)}${path}`;
  ctx.set('Content-Type', 'application/json;charset=UTF-8');
  ctx.body = JSON.stringify({
    issuer: publicOriginOf(ctx),
    authorization_endpoint: at('/services/oauth2/authorize'),
    token_endpoint: at('/services/oauth2/token'),
    revocation_endpoint: at('/services/oauth2/revoke'),
    userinfo_endpoint: at('/services/oauth2/userinfo'),
    jwks_uri: at('/id/keys'),
    introspection_endpoint: at('/services/oauth2/introspect'),
    end_session_endpoint: at('/secur/logout.jsp'),
    frontchannel_logout_supported: false,
    frontchannel_logout_session_supported: false,
    scopes_supported: salesforceScopes,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', ...Object.values(directGrantTypes)],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
    display_values_supported: ['page', 'popup', 'touch'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'none'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'at_hash'],
  });
};
