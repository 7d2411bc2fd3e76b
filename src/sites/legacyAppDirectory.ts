/** The desktop as an app directory of FDC3 1.2. */
import type { AppRecord } from '../core-web/appDirectory.ts';
import { appDirectory } from './appDirectory.ts';
import { ownAppIds, type DesktopConfiguration } from './desktopConfiguration.ts';

/** An app in the form of app directories before FDC3 2.0, OpenFin Workspace's among them. */
export interface LegacyAppRecord {
  appId: string;
  name: string;
  title: string;
  /** `view`: address of the options of a view; `manifest`: that of an application's manifest. */
  manifest: string;
  manifestType: 'view' | 'manifest';
  description?: string;
  publisher: string;
  icons: { icon: string }[];
  intents: { name: string; displayName: string; contexts: string[]; customConfig?: { resultType: string } }[];
}

/** Where the platform's site serves the options of an app's view. */
export const viewPath = (appId: string): string => `/views/${encodeURIComponent(appId)}.json`;

/**
 * The apps and the provider. The record view is none of them: in FDC3 1.2 a directory is of what can be launched.
 *
 * @see https://fdc3.finos.org/schemas/1.2/app-directory `Application`
 */
export function legacyAppDirectory(configuration: DesktopConfiguration): LegacyAppRecord[] {
  return appDirectory(configuration)
    .applications.filter(({ appId }) => appId !== ownAppIds.recordView)
    .map((record) => legacyRecord(record, configuration));
}

/** The provider, for platforms that start apps from a directory of FDC3 1.2 that they have already. */
export function legacyProviderRecord(configuration: DesktopConfiguration): LegacyAppRecord {
  return legacyAppDirectory(configuration).find(({ appId }) => appId === ownAppIds.provider)!;
}

function legacyRecord(record: AppRecord, { platform }: DesktopConfiguration): LegacyAppRecord {
  const { appId, title, description, icons = [], interop } = record;
  const isProvider = appId === ownAppIds.provider;
  return {
    appId,
    name: appId,
    title,
    manifest: platform.origin + (isProvider ? '/app.json' : viewPath(appId)),
    manifestType: isProvider ? 'manifest' : 'view',
    ...(description !== undefined && { description }),
    publisher: platform.company,
    icons: icons.map(({ src }) => ({ icon: src })),
    // FDC3 1.2 knows no types of results: what goes beyond it has its place in `customConfig`.
    intents: Object.entries(interop?.intents?.listensFor ?? {}).map(
      ([name, { displayName = name, contexts, resultType }]) => ({
        name,
        displayName,
        contexts,
        ...(resultType !== undefined && { customConfig: { resultType } }),
      }),
    ),
  };
}
