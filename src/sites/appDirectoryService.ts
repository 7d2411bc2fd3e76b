/** The app directory as FDC3's REST service has it, in documents that any server of files can answer with. */
import { appDirectory } from './appDirectory.ts';
import type { DesktopConfiguration } from './desktopConfiguration.ts';
import { legacyAppDirectory, viewPath } from './legacyAppDirectory.ts';

/** Where readers of FDC3 2.x find all apps. */
export const appsPath = '/v2/apps';

const status = { message: 'OK' };
const appPath = (below: string, appId: string): string => `${below}/${encodeURIComponent(appId)}`;

/**
 * The documents of the service by path: `/v2/apps` and each app below it as in FDC3 2.x, `/v1/apps/search` and each app
 * below `/v1/apps` as in 1.2, and what the latter's manifests lead to. The search of 1.2 has no parameters.
 *
 * @see https://fdc3.finos.org/schemas/2.2/app-directory and https://fdc3.finos.org/schemas/1.2/app-directory
 */
export function appDirectoryDocuments(configuration: DesktopConfiguration): Record<string, unknown> {
  const { applications } = appDirectory(configuration);
  const legacy = legacyAppDirectory(configuration);
  const views = configuration.apps.map(({ appId, url }) => [
    viewPath(appId),
    { name: appId, url, fdc3InteropApi: '2.0' },
  ]);
  return Object.fromEntries([
    [appsPath, { applications, ...status }],
    ...applications.map((app) => [appPath(appsPath, app.appId), app]),
    // An app called `search` is found in the list only, as in 1.2 its own path is that of the list.
    ...legacy.map((app) => [appPath('/v1/apps', app.appId), app]),
    ['/v1/apps/search', { applications: legacy, ...status }],
    ...views,
  ]) as Record<string, unknown>;
}

const unknownApp = { code: 404, message: 'There is no such app in this directory.' };

/** What answers with status 404 below a path, in the form of both versions' `ErrorDTO`. */
export const missingApps: Readonly<Record<string, unknown>> = { [`${appsPath}/`]: unknownApp, '/v1/apps/': unknownApp };
