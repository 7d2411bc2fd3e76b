import Router from '@koa/router';
import { userIdOfAccount } from './accountId.ts';
import { genericErrorUrl } from './authorizationErrors.ts';
import type { OAuthState } from './oauthState.ts';
import { consentPage } from './pages/consentPage.ts';
import type { ProviderPool } from './providerPool.ts';
import { isSalesforceScope, parseScopes, scopeDescriptions } from './scopes.ts';
import type { Interaction, SignInInteractions } from './signInInteraction.ts';

/** `/consent/:uid`: the approval page, on which the person can also say that they are somebody else. */
export function createConsentRoutes(
  { apps, consents, users }: OAuthState,
  pool: ProviderPool,
  interactions: SignInInteractions,
): Router {
  const router = new Router({ prefix: '/consent/:uid' });

  router.get('/', async (ctx) => {
    const interaction = await interactions.of(ctx);
    const user = interaction?.session && users.byId(userIdOfAccount(interaction.session.accountId));
    if (!interaction || !user) return ctx.redirect(genericErrorUrl());
    const content = {
      action: `/consent/${interaction.uid}`,
      csrfToken: interactions.csrfToken(interaction.uid),
      appName: apps.find(String(interaction.params['client_id']))?.name ?? '',
      scopeSentences: scopesOf(interaction)
        .filter(isSalesforceScope)
        .map((scope) => scopeDescriptions[scope]),
      user,
    };
    return interactions.show(ctx, interaction, consentPage(content));
  });

  router.post('/', async (ctx) => {
    const interaction = await interactions.of(ctx);
    if (!interaction?.session) return ctx.redirect(genericErrorUrl());
    const form = await interactions.form(ctx, interaction.uid);
    if (form.get('decision') === 'switch') return interactions.switchUser(ctx, interaction);
    if (form.get('decision') !== 'allow') return interactions.finish(ctx, { error: 'access_denied' });
    const { accountId } = interaction.session;
    const clientId = String(interaction.params['client_id']);
    const scopes = scopesOf(interaction);
    const grant = new (pool.of(ctx).Grant)({ accountId, clientId });
    grant.addOIDCScope(scopes.join(' '));
    consents.remember(userIdOfAccount(accountId), clientId, scopes);
    return interactions.finish(ctx, { consent: { grantId: await grant.save() } });
  });

  return router;
}

function scopesOf({ params }: Interaction): string[] {
  return parseScopes(String(params['scope'] ?? ''));
}
