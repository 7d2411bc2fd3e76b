import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AppRecord } from '../../src/core-web/appDirectory.ts';
import type { ProviderConfigurationInput } from '../../src/provider/configuration.ts';
import { defaultConsumerKey } from '../org/oauth/defaultClients.ts';
import { appDirectory } from '../platform/appDirectory.ts';
import { appConfigurationFor, platformConfigurationFor, type DesktopOrigins } from '../pages/desktopConfiguration.ts';
import type { DeskEnvironment } from './environment.ts';
import { siteHeaders, type SiteKind } from './siteHeaders.ts';

const manifestFile = path.resolve(import.meta.dirname, '../../app.json');

export type SiteName = 'platform' | 'provider' | 'contacts' | 'account-360' | 'intent-raiser' | 'record-view';

/** Every party has an origin of its own, so that a script error in one cannot reach another's DOM, storage or worker. */
export const siteNames: readonly SiteName[] = ['platform', 'provider', 'contacts', 'account-360', 'intent-raiser', 'record-view'];

export interface Site {
  name: SiteName;
  port: number;
  origin: string;
  /** JSON documents that the site serves, by path. */
  documents: Record<string, unknown>;
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

/** All sites of the desk with what each is configured with. */
export function describeSites(environment: DeskEnvironment, orgUrl: string): Site[] {
  const placed = siteOrigins(environment);
  const origins = Object.fromEntries(placed.map(({ name, origin }) => [name, origin])) as Origins;
  const joining = placed.filter(({ name }) => name !== 'platform').map(({ origin }) => origin);
  const desktop: DesktopOrigins = {
    platform: origins.platform, provider: origins.provider, org: orgUrl, contacts: origins.contacts,
    account360: origins['account-360'], intentRaiser: origins['intent-raiser'], recordView: origins['record-view'],
  };
  const directory = appDirectory(desktop);
  const joined = appConfigurationFor(desktop);
  const documents = (name: SiteName): Record<string, unknown> => {
    if (name === 'platform') return { '/config.json': platformConfigurationFor(desktop), '/appd.json': directory, '/app.json': containerManifest(origins, orgUrl) };
    if (name !== 'provider') return { '/config.json': joined };
    const provider = { ...providerConfig(environment, origins, orgUrl, directory.applications), ...environment.providerOptions };
    return { '/config.json': { ...joined, provider } };
  };
  return placed.map(({ name, port, origin }) => ({
    name, port, origin, documents: documents(name),
    headers: (pathname) => siteHeaders(kindOf(name), pathname, { platform: origins.platform, provider: origins.provider, org: orgUrl, joining }),
  }));
}

const kindOf = (name: SiteName): SiteKind => (name === 'platform' || name === 'provider' ? name : 'app');

/** The manifest for the desktop container, with the ports this desk runs on. */
function containerManifest(origins: Origins, orgUrl: string): unknown {
  const written = new Map(siteOrigins({ port: 7070, orgPort: 7071 }).map(({ name, origin }) => [origin, origins[name]]));
  written.set('http://localhost:7071', orgUrl);
  return JSON.parse(readFileSync(manifestFile, 'utf8').replace(/http:\/\/localhost:\d+/g, (origin) => written.get(origin) ?? origin));
}

function providerConfig({ realOrg, flow, rememberSession = false }: DeskEnvironment, origins: Origins, orgUrl: string, directory: readonly AppRecord[]): ProviderConfigurationInput {
  const apps = directory.filter(({ details }) => ![origins.provider, origins['record-view']].includes(new URL(details.url).origin));
  return {
    orgs: [{ orgUrl, consumerKey: realOrg?.consumerKey ?? defaultConsumerKey, embedded: !realOrg, ...(flow && { flow }) }],
    rememberSession,
    redirectUri: `${origins.provider}/signed-in.html`,
    recordViewUrl: `${origins['record-view']}/`,
    extraOrgOrigins: realOrg ? [] : [orgUrl],
    allowedApps: [
      { name: 'Platform', origin: origins.platform, role: 'platform' },
      { name: 'Record view', origin: origins['record-view'], role: 'recordView' },
      ...apps.map(({ appId, title, details }) => ({ name: title, origin: new URL(details.url).origin, appId })),
    ],
  };
}
