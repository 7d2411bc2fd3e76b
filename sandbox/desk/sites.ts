import path from 'node:path';
import { parseDesktopConfiguration, type DesktopAppInput, type DesktopConfigurationInput } from '../../src/sites/desktopConfiguration.ts';
import { describeAppSite, describeSites as describeOwnSites, type Site as PlannedSite } from '../../src/sites/describeSites.ts';
import { defaultConsumerKey } from '../org/oauth/defaultClients.ts';
import type { DeskEnvironment } from './environment.ts';

/** The desktop's own sites, and the sample apps by their appIds. */
export const siteNames = ['platform', 'provider', 'contacts', 'account-360', 'intent-raiser', 'record-view'] as const;
export type SiteName = (typeof siteNames)[number];
type SampleName = Exclude<SiteName, 'platform' | 'provider' | 'record-view'>;

export interface Site extends PlannedSite {
  name: SiteName;
  port: number;
  /** Holds its built files. */
  folder: string;
}

export function siteFolder(name: SiteName): string {
  return path.resolve(import.meta.dirname, '../../dist/sites', name);
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

const sampleApps: Record<SampleName, Omit<DesktopAppInput, 'appId' | 'url'>> = {
  contacts: {
    title: 'Contacts', description: 'Find, read and change the people you know in Salesforce.', categories: ['CRM'], clearsAtSignOut: true,
    interop: { userChannels: { broadcasts: ['fdc3.contact'], listensFor: [] } },
  },
  'account-360': {
    title: 'Account 360', description: 'One company with its people, deals, cases and activities.', categories: ['CRM'], clearsAtSignOut: true,
    interop: { userChannels: { broadcasts: ['fdc3.organization'], listensFor: ['fdc3.contact', 'fdc3.organization'] } },
  },
  'intent-raiser': {
    title: 'Messages', description: 'A chat that knows nothing of Salesforce.', categories: ['Communication'],
    interop: {
      intents: {
        raises: {
          ViewContact: ['fdc3.contact', 'fdc3.contactList'],
          ViewAccount: ['fdc3.organization', 'fdc3.contact'],
          ViewProfile: ['fdc3.contact', 'fdc3.organization'],
        },
      },
      userChannels: { broadcasts: ['fdc3.contact', 'fdc3.organization'], listensFor: [] },
    },
  },
};

/** The sample desktop, as a platform team would write it down. */
export function sampleDesktop(environment: DeskEnvironment, orgUrl: string): DesktopConfigurationInput {
  const origins = Object.fromEntries(siteOrigins(environment).map(({ name, origin }) => [name, origin])) as Origins;
  const { realOrg, flow, rememberSession = false, providerOptions, apps = [] } = environment;
  return {
    platform: { id: 'northbridge-desktop', title: 'Northbridge Desktop', company: 'Northbridge', supportEmail: 'platform@northbridge.example', origin: origins.platform },
    provider: { origin: origins.provider },
    recordView: { origin: origins['record-view'] },
    salesforce: {
      orgs: [{ orgUrl, consumerKey: realOrg?.consumerKey ?? defaultConsumerKey, ...(!realOrg && { embedded: true }), ...(flow && { flow }) }],
      ...(rememberSession && { rememberSession }),
      ...(!realOrg && { extraOrgOrigins: [orgUrl] }),
      ...providerOptions,
    },
    apps: [
      ...Object.entries(sampleApps).map(([appId, app]) => ({
        appId, url: `${origins[appId as SampleName]}/`, usesSalesforce: true, icon: `${origins.platform}/icons/${appId}.svg`, ...app,
      })),
      ...apps,
    ],
  };
}

/** The sites that the desk serves, with what each is configured with. Apps that were added are served by whoever wrote them. */
export function describeSites(environment: DeskEnvironment, orgUrl: string): Site[] {
  const configuration = parseDesktopConfiguration(sampleDesktop(environment, orgUrl));
  const own = describeOwnSites(configuration);
  return siteOrigins(environment).map(({ name, port }) => ({
    ...(own.find((site) => site.name === name) ?? describeAppSite(configuration, name)), name, port, folder: siteFolder(name),
  }));
}
