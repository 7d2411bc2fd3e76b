import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider, { type ClientMetadata, type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import { accountIdOfUser, userIdOfAccount } from './accountId.ts';
import type { RegisteredApp } from './appRegistry.ts';
import { interactionPolicyOf, missingPkce } from './authorizationPolicy.ts';
import { authorizationErrorUrl } from './authorizationErrors.ts';
import { connectedPath } from './deviceFlow/connectRoutes.ts';
import { directGrantTypes, registerDirectGrants } from './grants/directGrant.ts';
import type { OAuthState } from './oauthState.ts';
import { salesforceScopes } from './scopes.ts';
import { maySignIn } from './userDirectory.ts';
import { newAccessToken, newAuthorizationCode, newRefreshToken } from './tokenValues.ts';

const idTokenLifetimeSeconds = 120;
const tenYearsInSeconds = 10 * 365 * 24 * 60 * 60;

/** A key pair for id tokens, in the form oidc-provider wants. */
export function newSigningKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

/**
 * The OAuth server for one public origin of the org (an issuer is part of every id token, so each origin has its own
 * server over the shared state). Endpoint paths, token values and policies are Salesforce's.
 */
export function createOidcProvider(origin: string, state: OAuthState, signingKey: JWK): Provider {
  const provider = new Provider(origin, configurationOf(origin, state, signingKey));
  registerDirectGrants(provider);
  provider.proxy = true;
  nameTokens(provider.AccessToken, newAccessToken);
  nameTokens(provider.RefreshToken, newRefreshToken);
  nameTokens(provider.AuthorizationCode, newAuthorizationCode);
  completeIdTokens(provider, state.clock.now);
  const remember = (ctx: KoaContextWithOIDC, error: Error): void => {
    ctx.state['oauthError'] = error;
  };
  provider.on('authorization.error', remember);
  provider.on('grant.error', remember);
  provider.on('introspection.error', remember);
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    remember(ctx, error);
    console.error('OAuth server error', error);
  });
  return provider;
}

function configurationOf(origin: string, state: OAuthState, signingKey: JWK): Configuration {
  const { apps, tokens, users } = state;
  const findApp = (ctx: KoaContextWithOIDC): RegisteredApp | undefined => apps.find(ctx.oidc.client?.clientId);
  return {
    adapter: tokens.adapter,
    clients: apps.all().map((app) => clientMetadataOf(app, origin)),
    jwks: { keys: [signingKey] },
    routes: {
      authorization: '/services/oauth2/authorize',
      token: '/services/oauth2/token',
      introspection: '/services/oauth2/introspect',
      jwks: '/id/keys',
    },
    scopes: [...salesforceScopes],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId },
      revocation: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
    },
    cookies: {
      names: { session: 'sid', interaction: 'oinfo', resume: 'oinfo_r' },
      long: { httpOnly: true, sameSite: 'lax', signed: false },
      short: { httpOnly: true, sameSite: 'lax', signed: false },
    },
    extraParams: ['immediate', 'unknown_scope', 'code_key'],
    allowOmittingSingleRegisteredRedirectUri: false,
    interactions: {
      policy: interactionPolicyOf(state),
      url: (_ctx, { uid, prompt }) => `/${prompt.name === 'consent' ? 'consent' : 'login'}/${uid}`,
    },
    pkce: {
      required: (ctx) => {
        if (findApp(ctx)?.requirePkce) throw missingPkce();
        return false;
      },
    },
    issueRefreshToken: (_ctx, _client, source) => source.scopes.has('refresh_token'),
    rotateRefreshToken: () => state.settings.refreshTokenRotation,
    expiresWithSession: () => false,
    loadExistingGrant: (ctx) => grantFor(ctx, state),
    findAccount: (_ctx, accountId) => {
      const user = users.byId(userIdOfAccount(accountId));
      if (!user || !maySignIn(user)) return undefined;
      return { accountId: accountIdOfUser(user.orgUser.id), claims: () => ({ sub: accountId }) };
    },
    renderError: (ctx, _out, error) => ctx.redirect(authorizationErrorUrl(ctx, error)),
    ttl: {
      AccessToken: Math.ceil(state.settings.accessTokenLifetimeMs / 1000),
      AuthorizationCode: 15 * 60,
      IdToken: idTokenLifetimeSeconds,
      RefreshToken: tenYearsInSeconds,
      Grant: tenYearsInSeconds,
      Interaction: 60 * 60,
      Session: () => Math.ceil(state.settings.browserSessionLifetimeMs / 1000),
    },
    clientDefaults: { application_type: 'web' },
  };
}

function clientMetadataOf(app: RegisteredApp, origin: string): ClientMetadata {
  return {
    client_id: app.consumerKey,
    client_name: app.name,
    redirect_uris: [...app.redirectUris, ...(app.deviceFlow ? [origin + connectedPath] : [])],
    grant_types: ['authorization_code', 'refresh_token', ...Object.values(directGrantTypes)],
    response_types: ['code'],
    scope: app.scopes.join(' '),
    ...(app.secret === undefined
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'client_secret_post', client_secret: app.secret }),
  };
}

/**
 * Every sign-in is an approval of its own (one refresh token family), so a grant is never shared between two of them:
 * either the one just consented to, or a new one when the user has allowed these scopes before.
 */
async function grantFor(
  ctx: KoaContextWithOIDC,
  { apps, consents }: OAuthState,
): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { provider, client, account, result } = ctx.oidc;
  const consented = result?.consent?.grantId;
  if (consented !== undefined) return provider.Grant.find(consented);
  const app = apps.find(client?.clientId);
  if (!app || !account) return undefined;
  const scopes = [...ctx.oidc.requestParamScopes];
  const userId = userIdOfAccount(account.accountId);
  if (!app.adminApprovedOnly && !consents.covers(userId, app.consumerKey, scopes)) return undefined;
  const grant = new provider.Grant({ accountId: account.accountId, clientId: app.consumerKey });
  grant.addOIDCScope(scopes.join(' '));
  await grant.save();
  return grant;
}

/** Gives tokens Salesforce's shape. oidc-provider's own naming still runs first: it also settles the token's format. */
function nameTokens(model: { prototype: object }, newValue: () => string): void {
  const prototype = model.prototype as { generateTokenId(): string };
  const generate = prototype.generateTokenId;
  prototype.generateTokenId = function generateTokenId() {
    generate.call(this);
    return newValue();
  };
}

/**
 * Salesforce's id tokens carry `at_hash` also when they come from the token endpoint; oidc-provider leaves it out.
 * Their times are those of the org's clock.
 */
function completeIdTokens(provider: Provider, now: () => number): void {
  const { prototype } = provider.IdToken;
  const issue = prototype.issue;
  prototype.issue = function issueComplete(options) {
    if (options.use !== 'idtoken') return issue.call(this, options);
    const accessToken = this.ctx?.oidc.entities.AccessToken?.jti;
    if (accessToken !== undefined) this.set('at_hash', accessToken);
    const iat = Math.floor(now() / 1000);
    this.set('iat', iat);
    return issue.call(this, { ...options, expiresAt: iat + idTokenLifetimeSeconds });
  };
}
