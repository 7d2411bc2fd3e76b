import type { Answer, DoctorContext, NoAnswer } from './doctorContext.ts';
import { whyUnanswered } from './noAnswer.ts';
import type { Probes } from './probes.ts';
import { failed, ok, skipped, type Verdict } from './verdict.ts';

/**
 * Whether a page of the provider's origin may read the answer (Fetch, 4.9 "CORS check"). A browser has already applied
 * that check.
 */
export function isReadable(
  answer: Answer | NoAnswer,
  { inBrowser, origin }: Pick<DoctorContext, 'inBrowser' | 'origin'>,
): boolean {
  if (!answer.answered || inBrowser) return answer.answered;
  return [origin, '*'].includes(answer.header('access-control-allow-origin') ?? '');
}

/**
 * A header that makes a browser send a preflight request, as `Authorization` does, and that has no effect in the org.
 */
const preflightedHeader = { 'sforce-call-options': 'client=doctor' };

/** Salesforce Help, "Configure Salesforce CORS Allowlist". */
export async function checkCorsRest(context: DoctorContext, probes: Probes): Promise<Verdict> {
  const { inBrowser, origin, send, orgUrl } = context;
  if (!(await probes.discovery()).answered) return skipped('The org could not be reached.');
  const url = new URL('/services/data', orgUrl).href;
  let kept = '';
  if (!inBrowser) {
    const preflight = await send(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });
    if (!preflight.answered) return failed(`The REST API could not be asked: ${whyUnanswered(preflight)}.`);
    if (!isReadable(preflight, context))
      return failed(`${origin} is not on the org's CORS list (status ${preflight.status}).`);
    kept = ` A browser may keep the answer to a preflight for ${preflightSeconds(preflight)} s.`;
  }
  const answer = await send(url, { headers: inBrowser ? preflightedHeader : { origin } });
  if (!isReadable(answer, context)) return failed(`${origin} is not on the org's CORS list.`);
  return ok(`${origin} may use the REST API.${kept}`);
}

/** Fetch, 4.8 "CORS-preflight fetch": five seconds where the answer does not say. Hidden from a page. */
function preflightSeconds({ header }: Answer): number {
  const said = header('access-control-max-age')?.trim() ?? '';
  return /^\d+$/.test(said) ? Number(said) : 5;
}

/** Salesforce Help, "Enable CORS for OAuth Endpoints". The requests need no preflight; the answers must be readable. */
export async function checkCorsOAuth(context: DoctorContext, probes: Probes): Promise<Verdict> {
  const { inBrowser, origin } = context;
  if (!(await probes.discovery()).answered) return skipped('The org could not be reached.');
  const headers: Record<string, string> = inBrowser ? {} : { origin };
  const answers = {
    token: (await probes.token('refresh_token', headers)).answer,
    revoke: await probes.revoke(headers),
    introspect: await probes.introspect(headers),
  };
  const closed = Object.entries(answers)
    .filter(([, answer]) => !isReadable(answer, context))
    .map(([name]) => name);
  if (closed.length > 0) return failed(`${origin} may not read the answers of ${closed.join(', ')}.`);
  return ok(`${origin} may read the answers of token, revoke and introspect.`);
}
