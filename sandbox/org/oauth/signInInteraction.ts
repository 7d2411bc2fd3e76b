import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { accountIdOfUser, userIdOfAccount } from './accountId.ts';
import { readForm } from './formBody.ts';
import type { OAuthState } from './oauthState.ts';
import { loginPage } from './pages/loginPage.ts';
import { sendPage } from './pages/sendPage.ts';
import type { ProviderPool } from './providerPool.ts';
import type { DirectoryUser } from './userDirectory.ts';
import { verifiedMethod } from './verifiedSession.ts';

export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** What the sign-in pages share: whose sign-in a request belongs to, its forms, and the way on. */
export class SignInInteractions {
  readonly #csrfKey = randomBytes(32);
  readonly #state: OAuthState;
  readonly #pool: ProviderPool;

  constructor(state: OAuthState, pool: ProviderPool) {
    this.#state = state;
    this.#pool = pool;
  }

  /** Undefined when the cookie is gone or the sign-in took too long. */
  async of(ctx: Context): Promise<Interaction | undefined> {
    try {
      const interaction = await this.#pool.of(ctx).interactionDetails(ctx.req, ctx.res);
      return interaction.uid === ctx['params'].uid ? interaction : undefined;
    } catch {
      return undefined;
    }
  }

  csrfToken(uid: string): string {
    return createHmac('sha256', this.#csrfKey).update(uid).digest('hex');
  }

  /** The form a page of this sign-in has sent. Throws a 403 for a form from elsewhere. */
  async form(ctx: Context, uid: string): Promise<Map<string, string>> {
    const form = await readForm(ctx);
    const [given, expected] = [Buffer.from(form.get('csrf') ?? ''), Buffer.from(this.csrfToken(uid))];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) ctx.throw(403, 'Form is not from here');
    return form;
  }

  show(ctx: Context, interaction: Interaction, page: string): void {
    const uri = interaction.params['redirect_uri'];
    sendPage(ctx, this.#state.settings, page, typeof uri === 'string' ? new URL(uri).origin : undefined);
  }

  showLogin(ctx: Context, interaction: Interaction, username: string, message?: string): void {
    const { apps, sso, users } = this.#state;
    const { params, prompt, session, uid } = interaction;
    const signedIn = session && users.byId(userIdOfAccount(session.accountId));
    const content = {
      action: `/login/${uid}`,
      csrfToken: this.csrfToken(uid),
      appName: apps.find(String(params['client_id']))?.name ?? '',
      username,
      message,
      demoUsers: users
        .all()
        .filter(({ locked }) => !locked)
        .slice(0, 2),
      signedInAs: prompt.name === 'select_account' ? signedIn : undefined,
      ssoUrl: sso && `/login/${uid}/sso`,
    };
    this.show(ctx, interaction, loginPage(content));
  }

  /** The person is known and owes nothing more: on to approval or app. */
  async signedIn(ctx: Context, interaction: Interaction, user: DirectoryUser): Promise<void> {
    const accountId = accountIdOfUser(user.orgUser.id);
    const isVerified = this.#state.logins.isVerified(interaction.uid);
    this.#state.logins.end(interaction.uid);
    await this.#leaveOtherSession(ctx, interaction, accountId);
    await this.finish(ctx, {
      select_account: {},
      login: { accountId, remember: false, amr: isVerified ? [verifiedMethod] : [] },
    });
  }

  /** Hands the outcome back to oidc-provider; the browser goes on to the authorize endpoint. */
  async finish(ctx: Context, result: InteractionResults, mergeWithLastSubmission = true): Promise<void> {
    const provider = this.#pool.of(ctx);
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission }));
    ctx.status = 303;
  }

  /** Signs the browser out and asks who is there, for the same app. */
  async switchUser(ctx: Context, interaction: Interaction): Promise<void> {
    await (await this.#pool.of(ctx).Session.get(ctx)).destroy();
    await forgetSession(interaction);
    await this.finish(ctx, {}, false);
  }

  /** Another person signing in ends the session that is open in this browser, whichever sign-in page began it. */
  async #leaveOtherSession(ctx: Context, interaction: Interaction, accountId: string): Promise<void> {
    const session = await this.#pool.of(ctx).Session.get(ctx);
    if (session.accountId === undefined || session.accountId === accountId) return;
    await session.destroy();
    await forgetSession(interaction);
  }
}

async function forgetSession(interaction: Interaction): Promise<void> {
  if (!interaction.session) return;
  delete interaction.session;
  await interaction.persist();
}
