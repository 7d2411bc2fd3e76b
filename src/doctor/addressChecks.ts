import { myDomainHint } from '../salesforce/myDomain.ts';
import { judgeOrgUrl } from '../salesforce/orgHosts.ts';
import type { DoctorContext } from './doctorContext.ts';
import { whyUnanswered } from './noAnswer.ts';
import type { Probes } from './probes.ts';
import { failed, ok, skipped, warning, type Verdict } from './verdict.ts';

const dayMs = 86_400_000;
/** DPoP proofs and id tokens are judged by time: most servers tolerate a difference of one minute and refuse five. */
const noticedMs = 60_000;
const harmfulMs = 5 * 60_000;

/** Whether the address is an org's own by the rules of `orgHosts.ts`. */
export async function checkMyDomain({ orgUrl, extraOrigins }: DoctorContext): Promise<Verdict> {
  const verdict = judgeOrgUrl(orgUrl, { extraOrigins });
  if (verdict.kind === 'loginHost')
    return failed(`${verdict.origin} is a login host that all orgs share; its token endpoint answers no browser.`);
  const hint = myDomainHint(orgUrl);
  if (verdict.kind === 'refused')
    return failed(hint ? `${orgUrl} is no org: ${hint}.` : `${orgUrl} is not the https address of a Salesforce org.`);
  if (judgeOrgUrl(orgUrl).kind === 'org') return ok(`${verdict.origin} is an org's own address.`);
  const isHere = new URL(verdict.origin).protocol === 'http:';
  return ok(
    isHere
      ? `${verdict.origin} is an embedded org on this machine.`
      : `${verdict.origin} is outside Salesforce's domains and named as an org by extraOrgOrigins.`,
  );
}

/** Whether the org answers at all. */
export async function checkReachable({ orgUrl }: DoctorContext, probes: Probes): Promise<Verdict> {
  const answer = await probes.discovery();
  const { host } = new URL(orgUrl);
  return answer.answered ? ok(`${host} answers.`) : failed(`${host} cannot be reached: ${whyUnanswered(answer)}.`);
}

/** Whether the certificate of the org is trusted here, and for how long. */
export async function checkTls(
  { orgUrl, inBrowser, certificate, now }: DoctorContext,
  probes: Probes,
): Promise<Verdict> {
  if (new URL(orgUrl).protocol === 'http:')
    return ok('There is no certificate: this org is on this machine, and nothing leaves it.');
  const answer = await probes.discovery();
  if (!answer.answered)
    return answer.why === 'certificate'
      ? failed(`The certificate is not trusted here (${answer.detail}).`)
      : skipped('The org could not be reached.');
  if (inBrowser) return ok('The browser trusts the certificate.');
  const found = await certificate?.();
  if (!found) return ok('The certificate is trusted.');
  const days = Math.floor((found.validTo - now()) / dayMs);
  const finding = `Trusted, issued by ${found.issuer}, good for ${days} more days.`;
  return days < 14 ? warning(finding) : ok(finding);
}

/** Compares clocks: with the org's, or in a browser that hides it, with that of the provider's server. */
export async function checkClock({ now, serverTime, inBrowser }: DoctorContext, probes: Probes): Promise<Verdict> {
  const answer = await probes.discovery();
  const told = answer.answered ? Date.parse(answer.header('date') ?? '') : NaN;
  const time = Number.isNaN(told) ? await serverTime() : told;
  if (time === undefined) return skipped('No server told its time.');
  const whose = Number.isNaN(told) && inBrowser ? "the provider's server" : 'the org';
  const aheadMs = now() - time;
  const apart = `This machine is ${inWords(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} ${whose}`;
  if (Math.abs(aheadMs) > harmfulMs) return failed(`${apart}: what is signed here may be refused.`);
  return Math.abs(aheadMs) > noticedMs ? warning(`${apart}.`) : ok(`It agrees with that of ${whose} to the minute.`);
}

function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}

/** OpenID Connect Discovery 1.0, 4.3: the issuer is who was asked; RFC 9700, 4.4: all endpoints are its own. */
export async function checkDiscovery({ orgUrl }: DoctorContext, probes: Probes): Promise<Verdict> {
  const answer = await probes.discovery();
  if (!answer.answered) return skipped('The org could not be reached.');
  const metadata = answer.status === 200 ? jsonObject(answer.text) : undefined;
  if (!metadata)
    return failed(
      `Its OpenID configuration is none (status ${answer.status}): another server, a proxy or a sign-in page of this network answers there.`,
    );
  const { origin } = new URL(orgUrl);
  const foreign = ['issuer', 'authorization_endpoint', 'token_endpoint', 'revocation_endpoint'].find(
    (name) => originOf(metadata[name]) !== origin,
  );
  if (foreign)
    return failed(
      `Its OpenID configuration names ${String(metadata[foreign] ?? 'nothing')} as ${foreign}, which is not this org.`,
    );
  return ok('It names its OAuth endpoints, all on its own host.');
}

/** @returns the text as a JSON object; undefined for anything else */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function originOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : undefined;
}
