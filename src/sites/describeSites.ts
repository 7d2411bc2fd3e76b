import { agentDirectory, providerRecordOf2_0 } from './appDirectory.ts';
import { appDirectoryDocuments, missingApps } from './appDirectoryService.ts';
import { containerManifest } from './containerManifest.ts';
import {
  agentProviderConfiguration,
  ownAppIds,
  webProviderConfiguration,
  type DesktopConfiguration,
} from './desktopConfiguration.ts';
import { appConfigurationFor, platformConfigurationFor } from './pageConfiguration.ts';
import { headerRules, type DesktopAddresses, type HeaderRules, type SiteKind } from './siteHeaders.ts';

export interface Site {
  /** `platform`, `provider`, `record-view`, or the appId of an app. */
  name: string;
  origin: string;
  /** JSON documents that the site serves besides its files, by path. */
  documents: Record<string, unknown>;
  /** By the beginning of a path: the JSON document that is sent with status 404 for whatever there is not below it. */
  missing?: Readonly<Record<string, unknown>>;
  headers: HeaderRules;
}

/** Names of the sites whose pages are part of the product. */
export const ownSiteNames = ['platform', 'provider', 'record-view'] as const;
export type OwnSiteName = (typeof ownSiteNames)[number];

/**
 * The desktop's own sites, with the documents and headers of each; on the desktop of another agent only provider and
 * record view. Every site has an origin of its own, so that a
 * script error in one cannot reach another's DOM, storage or worker.
 */
export function describeSites(configuration: DesktopConfiguration): (Site & { name: OwnSiteName })[] {
  const { platform, provider, recordView } = configuration;
  const addresses = addressesOf(configuration);
  if (platform.agent === 'fdc3')
    return [
      siteOf('provider', 'agentProvider', provider.origin, addresses, {
        '/config.json': { provider: agentProviderConfiguration(configuration) },
        '/appd.json': agentDirectory(configuration),
      }),
      siteOf(ownAppIds.recordView, 'agentRecordView', recordView.origin, addresses, {
        '/config.json': { providerOrigin: provider.origin },
      }),
    ];
  const joined = appConfigurationFor(configuration);
  return [
    {
      ...siteOf('platform', 'platform', platform.origin, addresses, {
        '/config.json': platformConfigurationFor(configuration),
        ...appDirectoryDocuments(configuration),
        '/appd-2.0.json': { applications: [providerRecordOf2_0(configuration)] },
        '/app.json': containerManifest(configuration),
      }),
      missing: missingApps,
    },
    siteOf('provider', 'provider', provider.origin, addresses, {
      '/config.json': { ...joined, provider: webProviderConfiguration(configuration) },
    }),
    siteOf(ownAppIds.recordView, 'app', recordView.origin, addresses, { '/config.json': joined }),
  ];
}

/**
 * The headers with which an app's site can begin, and the configuration document that the samples read.
 *
 * @throws {TypeError} for an app that the configuration does not list.
 */
export function describeAppSite(configuration: DesktopConfiguration, appId: string): Site {
  const app = configuration.apps.find((one) => one.appId === appId);
  if (!app) throw new TypeError(`There is no app ${appId} in the configuration.`);
  return siteOf(appId, 'app', new URL(app.url).origin, addressesOf(configuration), {
    '/config.json': appConfigurationFor(configuration),
  });
}

function siteOf<Name extends string>(
  name: Name,
  kind: SiteKind,
  origin: string,
  addresses: DesktopAddresses,
  documents: Record<string, unknown>,
) {
  return { name, origin, documents, headers: headerRules(kind, addresses, Object.keys(documents)) };
}

function addressesOf(configuration: DesktopConfiguration): DesktopAddresses {
  const { platform, provider, recordView, apps, directories, salesforce } = configuration;
  const orgs = [...new Set([...salesforce.orgs.map(({ orgUrl }) => orgUrl), ...salesforce.extraOrgOrigins])];
  return {
    platform: platform.origin,
    provider: provider.origin,
    recordView: recordView.origin,
    orgs,
    identityProviders: [...new Set(salesforce.orgs.flatMap(({ identityProviders }) => identityProviders))],
    joining: [provider.origin, ...apps.map(({ url }) => new URL(url).origin), recordView.origin],
    directories: [...new Set(directories.map(({ url }) => new URL(url).origin))],
    directoryApps: [...new Set(directories.flatMap(({ appOrigins }) => appOrigins))],
  };
}
