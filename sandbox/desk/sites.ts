import path from 'node:path';
import {
  parseDesktopConfiguration,
  type DesktopAppInput,
  type DesktopConfigurationInput,
} from '../../src/sites/desktopConfiguration.ts';
import {
  describeAppSite,
  describeSites as describeOwnSites,
  type Site as PlannedSite,
} from '../../src/sites/describeSites.ts';
import { findPersonIntent } from '../apps/findPerson.ts';
import { defaultConsumerKey } from '../org/oauth/defaultClients.ts';
import type { ServedSite } from '../../src/sites/serve/serveSites.ts';
import type { AddedApp, DeskEnvironment } from './environment.ts';

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

type Ports = Pick<DeskEnvironment, 'port' | 'orgPort'>;

/** Where the build has put a site's files. */
export function siteFolder(name: SiteName): string {
  return path.resolve(import.meta.dirname, '../../dist/sites', name);
}

export type Origins = Record<SiteName, string>;

/** The origin of each site: the platform's port, then the ports after it that the org does not take. */
export function siteOrigins(ports: Ports): { name: SiteName; port: number; origin: string }[] {
  const taken = portsOf(ports, siteNames.length);
  return siteNames.map((name, index) => ({ name, port: taken[index]!, origin: localOrigin(taken[index]!) }));
}

function portsOf({ port, orgPort }: Ports, count: number): number[] {
  let next = port + 1;
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return port;
    // The platform's two ports are its own and the org's, wherever ORG_PORT puts that one.
    next += next + 1 === orgPort ? 2 : 1;
    return next;
  });
}

/** The origin on the first port after all that the desk serves. */
export function originAfterSites(environment: Ports & Pick<DeskEnvironment, 'apps'>): string {
  const { apps = [] } = environment;
  return localOrigin(portsOf(environment, siteNames.length + apps.filter(isServed).length + 1).at(-1)!);
}

const localOrigin = (port: number): string => `http://localhost:${port}`;

const findPerson = (displayName: string) => ({ displayName, contexts: ['fdc3.contact'] });

const sampleApps: Record<SampleName, Omit<DesktopAppInput, 'appId' | 'url'>> = {
  contacts: {
    title: 'Contacts',
    description: 'Find, read and change the people you know in Salesforce.',
    categories: ['CRM'],
    clearsAtSignOut: true,
    interop: {
      intents: { listensFor: { [findPersonIntent]: findPerson('Find in the list of contacts') } },
      userChannels: { broadcasts: ['fdc3.contact'], listensFor: [] },
    },
  },
  'account-360': {
    title: 'Account 360',
    description: 'One company with its people, deals, cases and activities.',
    categories: ['CRM'],
    clearsAtSignOut: true,
    interop: {
      intents: { listensFor: { [findPersonIntent]: findPerson('Show their company') } },
      userChannels: { broadcasts: ['fdc3.organization'], listensFor: ['fdc3.contact', 'fdc3.organization'] },
    },
  },
  'intent-raiser': {
    title: 'Messages',
    description: 'A chat that knows nothing of Salesforce.',
    categories: ['Communication'],
    interop: {
      intents: {
        raises: {
          ViewContact: ['fdc3.contact', 'fdc3.contactList'],
          ViewAccount: ['fdc3.organization', 'fdc3.contact'],
          ViewProfile: ['fdc3.contact', 'fdc3.organization'],
          CreateInteraction: ['fdc3.interaction', 'fdc3.contactList'],
          CreateOrUpdateProfile: ['fdc3.contact', 'fdc3.organization'],
          [findPersonIntent]: ['fdc3.contact'],
        },
      },
      userChannels: { broadcasts: ['fdc3.contact', 'fdc3.organization'], listensFor: [] },
    },
  },
};

/** The sample desktop, as a platform team would write it down. */
export function sampleDesktop(environment: DeskEnvironment, orgUrl: string): DesktopConfigurationInput {
  const origins = Object.fromEntries(siteOrigins(environment).map(({ name, origin }) => [name, origin])) as Origins;
  const { realOrg, flow, rememberSession = false, providerOptions, samples = true, directories = [] } = environment;
  return {
    platform: {
      id: 'northbridge-desktop',
      title: 'Northbridge Desktop',
      company: 'Northbridge',
      supportEmail: 'platform@northbridge.example',
      origin: origins.platform,
    },
    provider: { origin: origins.provider },
    recordView: { origin: origins['record-view'] },
    salesforce: {
      orgs: [
        {
          orgUrl,
          consumerKey: realOrg?.consumerKey ?? defaultConsumerKey,
          ...(!realOrg && { embedded: true }),
          ...(flow && { flow }),
        },
      ],
      ...(rememberSession && { rememberSession }),
      ...(!realOrg && { extraOrgOrigins: [orgUrl] }),
      recordViews: { userChannel: 'green' },
      ...providerOptions,
    },
    apps: [
      ...Object.entries(samples ? sampleApps : {}).map(([appId, app]) => ({
        appId,
        url: `${origins[appId as SampleName]}/`,
        usesSalesforce: true,
        icon: `${origins.platform}/icons/${appId}.svg`,
        ...app,
      })),
      ...addedApps(environment).map(({ app }) => app),
    ],
    directories,
  };
}

/** Apps besides the samples, and for those that the desk serves itself where. */
function addedApps(
  environment: DeskEnvironment,
): { app: DesktopAppInput; served?: { port: number; folder: string } }[] {
  const { apps = [] } = environment;
  const ports = portsOf(environment, siteNames.length + apps.filter(isServed).length).slice(siteNames.length);
  return apps.map((app) => {
    if (!isServed(app)) return { app };
    const { folder, ...entry } = app;
    const port = ports.shift()!;
    return { app: { ...entry, url: `${localOrigin(port)}/` }, served: { port, folder } };
  });
}

const isServed = (app: AddedApp): app is Extract<AddedApp, { folder: string }> => 'folder' in app;

/** The desktop's own sites, with what each is configured with. */
export function describeSites(environment: DeskEnvironment, orgUrl: string): Site[] {
  const configuration = parseDesktopConfiguration(sampleDesktop(environment, orgUrl));
  const own = describeOwnSites(configuration);
  const { documentationUrl } = environment;
  if (documentationUrl)
    Object.assign(own.find(({ name }) => name === 'platform')!.documents['/config.json'] as object, {
      documentationUrl,
    });
  return siteOrigins(environment)
    .filter(({ name }) => environment.samples !== false || !Object.hasOwn(sampleApps, name))
    .map(({ name, port }) => ({
      ...(own.find((site) => site.name === name) ?? describeAppSite(configuration, name)),
      name,
      port,
      folder: siteFolder(name),
    }));
}

/** The sites of the added apps that are not served by whoever wrote them. */
export function describeAddedSites(environment: DeskEnvironment, orgUrl: string): ServedSite[] {
  const configuration = parseDesktopConfiguration(sampleDesktop(environment, orgUrl));
  return addedApps(environment).flatMap(({ app, served }) =>
    served ? [{ ...describeAppSite(configuration, app.appId), folder: served.folder }] : [],
  );
}
