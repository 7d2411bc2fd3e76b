/** The desktop as an FDC3 app directory: its apps, the provider and the record view. */
import { customSetting, oneInstance, type AppRecord } from '../core-web/appDirectory.ts';
import { describeIntents } from '../intents/describeIntents.ts';
import { ownAppIds, type DesktopApp, type DesktopConfiguration } from './desktopConfiguration.ts';

const clearing = 'clearsAtSignOut';

/**
 * Whether an app is told of sign-outs and removes by itself what it has shown. The desktop reloads all other apps: they
 * may not use the Salesforce client at all, and still show data that another app shared with them.
 */
export function clearsAtSignOut(app: AppRecord): boolean {
  return customSetting(app, clearing) === 'true';
}

/** What record views share on user channels and follow there. */
const sharedTypes = ['fdc3.contact', 'fdc3.organization', 'salesforce.record'] as const;

const providerTitle = 'Salesforce';
const providerDescription =
  'One Salesforce connection for every app on the desktop. Headless: shows records for FDC3 intents.';

/**
 * The document at `/v2/apps` of an app directory.
 *
 * @see https://fdc3.finos.org/docs/2.2/app-directory/spec
 */
export function appDirectory(configuration: DesktopConfiguration): { applications: AppRecord[] } {
  const { platform, provider, recordView, salesforce, apps } = configuration;
  return {
    applications: [
      ...apps.map((app) => recordOf(app, configuration)),
      {
        ...ownRecord(configuration, ownAppIds.provider, providerTitle, `${provider.origin}/`, providerDescription),
        hostManifests: { OpenFin: { type: 'manifest', details: `${platform.origin}/app.json` } },
        interop: answeredIntents(configuration),
      },
      {
        ...ownRecord(
          configuration,
          ownAppIds.recordView,
          'Salesforce record',
          `${recordView.origin}/`,
          'Shows the record an intent asked for.',
        ),
        interop: {
          userChannels: {
            broadcasts: salesforce.recordViews.broadcasts ? [...sharedTypes] : [],
            listensFor: [...sharedTypes],
          },
        },
      },
    ],
  };
}

const answeredIntents = ({ salesforce }: Pick<DesktopConfiguration, 'salesforce'>) => ({
  intents: {
    listensFor: { ...describeIntents(salesforce.intents) } as Record<
      string,
      { contexts: string[]; resultType?: string }
    >,
  },
});

/**
 * The record of the provider for the directory of another desktop agent. The record view is no app there: the
 * provider's page shows records itself.
 */
export function agentDirectory(configuration: DesktopConfiguration): { applications: AppRecord[] } {
  const { platform, provider, recordView } = configuration;
  return {
    applications: [
      {
        appId: ownAppIds.provider,
        title: providerTitle,
        type: 'web',
        version: '1.0.0',
        publisher: platform.company,
        description: 'One Salesforce connection for every app on the desktop. Shows records for FDC3 intents.',
        details: { url: `${provider.origin}/app.html` },
        icons: [{ src: `${recordView.origin}/icons/${ownAppIds.provider}.svg` }],
        categories: ['CRM'],
        customConfig: [oneInstance],
        interop: answeredIntents(configuration),
      },
    ],
  };
}

function ownRecord({ platform }: DesktopConfiguration, appId: string, title: string, url: string, description: string) {
  return {
    appId,
    title,
    type: 'web' as const,
    version: '1.0.0',
    publisher: platform.company,
    description,
    details: { url },
    icons: [{ src: `${platform.origin}/icons/${appId}.svg` }],
    categories: ['Service'],
    customConfig: [oneInstance],
  };
}

function recordOf(
  { appId, title, url, description, icon, categories, interop, clearsAtSignOut: clears, singleInstance }: DesktopApp,
  { platform }: DesktopConfiguration,
): AppRecord {
  const settings = [...(clears ? [{ name: clearing, value: 'true' }] : []), ...(singleInstance ? [oneInstance] : [])];
  return {
    appId,
    title,
    type: 'web',
    version: '1.0.0',
    publisher: platform.company,
    details: { url },
    ...(description !== undefined && { description }),
    ...(icon !== undefined && { icons: [{ src: icon }] }),
    ...(categories && { categories }),
    ...(settings.length > 0 && { customConfig: settings }),
    ...(interop && { interop }),
  };
}

/**
 * The provider in an app directory of FDC3 2.0, whose readers know an app by its `name` and an intent by its
 * `displayName`; both are deprecated since 2.1.
 *
 * @see https://fdc3.finos.org/docs/2.0/app-directory/spec
 */
export function providerRecordOf2_0(configuration: DesktopConfiguration): AppRecord {
  const record = appDirectory(configuration).applications.find(({ appId }) => appId === ownAppIds.provider)!;
  const listensFor = Object.entries(record.interop?.intents?.listensFor ?? {}).map(
    ([name, listener]) => [name, { displayName: name, ...listener }] as const,
  );
  return { ...record, name: ownAppIds.provider, interop: { intents: { listensFor: Object.fromEntries(listensFor) } } };
}
