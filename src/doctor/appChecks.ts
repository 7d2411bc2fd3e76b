import type { DoctorContext, Landing, OAuthRefusal } from './doctorContext.ts';
import { whyUnanswered } from './noAnswer.ts';
import { isAboutProof, type Probes } from './probes.ts';
import { failed, ok, skipped, type Verdict } from './verdict.ts';

/** Sources of the refusals: Salesforce Help, "OAuth 2.0 Authorization Errors"; RFC 6749, 4.1.2.1 and 5.2. */
const isUnknownApp = ({ error }: OAuthRefusal): boolean => error === 'invalid_client_id';
const isNotInstalled = ({ error, description }: OAuthRefusal): boolean =>
  /^(?:OAUTH_EC_APP_NOT_FOUND|app_not_found)$/.test(error) ||
  (error === 'invalid_client' && /installed/i.test(description));
const wantsSecret = (refusal: OAuthRefusal): boolean => refusal.error === 'invalid_client' && !isNotInstalled(refusal);
const isBlocked = ({ error }: OAuthRefusal): boolean =>
  /^(?:OAUTH_(?:EC_)?APP_BLOCKED|OAUTH_AUTHORIZATION_BLOCKED|OAUTH_APPROVAL_ERROR_GENERIC)$/.test(error);

const unreadable = 'A page cannot read the answer before CORS is enabled for OAuth endpoints.';
/** A refusal as text for a finding. */
export const inWords = ({ error, description }: OAuthRefusal): string =>
  description ? `${error} – ${description}` : error;

/** The refusal with which an authorize request ended; undefined if it ended in another way. */
export function refusalOf(landing: Landing | undefined): OAuthRefusal | undefined {
  return landing && 'error' in landing && landing.error !== undefined
    ? { error: landing.error, description: landing.description ?? '' }
    : undefined;
}

/** Whether the org knows an app with the consumer key. */
export async function checkApp({ inBrowser }: DoctorContext, probes: Probes): Promise<Verdict> {
  const { answer, refusal } = await probes.asApp('refresh_token');
  if (!refusal && inBrowser) return skipped(unreadable);
  if (!refusal) return skipped(`The token endpoint could not be asked: ${whyUnanswered(answer)}.`);
  if (isUnknownApp(refusal)) return failed('The org knows no app with this consumer key.');
  const landing = refusalOf(await probes.authorize?.());
  if (landing && isUnknownApp(landing)) return failed('The org knows no app with this consumer key.');
  if (landing && isBlocked(landing)) return failed(`A policy of the org keeps the app out (${inWords(landing)}).`);
  return ok('The org knows an app with this consumer key.');
}

/** Whether the app is installed in the org. */
export async function checkInstalled({ session }: DoctorContext, probes: Probes): Promise<Verdict> {
  const seen = [(await probes.asApp('refresh_token')).refusal, refusalOf(await probes.authorize?.())];
  if (seen.some((refusal) => refusal && isNotInstalled(refusal)))
    return failed('The org knows the app, and has not installed it.');
  if (seen.some((refusal) => refusal && isUnknownApp(refusal))) return skipped('The org does not know the app.');
  if (!session?.isRenewable) return skipped('An org tells this only once somebody has signed in.');
  const renewed = await probes.renewal();
  if (!renewed.ok && renewed.error.reason === 'refresh.appRemoved')
    return failed('The app has been removed from the org since this person signed in.');
  return renewed.ok ? ok('It is: the org has just renewed a session of it.') : skipped(renewed.error.message);
}

/** Whether the app works without a client secret, as a public client has to (RFC 6749, 2.1). */
export async function checkSecret({ inBrowser }: DoctorContext, probes: Probes): Promise<Verdict> {
  const flows = { refresh_token: 'renew', authorization_code: 'sign in' } as const;
  for (const [grant, doing] of Object.entries(flows) as [keyof typeof flows, string][]) {
    const { answer, refusal } = await probes.asApp(grant);
    if (!refusal)
      return skipped(inBrowser ? unreadable : `The token endpoint could not be asked: ${whyUnanswered(answer)}.`);
    if (isUnknownApp(refusal)) return skipped('The org does not know the app.');
    if (wantsSecret(refusal))
      return failed(`The org wants a client secret to ${doing} (${inWords(refusal)}). A desktop cannot keep one.`);
    if (isAboutProof(refusal)) return skipped(`The org looked at the proof of possession first (${inWords(refusal)}).`);
  }
  return ok('The token endpoint asks for none.');
}
