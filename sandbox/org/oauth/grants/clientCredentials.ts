import type { Context } from 'koa';
import { sharedLoginHosts } from '../../publicOrigin.ts';
import type { RegisteredApp } from '../appRegistry.ts';
import type { OAuthFailure } from '../authorizationErrors.ts';
import type { OAuthState } from '../oauthState.ts';
import type { DirectGrant } from './directGrant.ts';
import { appRefusal, userRefusal } from './refusals.ts';

const refuse = (error: string, error_description: string): { refused: OAuthFailure } => ({
  refused: { error, error_description },
});

/**
 * Judges a client credentials request (Salesforce Help, "OAuth 2.0 Client Credentials Flow"): only at the org's own
 * host, only for an app with a user to run as, and without a refresh token. The secret is oidc-provider's to check.
 */
export function judgeClientCredentials(
  ctx: Context,
  app: RegisteredApp,
  { users }: OAuthState,
): { refused: OAuthFailure } | { app: RegisteredApp; grant: DirectGrant } {
  if (sharedLoginHosts.has(ctx.hostname)) return refuse('invalid_grant', 'request not supported on this domain');
  const refusedApp = appRefusal(app);
  if (refusedApp) return { refused: refusedApp };
  const user = app.clientCredentialsUser === undefined ? undefined : users.byUsername(app.clientCredentialsUser);
  if (!user) return refuse('invalid_grant', 'no client credentials user enabled');
  if (app.secret === undefined) return refuse('invalid_client', 'invalid client credentials');
  const refused = userRefusal(app, user);
  if (refused) return { refused };
  return { app, grant: { user, scopes: app.scopes.filter((scope) => scope !== 'refresh_token'), isSignIn: false } };
}
