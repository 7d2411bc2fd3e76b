import Router from '@koa/router';
import { userIdOfAccount } from './accountId.ts';
import { createLoginSteps, refusals } from './loginSteps.ts';
import type { OAuthState } from './oauthState.ts';
import type { SignInInteractions } from './signInInteraction.ts';
import { addSsoRoutes } from './ssoRoutes.ts';
import { highAssuranceReason } from './verifiedSession.ts';

/** `/login/:uid`: username and password or single sign-on, then verification code and new password where owed. */
export function createLoginRoutes(state: OAuthState, interactions: SignInInteractions): Router {
  const { logins, users } = state;
  const router = new Router({ prefix: '/login/:uid' });
  const steps = createLoginSteps(state, interactions);
  const { within, goOn, wantsVerified } = steps;

  router.get(
    '/',
    within((ctx, interaction) => {
      const { prompt, session, uid } = interaction;
      const signedIn = session && users.byId(userIdOfAccount(session.accountId));
      if (signedIn && prompt.reasons.length === 1 && prompt.reasons[0] === highAssuranceReason) {
        logins.begin(uid, signedIn, true);
        return goOn(ctx, interaction, signedIn);
      }
      const hint = interaction.params['login_hint'];
      return interactions.showLogin(ctx, interaction, typeof hint === 'string' ? hint : '');
    }),
  );

  router.post(
    '/',
    within(async (ctx, interaction) => {
      const form = await interactions.form(ctx, interaction.uid);
      if (form.has('continue') && interaction.prompt.name === 'select_account' && interaction.session) {
        return interactions.finish(ctx, { select_account: {} });
      }
      const username = form.get('username') ?? '';
      const outcome = users.signIn(username, form.get('password') ?? '');
      if ('refused' in outcome) return interactions.showLogin(ctx, interaction, username, refusals[outcome.refused]);
      logins.begin(interaction.uid, outcome.user, wantsVerified(interaction));
      return goOn(ctx, interaction, outcome.user);
    }),
  );

  router.post(
    '/verify',
    within(async (ctx, interaction) => {
      const form = await interactions.form(ctx, interaction.uid);
      const user = logins.userOf(interaction.uid);
      if (!user || form.get('decision') === 'cancel') {
        logins.end(interaction.uid);
        return interactions.showLogin(ctx, interaction, user?.username ?? '');
      }
      const isRight = logins.verify(interaction.uid, form.get('emc') ?? '');
      return goOn(ctx, interaction, user, isRight ? undefined : 'That is not the code. Try again.');
    }),
  );

  router.post(
    '/password',
    within(async (ctx, interaction) => {
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
    }),
  );

  addSsoRoutes(router, steps, state, interactions);
  return router;
}

function objectionTo(password: string, again: string, old: string): string | undefined {
  if (password !== again) return 'The two passwords differ.';
  if (password === old) return 'That is the old password.';
  const isStrong = password.length >= 8 && /[a-z]/iu.test(password) && /\d/u.test(password);
  return isStrong ? undefined : 'That password is too easy to guess.';
}
