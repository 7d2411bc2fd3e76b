import type { Context, Middleware } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { publicOriginOf } from '../publicOrigin.ts';
import type { OAuthState } from './oauthState.ts';
import { errorPageUrl, salesforceRedirect } from './authorizationErrors.ts';
import { challengeForProvider } from './codeChallenge.ts';
import { readForm } from './formBody.ts';
import type { RunProvider } from './providerPool.ts';
import { isSalesforceScope, parseScopes } from './scopes.ts';

const openIdOnly = ['nonce', 'max_age', 'claims', 'claims_locales', 'acr_values', 'id_token_hint'];

/** GET/POST `/services/oauth2/authorize`: Salesforce's parameter habits in front of oidc-provider's endpoint. */
export function createAuthorizeEndpoint(state: OAuthState, runProvider: RunProvider): Middleware {
  return async (ctx) => {
    if (ctx.method === 'POST') {
      ctx.query = Object.fromEntries(await readForm(ctx));
      ctx.method = 'GET';
    }
    ctx.query = normalise(ctx.query, state);
    const app = state.apps.find(single(ctx.query['client_id']));
    if (app && app.redirectUris.includes(single(ctx.query['redirect_uri']) ?? '') && !ctx.query['response_type']) {
      return ctx.redirect(errorPageUrl({ error: 'invalid_request', error_description: 'must supply response_type' }));
    }
    await runProvider(ctx);
    rewriteRedirect(ctx, state);
  };
}

/** GET `/services/oauth2/authorize/:uid`: back from the login or approval page. */
export function createResumeEndpoint(state: OAuthState, runProvider: RunProvider): Middleware {
  return async (ctx) => {
    await runProvider(ctx);
    rewriteRedirect(ctx, state);
  };
}

type Query = Record<string, string | string[] | undefined>;

/** Turns a Salesforce authorize request into the one oidc-provider understands. */
function normalise(given: Query, { apps }: OAuthState): Query {
  const query: Query = { ...given };
  delete query['display'];
  const app = apps.find(single(query['client_id']));
  const scope = single(query['scope']);
  const scopes = scope === undefined ? (app?.scopes ?? []) : parseScopes(scope);
  query['scope'] = scopes.join(' ');
  // oidc-provider ignores scope words that it does not know; Salesforce refuses them.
  query['unknown_scope'] = scopes.find((word) => !isSalesforceScope(word));
  if (query['unknown_scope'] === undefined) delete query['unknown_scope'];
  // The org checks DPoP proofs by its own clock and the app's DPoP setting, so oidc-provider must not see `dpop_jkt`.
  if (query['dpop_jkt'] !== undefined) query['code_key'] = query['dpop_jkt'];
  delete query['dpop_jkt'];
  if (!scopes.includes('openid')) for (const name of openIdOnly) delete query[name];
  if (typeof query['code_challenge'] === 'string') {
    query['code_challenge'] = challengeForProvider(query['code_challenge']);
    query['code_challenge_method'] ??= 'S256';
  }
  if (single(query['immediate']) === 'true') query['prompt'] ??= 'none';
  else delete query['immediate'];
  return query;
}

function rewriteRedirect(ctx: Context, state: OAuthState): void {
  const location = ctx.response.get('Location');
  if (location === '' || location.startsWith('/')) return;
  const { params } = (ctx as unknown as KoaContextWithOIDC).oidc;
  // A redirect to the next page of the sign-in stays as it is; only that to the app is put in Salesforce's form.
  const toApp = location.startsWith(String(params?.['redirect_uri']));
  if (new URL(location).origin === publicOriginOf(ctx) && !toApp) return;
  bindCode(location, params?.['code_key'], state);
  ctx.status = 302;
  ctx.set('Location', salesforceRedirect(location, params?.['immediate'] === 'true'));
}

/** `dpop_jkt` binds the code to the app's key (RFC 9449 §10). */
function bindCode(location: string, thumbprint: unknown, { apps, tokens }: OAuthState): void {
  const code = new URL(location).searchParams.get('code');
  if (code === null || typeof thumbprint !== 'string') return;
  if (apps.find(tokens.authorizationCode(code)?.clientId)?.dpop !== 'off') tokens.bindToKey(code, thumbprint);
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
