import { inWords, refusalOf } from './appChecks.ts';
import type { DoctorContext, OAuthRefusal } from './doctorContext.ts';
import { whyUnanswered } from './noAnswer.ts';
import type { Authorize, Probes } from './probes.ts';
import { allowedInWindow, noRedirect, noWindow } from './redirectSentences.ts';
import { failed, ok, skipped, warning, type Verdict } from './verdict.ts';

/** Probes for an environment that sees where a redirect leads, which no browser does. */
export interface RedirectProbes extends Probes {
  authorize: Authorize;
}

const isUnattended = ({ error }: OAuthRefusal): boolean =>
  /^(?:immediate_unsuccessful|(?:login|interaction|consent|account_selection)_required)$/.test(error);

/** Whether the callback URL is registered in the app. */
export async function checkCallback({ redirectUri, flow }: DoctorContext, probes: RedirectProbes): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  const landing = await probes.authorize();
  const refusal = refusalOf(landing);
  if (landing.place === 'nowhere')
    return failed(`The authorize page could not be asked: ${whyUnanswered(landing.answer)}.`);
  if (refusal?.error === 'redirect_uri_mismatch') return failed(`${redirectUri} is not among the app's callback URLs.`);
  if (landing.place === 'callback') return ok(`${redirectUri} is registered: the org led back to it.`);
  if (refusal) return skipped(`The org stopped before it looked at it (${inWords(refusal)}).`);
  return ok(`${redirectUri} was not refused; the org went on to a sign-in page.`);
}

/** Whether an authorize request with a code challenge is accepted (RFC 7636). */
export async function checkPkce({ flow }: DoctorContext, probes: RedirectProbes): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  const refusal = refusalOf(await probes.authorize());
  if (!refusal || isUnattended(refusal)) return ok('A request with a code challenge (S256) is accepted.');
  if (/challenge|pkce/i.test(refusal.description))
    return failed(`A request with a code challenge is refused (${inWords(refusal)}).`);
  return skipped(`The org stopped before it looked at it (${inWords(refusal)}).`);
}

/** Whether an authorize request without a code challenge is refused, as RFC 9700, 2.1.1, wants it. */
export async function checkPkceRequired({ flow }: DoctorContext, probes: RedirectProbes): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  const refusal = refusalOf(await probes.authorize({ withChallenge: false, immediate: false }));
  if (refusal && /challenge|pkce/i.test(refusal.description))
    return ok('A request without a code challenge is refused.');
  if (refusal && !isUnattended(refusal))
    return skipped(`The org stopped before it looked at it (${inWords(refusal)}).`);
  return warning(
    'A request without a code challenge is accepted: another program that has the consumer key could sign in without PKCE.',
  );
}

/** Whether the app may ask for the configured scopes. */
export async function checkScopes({ scopes, flow }: DoctorContext, probes: RedirectProbes): Promise<Verdict> {
  if (flow === 'device') return skipped('Signing in on another device tells.');
  const asked = scopes.join(', ');
  const landing = await probes.authorize();
  const refusal = refusalOf(landing);
  if (refusal?.error === 'invalid_scope')
    return failed(`The app may not have one of these: ${asked} (${inWords(refusal)}).`);
  if (refusal && !isUnattended(refusal))
    return skipped(`The org stopped before it looked at them (${inWords(refusal)}).`);
  return landing.place === 'callback'
    ? ok(`The app may ask for ${asked}.`)
    : ok(`${asked} were not refused before the sign-in.`);
}

/** Single sign-on leads away from the org: the sign-in window then needs to know where to. */
export async function checkWindowRules(context: DoctorContext, probes: RedirectProbes): Promise<Verdict> {
  const { identityProviders, redirectUri, flow } = context;
  if (flow === 'device') return skipped(noWindow);
  const landing = await probes.authorize({ immediate: false });
  if (landing.place === 'nowhere')
    return failed(`The authorize page could not be asked: ${whyUnanswered(landing.answer)}.`);
  if (landing.place !== 'elsewhere')
    return ok(`The sign-in begins on the org's own page. The window may show ${allowedInWindow(context)}.`);
  if (identityProviders.includes(landing.origin))
    return ok(`The org leads on to ${landing.origin}, which the window may show.`);
  if (landing.origin === new URL(redirectUri).origin)
    return failed(`The org leads to ${landing.origin}, the provider's own origin, yet not to its callback URL.`);
  return failed(`The org leads on to ${landing.origin}, which the sign-in window may not show.`);
}
