import type { DoctorContext, ExaminedSession } from './doctorContext.ts';
import type { Probes } from './probes.ts';
import { failed, ok, skipped, warning, type Verdict } from './verdict.ts';

const nobody = ({ inBrowser }: DoctorContext): Verdict =>
  skipped(inBrowser ? 'Nobody is signed in.' : 'Signed in on the platform page, "Check the connection" there tells.');
/** Below this share of the day's requests somebody should look. */
const fewLeft = 0.1;

/** Whether the user may use the app. */
export async function checkApproved(context: DoctorContext, probes: Probes): Promise<Verdict> {
  const { session } = context;
  if (!session) return nobody(context);
  if (!session.isRenewable) return ok('The person who is signed in may: the org has given them a session.');
  const renewed = await probes.renewal();
  if (renewed.ok) return ok('The person who is signed in may: the org has just renewed their session.');
  const isRefusal =
    /^refresh\.(?:userInactive|placeOrTime|refused|appBlocked|clientRefused|unknown|stillRefused)$/.test(
      renewed.error.reason ?? '',
    );
  return isRefusal ? failed(renewed.error.message) : skipped(renewed.error.message);
}

/** Whether the org renews a session. */
export async function checkRenewal(context: DoctorContext, probes: Probes): Promise<Verdict> {
  const { session, scopes } = context;
  if (!session) return nobody(context);
  if (!session.isRenewable) {
    const why = scopes.includes('refresh_token')
      ? 'although the scope refresh_token was asked for'
      : 'as the scope refresh_token is not asked for';
    return warning(`The org gave no refresh token, ${why}: people sign in again whenever the access token ends.`);
  }
  const renewed = await probes.renewal();
  if (!renewed.ok) return failed(renewed.error.message);
  return ok(
    'The org has just renewed it. How long it may be renewed, an org does not tell; a refresh token that expires after a day is enough.',
  );
}

/** Whether a renewal brings another refresh token (RFC 9700, 4.14.2). */
export async function checkRotation(context: DoctorContext, probes: Probes): Promise<Verdict> {
  const { session } = context;
  if (!session) return nobody(context);
  if (!session.isRenewable) return skipped('There is no refresh token.');
  const renewed = await probes.renewal();
  if (!renewed.ok) return skipped(renewed.error.message);
  if (renewed.data.rotated) return ok('Each renewal brings another refresh token and ends the one before.');
  return warning('A renewal brought no other refresh token: one that is stolen stays good until somebody revokes it.');
}

/** GET /limits, as the REST API Developer Guide describes it: `DailyApiRequests` with `Max` and `Remaining`. */
export async function checkApi(context: DoctorContext): Promise<Verdict> {
  const { session } = context;
  if (!session) return nobody(context);
  const version = await newestVersion(session);
  const answer = await session.get(`/services/data/v${version}/limits`);
  if (!answer.ok) return failed(answer.error.message);
  const { status, json } = answer.data;
  const first = Array.isArray(json) ? (json[0] as { errorCode?: unknown; message?: unknown } | undefined) : undefined;
  if (status !== 200)
    return failed(
      `The REST API refuses this user: ${String(first?.errorCode ?? `status ${status}`)}${first?.message ? ` – ${String(first.message)}` : ''}.`,
    );
  const { Max: max, Remaining: left } = ((json as Record<string, unknown>)['DailyApiRequests'] ?? {}) as {
    Max?: number;
    Remaining?: number;
  };
  if (typeof max !== 'number' || typeof left !== 'number')
    return ok('The REST API answers; it does not tell how many requests are left.');
  const finding = `The REST API answers; ${left.toLocaleString('en')} of ${max.toLocaleString('en')} requests of the day are left.`;
  if (left <= 0) return failed(finding);
  return left < max * fewLeft ? warning(finding) : ok(finding);
}

async function newestVersion(session: ExaminedSession): Promise<string> {
  const answer = await session.get('/services/data');
  const versions = answer.ok && Array.isArray(answer.data.json) ? (answer.data.json as { version?: unknown }[]) : [];
  return String(versions.at(-1)?.version ?? '60.0');
}
