import compose from 'koa-compose';
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import { publicOriginOf } from '../publicOrigin.ts';
import type { OAuthState } from './oauthState.ts';
import { createOidcProvider, newSigningKey } from './oidcProvider.ts';

/** Lets oidc-provider answer the request. */
export type RunProvider = (ctx: Context) => Promise<void>;

export interface ProviderPool {
  /** The OAuth server of the origin this request came to. */
  of(ctx: Context): Provider;
  run: RunProvider;
}

/** One OAuth server per public origin (`http://localhost:7071`, `https://acme.my.salesforce.com`), made on demand. */
export function createProviderPool(state: OAuthState): ProviderPool {
  const signingKey = newSigningKey();
  const providers = new Map<string, Provider>();
  let revision = state.apps.revision;
  const of = (ctx: Context): Provider => {
    const origin = publicOriginOf(ctx);
    // oidc-provider takes its clients once; what it has issued is in the shared store.
    if (revision !== state.apps.revision) providers.clear();
    revision = state.apps.revision;
    let provider = providers.get(origin);
    if (!provider) providers.set(origin, (provider = createOidcProvider(origin, state, signingKey)));
    return provider;
  };
  return {
    of,
    async run(ctx) {
      // Which origins may read an answer is decided by the org's own CORS list.
      delete ctx.req.headers.origin;
      await compose(of(ctx).middleware)(ctx as never, async () => undefined);
    },
  };
}
