import { mayConnect, readContentPolicy } from './contentPolicy.ts';
import type { DoctorContext } from './doctorContext.ts';
import { whyUnanswered } from './noAnswer.ts';
import { failed, ok, skipped, warning, type Verdict } from './verdict.ts';

/** Whether the sign-in return page is on the provider's origin, and says who may frame it. */
export async function checkReturnPage({ redirectUri, origin, send }: DoctorContext): Promise<Verdict> {
  if (!URL.canParse(redirectUri)) return failed(`${redirectUri} is not a URL.`);
  if (new URL(redirectUri).origin !== origin)
    return failed(
      `${redirectUri} is not on the provider's origin ${origin}: the token worker never hears of a sign-in.`,
    );
  const page = await send(redirectUri);
  if (!page.answered) return failed(`${redirectUri} cannot be reached: ${whyUnanswered(page)}.`);
  if (page.status !== 200 || !/^text\/html/i.test(page.header('content-type') ?? ''))
    return failed(`${redirectUri} is no page (status ${page.status}).`);
  if (!readContentPolicy(page.header('content-security-policy')).has('frame-ancestors'))
    return warning('It is there, and any site may frame it: its policy has no frame-ancestors.');
  return ok("It is there, on the provider's origin, and says who may frame it.");
}

/** Only the token worker may reach Salesforce, and no string becomes script (W3C Trusted Types). */
export async function checkProviderPage({ origin, orgUrl, send }: DoctorContext): Promise<Verdict> {
  const page = await send(`${origin}/`);
  if (!page.answered || page.status !== 200) return skipped(`${origin}/ cannot be looked at: ${whyUnanswered(page)}.`);
  const policy = readContentPolicy(page.header('content-security-policy'));
  if (policy.size === 0) return failed(`${origin}/ has no Content-Security-Policy.`);
  if (mayConnect(policy, orgUrl))
    return failed(`The policy of ${origin}/ lets the page itself reach Salesforce: its connect-src allows the org.`);
  if (/'unsafe-(?:inline|eval)'/.test(policy.get('script-src') ?? policy.get('default-src') ?? "'unsafe-inline'"))
    return failed(`The policy of ${origin}/ lets strings run as script.`);
  if (!policy.get('require-trusted-types-for')?.includes("'script'"))
    return warning('Only the token worker may reach Salesforce; Trusted Types are not required.');
  return ok('Only the token worker may reach Salesforce, and Trusted Types are required.');
}

/** Whether the token worker's policy lets it reach the org. */
export async function checkWorkerPolicy({ workerScriptUrl, orgUrl, origin, send }: DoctorContext): Promise<Verdict> {
  const script = await send(workerScriptUrl);
  if (!script.answered || script.status !== 200)
    return skipped(`${workerScriptUrl} cannot be looked at: ${whyUnanswered(script)}.`);
  const policy = readContentPolicy(script.header('content-security-policy'));
  if (policy.size === 0)
    return warning(`${workerScriptUrl} has no Content-Security-Policy: the worker may reach any host.`);
  if (!mayConnect(policy, orgUrl))
    return failed(
      `The policy of ${workerScriptUrl} keeps the worker from ${orgUrl}: its connect-src does not name the org.`,
    );
  const elsewhere = mayConnect(policy, 'https://elsewhere.invalid');
  return elsewhere
    ? warning(`The worker may reach any host: the connect-src of ${workerScriptUrl} is too wide.`)
    : ok(`The worker may reach the org and ${origin} alone.`);
}
