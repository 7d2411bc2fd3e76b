import type { DoctorContext, OAuthRefusal } from './doctorContext.ts';
import type { Landing } from './landing.ts';
import { whyUnanswered } from './noAnswer.ts';
import { isAboutProof, type Probes } from './probes.ts';
import { failed, ok, skipped, warning, type Verdict } from './verdict.ts';

/** Sources of the refusals: Salesforce Help, "OAuth 2.0 Authorization Errors"; RFC 6749, 4.1.2.1 and 5.2. */
const isUnknownApp = ({ error }: OAuthRefusal): boolean => error === 'invalid_client_id';
const isNotInstalled = ({ error, description }: OAuthRefusal): boolean =>
  /^(?:OAUTH_EC_APP_NOT_FOUND|app_not_found)$/.test(error) || (error === 'invalid_client' && /installed/i.test(description));
const wantsSecret = (refusal: OAuthRefusal): boolean => refusal.error === 'invalid_client' && !isNotInstalled(refusal);
const isBlocked = ({ error }: OAuthRefusal): boolean => /^(?:OAUTH_(?:EC_)?APP_BLOCKED|OAUTH_AUTHORIZATION_BLOCKED|OAUTH_APPROVAL_ERROR_GENERIC)$/.test(error);
const isUnattended = ({ error }: OAuthRefusal): boolean => /^(?:immediate_unsuccessful|(?:login|interaction|consent|account_selection)_required)$/.test(error);

const notFromHere = 'A page does not see where a redirect leads: npm run doctor tells, and so does signing in.';
const noRedirect = 'Signing in on another device uses none.';
const unreadable = 'A page cannot read the answer before CORS is enabled for OAuth endpoints.';
const inWords = ({ error, description }: OAuthRefusal): string => (description ? `${error} – ${description}` : error);

function refusalOf(landing: Landing): OAuthRefusal | undefined {
  return 'error' in landing && landing.error !== undefined ? { error: landing.error, description: landing.description ?? '' } : undefined;
}

export async function checkApp({ inBrowser }: DoctorContext, probes: Probes): Promise<Verdict> {
  const { answer, refusal } = await probes.asApp('refresh_token');
  if (!refusal && inBrowser) return skipped(unreadable);
  if (!refusal) return skipped(`The token endpoint could not be asked: ${whyUnanswered(answer)}.`);
  if (isUnknownApp(refusal)) return failed('The org knows no app with this consumer key.');
  const landing = inBrowser ? undefined : refusalOf(await probes.authorize({}));
  if (landing && isUnknownApp(landing)) return failed('The org knows no app with this consumer key.');
  if (landing && isBlocked(landing)) return failed(`A policy of the org keeps the app out (${inWords(landing)}).`);
  return ok('The org knows an app with this consumer key.');
}

export async function checkInstalled({ session, inBrowser }: DoctorContext, probes: Probes): Promise<Verdict> {
  const seen = [(await probes.asApp('refresh_token')).refusal, inBrowser ? undefined : refusalOf(await probes.authorize({}))];
  if (seen.some((refusal) => refusal && isNotInstalled(refusal))) return failed('The org knows the app, and has not installed it.');
  if (seen.some((refusal) => refusal && isUnknownApp(refusal))) return skipped('The org does not know the app.');
  if (!session?.isRenewable) return skipped('An org tells this only once somebody has signed in.');
  const renewed = await probes.renewal();
  if (!renewed.ok && renewed.error.reason === 'refresh.appRemoved') return failed('The app has been removed from the org since this person signed in.');
  return renewed.ok ? ok('It is: the org has just renewed a session of it.') : skipped(renewed.error.message);
}

