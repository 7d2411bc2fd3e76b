import type { Context } from 'koa';
import { genericErrorUrl } from './authorizationErrors.ts';
import type { OAuthState } from './oauthState.ts';
import { changePasswordPage } from './pages/changePasswordPage.ts';
import { verifyPage } from './pages/verifyPage.ts';
import type { Interaction, SignInInteractions } from './signInInteraction.ts';
import type { DirectoryUser, SignInRefusal } from './userDirectory.ts';

export const refusals: Readonly<Record<SignInRefusal, string>> = {
  credentials: 'That username and password do not match. Check both and try again.',
  locked: 'This user is locked. An administrator of the org has to unlock it first.',
  inactive: 'This user cannot log in. An administrator of the org can tell why.',
  ip: 'This user cannot log in from this network. An administrator of the org can tell why.',
};

export type LoginSteps = ReturnType<typeof createLoginSteps>;

/** What follows a login by password or single sign-on: verification code, new password, and the way on to the app. */
export function createLoginSteps({ apps, logins }: OAuthState, interactions: SignInInteractions) {
  /** Runs a handler with the request's sign-in; without one the browser goes to the error page. */
  const within =
    (handle: (ctx: Context, interaction: Interaction) => Promise<void> | void) =>
    async (ctx: Context): Promise<void> => {
      const interaction = await interactions.of(ctx);
      if (interaction) await handle(ctx, interaction);
      else ctx.redirect(genericErrorUrl());
    };

  /** Shows what the user still owes, or leads on to the app. */
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

  return { within, goOn, wantsVerified };
}
