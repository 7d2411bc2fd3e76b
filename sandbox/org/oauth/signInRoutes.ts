import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { accountIdOfUser, userIdOfAccount } from './accountId.ts';
import { genericErrorUrl } from './authorizationErrors.ts';
import { readForm } from './formBody.ts';
import type { OAuthState } from './oauthState.ts';
import { consentPage } from './pages/consentPage.ts';
import { loginPage } from './pages/loginPage.ts';
import { sendPage } from './pages/sendPage.ts';
import type { ProviderPool } from './providerPool.ts';
import { isSalesforceScope, parseScopes, scopeDescriptions } from './scopes.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

const refusals = {
  credentials: 'That username and password do not match. Check both and try again.',
  locked: 'This user is locked. An administrator of the org has to unlock it first.',
} as const;

/** The login and approval pages between an authorize request and its redirect to the app. */
export function createSignInRoutes(state: OAuthState, pool: ProviderPool): Router {
  const csrfKey = randomBytes(32);
  const csrfToken = (uid: string): string => createHmac('sha256', csrfKey).update(uid).digest('hex');

  async function interactionOf(ctx: Context): Promise<Interaction | undefined> {
    try {
      const interaction = await pool.of(ctx).interactionDetails(ctx.req, ctx.res);
      return interaction.uid === ctx['params'].uid ? interaction : undefined;
    } catch {
      // The cookie is gone or the sign-in took too long; the caller shows the error page.
      return undefined;
    }
  }

  async function checkedForm(ctx: Context, uid: string): Promise<Map<string, string>> {
    const form = await readForm(ctx);
    const [given, expected] = [Buffer.from(form.get('csrf') ?? ''), Buffer.from(csrfToken(uid))];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) ctx.throw(403, 'Form is not from here');
    return form;
  }

  function showLogin(ctx: Context, interaction: Interaction, username: string, message?: string): void {
    const { params, prompt, session, uid } = interaction;
    const signedIn = session && users.byId(userIdOfAccount(session.accountId));
    const content = {
      action: `/login/${uid}`,
      csrfToken: csrfToken(uid),
      appName: apps.find(String(params['client_id']))?.name ?? '',
      username,
      message,
      demoUsers: users.all().filter(({ locked }) => !locked).slice(0, 2),
      signedInAs: prompt.name === 'select_account' ? signedIn : undefined,
    };
    sendPage(ctx, settings, loginPage(content), callbackOrigin(interaction));
  }

  const { apps, consents, settings, users } = state;
  const router = new Router();

  router.get('/login/:uid', async (ctx) => {
    const interaction = await interactionOf(ctx);
    if (!interaction) return ctx.redirect(genericErrorUrl());
    const hint = interaction.params['login_hint'];
    return showLogin(ctx, interaction, typeof hint === 'string' ? hint : '');
  });

  router.post('/login/:uid', async (ctx) => {
    const interaction = await interactionOf(ctx);
    if (!interaction) return ctx.redirect(genericErrorUrl());
    const form = await checkedForm(ctx, interaction.uid);
    const chosen = { select_account: {} };
    if (form.has('continue') && interaction.prompt.name === 'select_account' && interaction.session) {
      return finish(ctx, pool.of(ctx), chosen);
    }
    const username = form.get('username') ?? '';
    const outcome = users.signIn(username, form.get('password') ?? '');
    if ('refused' in outcome) return showLogin(ctx, interaction, username, refusals[outcome.refused]);
    const accountId = accountIdOfUser(outcome.user.orgUser.id);
    await leaveOtherSession(ctx, pool.of(ctx), interaction, accountId);
    return finish(ctx, pool.of(ctx), { ...chosen, login: { accountId, remember: false } });
  });

  router.get('/consent/:uid', async (ctx) => {
    const interaction = await interactionOf(ctx);
    const user = interaction?.session && users.byId(userIdOfAccount(interaction.session.accountId));
    if (!interaction || !user) return ctx.redirect(genericErrorUrl());
    const content = {
      action: `/consent/${interaction.uid}`,
      csrfToken: csrfToken(interaction.uid),
      appName: apps.find(String(interaction.params['client_id']))?.name ?? '',
      scopeSentences: scopesOf(interaction).filter(isSalesforceScope).map((scope) => scopeDescriptions[scope]),
      user,
    };
    return sendPage(ctx, settings, consentPage(content), callbackOrigin(interaction));
  });

  router.post('/consent/:uid', async (ctx) => {
    const interaction = await interactionOf(ctx);
    if (!interaction?.session) return ctx.redirect(genericErrorUrl());
    const form = await checkedForm(ctx, interaction.uid);
    if (form.get('decision') !== 'allow') return finish(ctx, pool.of(ctx), { error: 'access_denied' });
    const { accountId } = interaction.session;
    const clientId = String(interaction.params['client_id']);
    const scopes = scopesOf(interaction);
    const grant = new (pool.of(ctx).Grant)({ accountId, clientId });
    grant.addOIDCScope(scopes.join(' '));
    consents.remember(userIdOfAccount(accountId), clientId, scopes);
    return finish(ctx, pool.of(ctx), { consent: { grantId: await grant.save() } });
  });

  return router;
}

function scopesOf({ params }: Interaction): string[] {
  return parseScopes(String(params['scope'] ?? ''));
}

function callbackOrigin({ params }: Interaction): string | undefined {
  const uri = params['redirect_uri'];
  return typeof uri === 'string' ? new URL(uri).origin : undefined;
}

/** Hands the outcome back to oidc-provider; the browser goes on to the authorize endpoint. */
async function finish(ctx: Context, provider: Provider, result: InteractionResults): Promise<void> {
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: true }));
  ctx.status = 303;
}

/** Another person signing in ends the session that is open in this browser, whichever sign-in page began it. */
async function leaveOtherSession(
  ctx: Context,
  provider: Provider,
  interaction: Interaction,
  accountId: string,
): Promise<void> {
  const session = await provider.Session.get(ctx);
  if (session.accountId === undefined || session.accountId === accountId) return;
  await session.destroy();
  if (!interaction.session) return;
  delete interaction.session;
  await interaction.persist();
}
