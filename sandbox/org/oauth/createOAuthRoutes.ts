import Router from '@koa/router';
import { organizationName } from '../organization.ts';
import { createAuthorizeEndpoint, createResumeEndpoint } from './authorizeEndpoint.ts';
import { authorizationErrorPath } from './authorizationErrors.ts';
import { serveDiscovery } from './discovery.ts';
import { createConsentRoutes } from './consentRoutes.ts';
import { createLoginRoutes } from './loginRoutes.ts';
import { createConnectRoutes } from './deviceFlow/connectRoutes.ts';
import { createIdentityEndpoint, createUserInfoEndpoint } from './identityEndpoints.ts';
import { createIntrospectEndpoint } from './introspectEndpoint.ts';
import type { OAuthState } from './oauthState.ts';
import { messagePage } from './pages/messagePage.ts';
import { servePageAssets } from './pages/pageAssets.ts';
import { sendPage } from './pages/sendPage.ts';
import { createProviderPool } from './providerPool.ts';
import { createRevokeEndpoint } from './revokeEndpoint.ts';
import { SignInInteractions } from './signInInteraction.ts';
import { createTokenEndpoint } from './tokenEndpoint.ts';

/** Everything of the org that has to do with signing in. */
export function createOAuthRoutes(state: OAuthState): Router {
  const { settings } = state;
  const pool = createProviderPool(state);
  const interactions = new SignInInteractions(state, pool);
  const router = new Router();

  router.get('/_ui/:asset', servePageAssets);
  router.get('/.well-known/openid-configuration', serveDiscovery);
  router.get('/id/keys', (ctx) => pool.run(ctx));
  router.register('/services/oauth2/authorize', ['GET', 'POST'], createAuthorizeEndpoint(state, pool.run));
  router.get('/services/oauth2/authorize/:uid', createResumeEndpoint(state, pool.run));
  router.all('/services/oauth2/token', createTokenEndpoint(state, pool.run));
  router.register('/services/oauth2/revoke', ['GET', 'POST'], createRevokeEndpoint(state));
  router.post('/services/oauth2/introspect', createIntrospectEndpoint(state, pool.run));
  router.register('/services/oauth2/userinfo', ['GET', 'POST'], createUserInfoEndpoint(state));
  router.get('/id/:organization/:user', createIdentityEndpoint(state));
  router.get('/services/oauth2/success', (ctx) => {
    sendPage(ctx, settings, messagePage('Access granted', 'The app may now use this org. You can close this window.'));
  });
  router.get(authorizationErrorPath, (ctx) => {
    const { error, error_description: description } = ctx.query;
    const text = 'The app that brought you here could not be connected to this org. Its support team can use this:';
    ctx.status = 400;
    const code = [error, description].flat().filter(Boolean).join(': ');
    sendPage(ctx, settings, messagePage('We can’t authorize you', text, code));
  });
  router.get('/', (ctx) => {
    const text = 'This is an embedded Salesforce org. Apps send people here to sign in and read records over REST.';
    sendPage(ctx, settings, messagePage(organizationName, text));
  });
  router.get('/secur/logout.jsp', async (ctx) => {
    const provider = pool.of(ctx);
    const sessionId = ctx.cookies.get(provider.cookieName('session'));
    if (sessionId !== undefined) await (await provider.Session.find(sessionId))?.destroy();
    ctx.cookies.set(provider.cookieName('session'), null);
    sendPage(ctx, settings, messagePage('Logged out', 'Your session in this browser has ended.'));
  });
  router.use(createConnectRoutes(state).routes());
  router.use(createLoginRoutes(state, interactions).routes());
  router.use(createConsentRoutes(state, pool, interactions).routes());
  return router;
}
