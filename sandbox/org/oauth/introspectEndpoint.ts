import type { Middleware } from 'koa';
import { errors } from 'oidc-provider';
import { accountIdOfUser } from './accountId.ts';
import { sendOAuthAnswer } from './answerFormat.ts';
import { clientIdOf } from './clientAuthentication.ts';
import { hasLiveSessions } from './userDirectory.ts';
import { handOverForm, readForm } from './formBody.ts';
import type { OAuthState } from './oauthState.ts';
import type { RunProvider } from './providerPool.ts';

/**
 * POST `/services/oauth2/introspect` (RFC 7662; Salesforce Help, "OpenID Connect Token Introspection"). oidc-provider
 * authenticates the client and judges the token; lifetimes come from the org's clock.
 */
export function createIntrospectEndpoint(state: OAuthState, runProvider: RunProvider): Middleware {
  return async (ctx) => {
    const form = await readForm(ctx);
    const app = state.apps.find(clientIdOf(ctx, form));
    if (!app) {
      const failure = { error: 'invalid_client_id', error_description: 'client identifier invalid' };
      return sendOAuthAnswer(ctx, undefined, failure, 400);
    }
    if (app.secret === undefined) form.delete('client_secret');
    handOverForm(ctx, form);
    await runProvider(ctx);
    const error: unknown = ctx.state['oauthError'];
    if (ctx.status !== 200) {
      const failure =
        error instanceof errors.InvalidClientAuth
          ? { error: 'invalid_client', error_description: 'invalid client credentials' }
          : { error: 'invalid_request', error_description: 'must supply token' };
      return sendOAuthAnswer(ctx, undefined, failure, 400);
    }
    const { active } = ctx.body as { active: boolean };
    const token = active ? state.tokens.findToken(form.get('token') ?? '') : undefined;
    const user = token && state.users.byId(token.userId);
    if (!token || !user || !hasLiveSessions(user)) return sendOAuthAnswer(ctx, undefined, { active: false });
    const iat = Math.floor(token.issuedAt / 1000);
    return sendOAuthAnswer(ctx, undefined, {
      active: true,
      scope: token.scope,
      client_id: token.consumerKey,
      username: user.username,
      sub: accountIdOfUser(token.userId),
      token_type: token.kind,
      ...(token.key === undefined ? {} : { cnf: { jkt: token.key } }),
      ...(token.expiresAt === undefined ? {} : { exp: Math.floor(token.expiresAt / 1000) }),
      iat,
      nbf: iat,
    });
  };
}
