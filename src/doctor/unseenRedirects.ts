import type { DoctorContext } from './doctorContext.ts';
import { allowedInWindow, noRedirect, noWindow } from './redirectSentences.ts';
import { failed, ok, skipped, type Verdict } from './verdict.ts';

/**
 * The checks of redirects in a browser, which hides redirects from a page: they report what a completed sign-in has
 * proved.
 */
const notFromHere =
  'A page does not see where a redirect leads: salesforce-interop doctor tells, and so does signing in.';

/** What a session proves of the callback URL. */
export async function checkUnseenCallback({ redirectUri, session, flow }: DoctorContext): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  return session ? ok(`${redirectUri} is registered: somebody has signed in by it.`) : skipped(notFromHere);
}

/** What a session proves of PKCE. */
export async function checkUnseenPkce({ session, flow }: DoctorContext): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  return session ? ok('It is: somebody has signed in with it.') : skipped(notFromHere);
}

/** Says that a page cannot tell whether PKCE is required. */
export async function checkUnseenPkceRequired({ flow }: DoctorContext): Promise<Verdict> {
  return skipped(
    flow === 'device' ? noRedirect : 'A page does not see where a redirect leads: salesforce-interop doctor tells.',
  );
}

/** Whether the session has the configured scopes. */
export async function checkScopesOfSession({ scopes, session }: DoctorContext): Promise<Verdict> {
  if (!session) return skipped(notFromHere);
  const missing = scopes.filter((scope) => !session.scopes.includes(scope) && !session.scopes.includes('full'));
  if (missing.length > 0) return failed(`The session lacks ${missing.join(', ')}.`);
  return ok(`The session has ${session.scopes.join(', ')}.`);
}

/** Names the origins that the sign-in window may show; a page does not see where the org leads. */
export async function checkUnseenWindowRules(context: DoctorContext): Promise<Verdict> {
  if (context.flow === 'device') return skipped(noWindow);
  return skipped(
    `The sign-in window may show ${allowedInWindow(context)}. Where the org leads to, salesforce-interop doctor sees.`,
  );
}
