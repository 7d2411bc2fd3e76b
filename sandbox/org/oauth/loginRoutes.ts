import Router from '@koa/router';
import type { Context } from 'koa';
import { publicOriginOf } from '../publicOrigin.ts';
import { userIdOfAccount } from './accountId.ts';
import { genericErrorUrl } from './authorizationErrors.ts';
import type { OAuthState } from './oauthState.ts';
import { changePasswordPage } from './pages/changePasswordPage.ts';
import { verifyPage } from './pages/verifyPage.ts';
import type { Interaction, SignInInteractions } from './signInInteraction.ts';
import type { DirectoryUser, SignInRefusal } from './userDirectory.ts';
import { highAssuranceReason } from './verifiedSession.ts';

const refusals: Readonly<Record<SignInRefusal, string>> = {
  credentials: 'That username and password do not match. Check both and try again.',
  locked: 'This user is locked. An administrator of the org has to unlock it first.',
  inactive: 'This user cannot log in. An administrator of the org can tell why.',
  ip: 'This user cannot log in from this network. An administrator of the org can tell why.',
};

/** `/login/:uid`: username and password or single sign-on, then verification code and new password where owed. */
export function createLoginRoutes({ apps, logins, sso, users }: OAuthState, interactions: SignInInteractions): Router {
  const router = new Router({ prefix: '/login/:uid' });

  /** Runs a handler with the request's sign-in; without one the browser goes to the error page. */
  const within =
    (handle: (ctx: Context, interaction: Interaction) => Promise<void> | void) =>
    async (ctx: Context): Promise<void> => {
      const interaction = await interactions.of(ctx);
      if (interaction) await handle(ctx, interaction);
      else ctx.redirect(genericErrorUrl());
    };

  async function goOn(ctx: Context, interaction: Interaction, user: DirectoryUser, message?: string): Promise<void> {
    const { uid } = interaction;
    const step = logins.nextStep(uid);
    const common = { csrfToken: interactions.csrfToken(uid), username: user.username, message };
    if (step === 'verify') {
      const content = { ...common, action: `/login/${uid}/verify`, code: logins.codeOf(uid) ?? '' };
      interactions.show(ctx, interaction, verifyPage(content));
    } else if (step === 'change-password') {
      interactions.show(ctx, interaction, changePasswordPage({ ...common, action: `/login/${uid}/password` }));
    } else {
      await interactions.signedIn(ctx, interaction, user);
    }
  }

  const wantsVerified = ({ params }: Interaction): boolean =>
    apps.find(String(params['client_id']))?.highAssurance ?? false;

  router.get('/', within((ctx, interaction) => {
    const { prompt, session, uid } = interaction;
    const signedIn = session && users.byId(userIdOfAccount(session.accountId));
    if (signedIn && prompt.reasons.length === 1 && prompt.reasons[0] === highAssuranceReason) {
      logins.begin(uid, signedIn, true);
      return goOn(ctx, interaction, signedIn);
    }
    const hint = interaction.params['login_hint'];
    return interactions.showLogin(ctx, interaction, typeof hint === 'string' ? hint : '');
  }));

  router.post('/', within(async (ctx, interaction) => {
    const form = await interactions.form(ctx, interaction.uid);
    if (form.has('continue') && interaction.prompt.name === 'select_account' && interaction.session) {
      return interactions.finish(ctx, { select_account: {} });
    }
    const username = form.get('username') ?? '';
    const outcome = users.signIn(username, form.get('password') ?? '');
    if ('refused' in outcome) return interactions.showLogin(ctx, interaction, username, refusals[outcome.refused]);
    logins.begin(interaction.uid, outcome.user, wantsVerified(interaction));
    return goOn(ctx, interaction, outcome.user);
  }));

  router.post('/verify', within(async (ctx, interaction) => {
    const form = await interactions.form(ctx, interaction.uid);
    const user = logins.userOf(interaction.uid);
    if (!user || form.get('decision') === 'cancel') {
      logins.end(interaction.uid);
      return interactions.showLogin(ctx, interaction, user?.username ?? '');
    }
    const isRight = logins.verify(interaction.uid, form.get('emc') ?? '');
    return goOn(ctx, interaction, user, isRight ? undefined : 'That is not the code. Try again.');
  }));

  router.post('/password', within(async (ctx, interaction) => {
    const form = await interactions.form(ctx, interaction.uid);
    const user = logins.userOf(interaction.uid);
    if (!user || logins.nextStep(interaction.uid) !== 'change-password') {
      return interactions.showLogin(ctx, interaction, user?.username ?? '');
    }
    const password = form.get('newpassword') ?? '';
    const objection = objectionTo(password, form.get('confirmpassword') ?? '', user.password);
    if (objection === undefined) {
      user.password = password;
      user.passwordExpired = false;
    }
    return goOn(ctx, interaction, user, objection);
  }));

  if (!sso) return router;

  router.get('/sso', within((ctx, { uid }) => {
    ctx.redirect(sso.send({ uid, returnUrl: `${publicOriginOf(ctx)}/login/${uid}/sso/return` }));
  }));

  router.get('/sso/return', within(async (ctx, interaction) => {
    const username = sso.redeem(String(ctx.query['assertion']), interaction.uid) ?? '';
    const outcome = users.signInAs(username);
    if ('refused' in outcome) return interactions.showLogin(ctx, interaction, username, refusals[outcome.refused]);
    if (!wantsVerified(interaction)) return interactions.signedIn(ctx, interaction, outcome.user);
    logins.begin(interaction.uid, outcome.user, true);
    return goOn(ctx, interaction, outcome.user);
  }));

  return router;
}

function objectionTo(password: string, again: string, old: string): string | undefined {
  if (password !== again) return 'The two passwords differ.';
  if (password === old) return 'That is the old password.';
  const isStrong = password.length >= 8 && /[a-z]/iu.test(password) && /\d/u.test(password);
  return isStrong ? undefined : 'That password is too easy to guess.';
}
