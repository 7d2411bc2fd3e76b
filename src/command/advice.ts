import { isLoopbackHost } from '../salesforce/orgHosts.ts';
import { guardedEndpoints } from '../salesforce/guardedEndpoints.ts';
import type { DesktopConfiguration } from '../sites/desktopConfiguration.ts';

/** A finding about a configuration that is allowed: it will not work, or should be known. */
export interface Advice {
  status: 'failed' | 'warning';
  /** Path in the file. */
  place: string;
  sentence: string;
}

/** What would not work with a valid configuration, and what a reviewer would ask about. */
export function adviceFor(desktop: DesktopConfiguration): Advice[] {
  return [...ofApps(desktop), ...ofSalesforce(desktop), ...ofContainer(desktop)];
}

/** Names under `localhost` lead to this machine too (RFC 6761, 6.3). */
const isHere = (address: string): boolean =>
  isLoopbackHost(new URL(address).hostname) || new URL(address).hostname.endsWith('.localhost');

function ofApps({ apps }: DesktopConfiguration): Advice[] {
  if (apps.some(({ usesSalesforce }) => usesSalesforce)) return [];
  return [
    { status: 'warning', place: 'apps', sentence: 'no app may use Salesforce: give one "usesSalesforce": true.' },
  ];
}

function ofSalesforce({ salesforce, provider }: DesktopConfiguration): Advice[] {
  const advice: Advice[] = [];
  const { orgs, rememberSession, dangerouslyAllowedEndpoints, extraOrgOrigins } = salesforce;
  orgs.forEach(({ orgUrl, consumerKey, embedded, scopes }, index) => {
    const place = `salesforce.orgs.${index}`;
    if (isHere(orgUrl) && !isHere(provider.origin))
      advice.push({
        status: 'failed',
        place: `${place}.orgUrl`,
        sentence: 'is on this machine, where the pages of others cannot reach it.',
      });
    if (embedded)
      advice.push({
        status: 'warning',
        place: `${place}.embedded`,
        sentence: 'lets apps end sessions, for trying: not for a desktop that people work on.',
      });
    if (!scopes.includes('refresh_token') && !scopes.includes('full'))
      advice.push({
        status: 'warning',
        place: `${place}.scopes`,
        sentence: 'without refresh_token people sign in again whenever the access token ends.',
      });
    const first = orgs.findIndex((other) => other.orgUrl === orgUrl && other.consumerKey === consumerKey);
    if (first !== index)
      advice.push({
        status: 'failed',
        place,
        sentence: `is salesforce.orgs.${first} again: one of them is never used.`,
      });
  });
  if (rememberSession)
    advice.push({
      status: 'warning',
      place: 'salesforce.rememberSession',
      sentence: 'keeps a sign-in over a restart on the machine; docs/security.md says what that means.',
    });
  for (const name of dangerouslyAllowedEndpoints)
    advice.push({
      status: 'warning',
      place: 'salesforce.dangerouslyAllowedEndpoints',
      sentence: `${name}: ${guardedEndpoints[name].why}.`,
    });
  for (const origin of extraOrgOrigins.filter((one) => !isHere(one)))
    advice.push({
      status: 'warning',
      place: 'salesforce.extraOrgOrigins',
      sentence: `${origin} gets access tokens like an org of Salesforce: make sure that it is yours.`,
    });
  return advice;
}

function ofContainer({ platform, apps }: DesktopConfiguration): Advice[] {
  const advice: Advice[] = [];
  if (platform.licenseKey.startsWith('<'))
    advice.push({
      status: 'warning',
      place: 'platform.licenseKey',
      sentence: 'is still to be filled in for the desktop container; HERE Core Web needs none here.',
    });
  apps.forEach(({ container }, index) => {
    const first = apps.findIndex(
      (other) => other.container?.uuid === container?.uuid && other.container?.windowName === container?.windowName,
    );
    if (container && first !== index)
      advice.push({
        status: 'warning',
        place: `apps.${index}.container`,
        sentence: `names the same window as apps.${first}: only the page that it shows tells them apart.`,
      });
  });
  return advice;
}
