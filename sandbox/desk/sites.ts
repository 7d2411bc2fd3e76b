import { describeIntents } from '../../src/intents/describeIntents.ts';
import type { ProviderConfigurationInput } from '../../src/provider/configuration.ts';
import { defaultConsumerKey } from '../org/oauth/defaultClients.ts';
import type { DeskEnvironment } from './environment.ts';

export type SiteName = 'platform' | 'provider' | 'contacts' | 'account-360' | 'intent-raiser' | 'record-view';

/** Every party has an origin of its own, so that a script error in one cannot reach another's DOM, storage or worker. */
export const siteNames: readonly SiteName[] = ['platform', 'provider', 'contacts', 'account-360', 'intent-raiser', 'record-view'];

/** Name under which the platform page runs its interop broker. */
export const platformId = 'salesforce-interop-desk';

export interface Site {
  name: SiteName;
  port: number;
  origin: string;
  /** What the site's pages fetch as `/config.json`. */
  config: unknown;
  /** Response headers, by path. */
  headers: (pathname: string) => Record<string, string>;
}

export type Origins = Record<SiteName, string>;

/** The origin of each site: the platform's port, then the ports after it that the org does not take. */
export function siteOrigins({ port, orgPort }: Pick<DeskEnvironment, 'port' | 'orgPort'>): { name: SiteName; port: number; origin: string }[] {
  let next = port + 1;
  return siteNames.map((name) => {
    if (name === 'platform') return { name, port, origin: `http://localhost:${port}` };
    // The platform's two ports are its own and the org's, wherever ORG_PORT puts that one.
    next += next + 1 === orgPort ? 2 : 1;
    return { name, port: next, origin: `http://localhost:${next}` };
  });
}

const sampleApps = [
  { appId: 'contacts', site: 'contacts', title: 'Contacts', description: 'Search, edit and create contacts' },
  { appId: 'account-360', site: 'account-360', title: 'Account 360', description: 'An account with all that belongs to it' },
  { appId: 'intent-raiser', site: 'intent-raiser', title: 'Trader chat', description: 'Knows no Salesforce; raises FDC3 intents' },
] as const;

/** All sites of the desk with what each is configured with. */
export function describeSites(environment: DeskEnvironment, orgUrl: string): Site[] {
  const placed = siteOrigins(environment);
  const origins = Object.fromEntries(placed.map(({ name, origin }) => [name, origin])) as Origins;
  const joining = placed.filter(({ name }) => name !== 'platform').map(({ origin }) => origin);
  const desktop = { brokerUrl: `${origins.platform}/broker.html`, platformId };
  const configs: Record<SiteName, unknown> = {
    platform: platformConfig(origins, orgUrl),
    provider: { ...desktop, provider: { ...providerConfig(environment, origins, orgUrl), ...environment.providerOptions } },
    contacts: desktop,
    'account-360': desktop,
    'intent-raiser': desktop,
    'record-view': desktop,
  };
  return placed.map(({ name, port, origin }) => ({
    name, port, origin, config: configs[name],
    headers: (pathname) => siteHeaders(name, pathname, origins, orgUrl, joining),
  }));
}

function platformConfig(origins: Origins, orgUrl: string) {
  return {
    ...{ brokerUrl: `${origins.platform}/broker.html`, platformId },
    providerUrl: `${origins.provider}/`,
    recordViewUrl: `${origins['record-view']}/`,
    orgUrl,
    apps: appDirectory(origins).applications,
  };
}

/** The FDC3 app directory of this desk (FDC3 2.x, App Directory). */
export function appDirectory(origins: Origins) {
  const apps = sampleApps.map(({ appId, site, title, description }) => ({
    appId, title, type: 'web' as const, description, details: { url: `${origins[site]}/` },
    icons: [{ src: `${origins[site]}/icons/${appId}.svg` }],
    interop: { intents: appId === 'intent-raiser' ? { raises: { ViewContact: ['fdc3.contact', 'fdc3.contactList'], ViewAccount: ['fdc3.organization', 'fdc3.contact'] } } : {} },
  }));
  const provider = {
    appId: 'salesforce-provider', title: 'Salesforce', type: 'web' as const, description: 'Shows Salesforce records for FDC3 intents',
    details: { url: `${origins.provider}/` }, interop: { intents: { listensFor: describeIntents() } },
  };
  const recordView = {
    appId: 'record-view', title: 'Salesforce record', type: 'web' as const, description: 'A record shown for an intent',
    details: { url: `${origins['record-view']}/` },
  };
  return { applications: [...apps, provider, recordView] };
}

function providerConfig({ realOrg }: DeskEnvironment, origins: Origins, orgUrl: string): ProviderConfigurationInput {
  return {
    orgs: [{ orgUrl, consumerKey: realOrg?.consumerKey ?? defaultConsumerKey, embedded: !realOrg }],
    redirectUri: `${origins.provider}/signed-in.html`,
    recordViewUrl: `${origins['record-view']}/`,
    extraOrgOrigins: realOrg ? [] : [orgUrl],
    allowedApps: [
      { name: 'Platform', origin: origins.platform, role: 'platform' },
      { name: 'Record view', origin: origins['record-view'], role: 'recordView' },
      ...sampleApps.map(({ appId, site, title }) => ({ name: title, origin: origins[site], appId })),
    ],
  };
}

/** Content Security Policies (W3C CSP 3): script only from the site itself; only the token worker may reach Salesforce. */
function siteHeaders(name: SiteName, pathname: string, origins: Origins, orgUrl: string, joining: string[]): Record<string, string> {
  const common = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'origin',
    'Cross-Origin-Resource-Policy': 'same-site',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  };
  const policy = (directives: Record<string, string>): Record<string, string> => ({
    ...common,
    'Content-Security-Policy': Object.entries({ 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", ...directives })
      .map(([directive, value]) => `${directive} ${value}`)
      .join('; '),
  });
  const page = { 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self' data:", 'font-src': "'self'", 'connect-src': "'self'" };
  if (name === 'provider') {
    if (pathname === '/token-worker.js') return policy({ 'script-src': "'self'", 'connect-src': orgUrl });
    if (pathname === '/ticket.html') return policy({ 'script-src': "'self'", 'frame-ancestors': [origins.platform, ...joining].join(' ') });
    if (pathname === '/signed-in.html') return policy({ 'script-src': "'self'", 'style-src': "'self'", 'frame-ancestors': "'none'" });
    return policy({
      ...page, 'worker-src': "'self'", 'frame-src': origins.platform, 'frame-ancestors': origins.platform,
      'require-trusted-types-for': "'script'", 'trusted-types': 'salesforce-interop-worker',
    });
  }
  if (name === 'platform') {
    if (pathname === '/broker.html') {
      return policy({ 'script-src': "'self'", 'worker-src': "'self'", 'connect-src': "'self'", 'frame-ancestors': ["'self'", ...joining].join(' ') });
    }
    return {
      ...policy({ ...page, 'worker-src': "'self'", 'frame-src': ["'self'", ...joining].join(' '), 'frame-ancestors': "'none'" }),
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    };
  }
  return policy({ ...page, 'frame-src': `${origins.platform} ${origins.provider}`, 'frame-ancestors': origins.platform });
}
