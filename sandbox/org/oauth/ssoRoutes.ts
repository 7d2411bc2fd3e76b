import type Router from '@koa/router';
import { publicOriginOf } from '../publicOrigin.ts';
import { refusals, type LoginSteps } from './loginSteps.ts';
import type { OAuthState } from './oauthState.ts';
import type { SignInInteractions } from './signInInteraction.ts';

/** `/login/:uid/sso`: to the identity provider, and back with its assertion. */
export function addSsoRoutes(
  router: Router,
  steps: LoginSteps,
  { sso, logins, users }: OAuthState,
  interactions: SignInInteractions,
): void {
  if (!sso) return;
  const { within, goOn, wantsVerified } = steps;

  router.get(
    '/sso',
    within((ctx, { uid }) => {
      ctx.redirect(sso.send({ uid, returnUrl: `${publicOriginOf(ctx)}/login/${uid}/sso/return` }));
    }),
  );

  router.get(
    '/sso/return',
    within(async (ctx, interaction) => {
      const username = sso.redeem(String(ctx.query['assertion']), interaction.uid) ?? '';
      const outcome = users.signInAs(username);
      if ('refused' in outcome) return interactions.showLogin(ctx, interaction, username, refusals[outcome.refused]);
      if (!wantsVerified(interaction)) return interactions.signedIn(ctx, interaction, outcome.user);
      logins.begin(interaction.uid, outcome.user, true);
      return goOn(ctx, interaction, outcome.user);
    }),
  );
}