export async function checkCallback({ redirectUri, inBrowser, session, flow }: DoctorContext, probes: Probes): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  if (inBrowser) return session ? ok(`${redirectUri} is registered: somebody has signed in by it.`) : skipped(notFromHere);
  const landing = await probes.authorize({});
  const refusal = refusalOf(landing);
  if (landing.place === 'nowhere') return failed(`The authorize page could not be asked: ${whyUnanswered(landing.answer)}.`);
  if (refusal?.error === 'redirect_uri_mismatch') return failed(`${redirectUri} is not among the app's callback URLs.`);
  if (landing.place === 'callback') return ok(`${redirectUri} is registered: the org led back to it.`);
  if (refusal) return skipped(`The org stopped before it looked at it (${inWords(refusal)}).`);
  return ok(`${redirectUri} was not refused; the org went on to a sign-in page.`);
}

export async function checkPkce({ inBrowser, session, flow }: DoctorContext, probes: Probes): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  if (inBrowser) return session ? ok('It is: somebody has signed in with it.') : skipped(notFromHere);
  const refusal = refusalOf(await probes.authorize({}));
  if (!refusal || isUnattended(refusal)) return ok('A request with a code challenge (S256) is accepted.');
  if (/challenge|pkce/i.test(refusal.description)) return failed(`A request with a code challenge is refused (${inWords(refusal)}).`);
  return skipped(`The org stopped before it looked at it (${inWords(refusal)}).`);
}

export async function checkPkceRequired({ inBrowser, flow }: DoctorContext, probes: Probes): Promise<Verdict> {
  if (flow === 'device') return skipped(noRedirect);
  if (inBrowser) return skipped('A page does not see where a redirect leads: npm run doctor tells.');
  const refusal = refusalOf(await probes.authorize({ withChallenge: false, immediate: false }));
  if (refusal && /challenge|pkce/i.test(refusal.description)) return ok('A request without a code challenge is refused.');
  if (refusal && !isUnattended(refusal)) return skipped(`The org stopped before it looked at it (${inWords(refusal)}).`);
  return warning('A request without a code challenge is accepted: another program that has the consumer key could sign in without PKCE.');
}

export async function checkSecret({ inBrowser }: DoctorContext, probes: Probes): Promise<Verdict> {
  const flows = { refresh_token: 'renew', authorization_code: 'sign in' } as const;
  for (const [grant, doing] of Object.entries(flows) as [keyof typeof flows, string][]) {
    const { answer, refusal } = await probes.asApp(grant);
    if (!refusal) return skipped(inBrowser ? unreadable : `The token endpoint could not be asked: ${whyUnanswered(answer)}.`);
    if (isUnknownApp(refusal)) return skipped('The org does not know the app.');
    if (wantsSecret(refusal)) return failed(`The org wants a client secret to ${doing} (${inWords(refusal)}). A desktop cannot keep one.`);
    if (isAboutProof(refusal)) return skipped(`The org looked at the proof of possession first (${inWords(refusal)}).`);
  }
  return ok('The token endpoint asks for none.');
}

export async function checkScopes({ scopes, inBrowser, session, flow }: DoctorContext, probes: Probes): Promise<Verdict> {
  const asked = scopes.join(', ');
  const missing = session ? scopes.filter((scope) => !session.scopes.includes(scope) && !session.scopes.includes('full')) : [];
  if (missing.length > 0) return failed(`The session lacks ${missing.join(', ')}.`);
  if (session) return ok(`The session has ${session.scopes.join(', ')}.`);
  if (inBrowser) return skipped(notFromHere);
  if (flow === 'device') return skipped('Signing in on another device tells.');
  const landing = await probes.authorize({});
  const refusal = refusalOf(landing);
  if (refusal?.error === 'invalid_scope') return failed(`The app may not have one of these: ${asked} (${inWords(refusal)}).`);
  if (refusal && !isUnattended(refusal)) return skipped(`The org stopped before it looked at them (${inWords(refusal)}).`);
  return landing.place === 'callback' ? ok(`The app may ask for ${asked}.`) : ok(`${asked} were not refused before the sign-in.`);
}
