/** The `/config.json` that each page of the desktop reads from its own origin. */
import { webAddress, webOrigin } from '../webAddress.ts';
import { z } from '../zod.ts';
import { appsPath } from './appDirectoryService.ts';
import type { DesktopConfiguration } from './desktopConfiguration.ts';

/** For the platform page and its broker page. */
export const platformConfiguration = z.object({
  platformId: z.string().min(1),
  /** Heading of the platform page. */
  title: z.string().min(1),
  /** Both on the platform page's own origin. */
  brokerUrl: webAddress,
  sharedWorkerUrl: webAddress,
  /** FDC3 app directory document; see `appDirectory.ts`. */
  directoryUrl: webAddress,
  /** App directories of others. */
  directories: z.array(z.object({ url: webAddress, appOrigins: z.array(webOrigin) })).default([]),
  providerUrl: webAddress,
  recordViewUrl: webAddress,
  /** Apps of the directory that the desktop opens, in this order. */
  openApps: z.array(z.string()),
  /** Address of the documentation, which the bar then links to. */
  documentationUrl: webAddress.optional(),
});
export type PlatformConfiguration = z.infer<typeof platformConfiguration>;

/** For every other page that joins the desktop: apps, provider, record view. */
export const appConfiguration = z.object({
  platformId: z.string().min(1),
  brokerUrl: webAddress,
  providerOrigin: webOrigin,
});
export type AppConfiguration = z.infer<typeof appConfiguration>;

/** The `/config.json` of the platform's origin. */
export function platformConfigurationFor({
  platform,
  provider,
  recordView,
  apps,
  directories,
}: DesktopConfiguration): PlatformConfiguration {
  return {
    platformId: platform.id,
    title: platform.title,
    brokerUrl: `${platform.origin}/broker.html`,
    sharedWorkerUrl: `${platform.origin}/shared-worker.js`,
    directoryUrl: platform.origin + appsPath,
    directories,
    providerUrl: `${provider.origin}/`,
    recordViewUrl: `${recordView.origin}/`,
    openApps: apps.filter(({ opens }) => opens).map(({ appId }) => appId),
  };
}

/** The `/config.json` of any other origin of the desktop. */
export function appConfigurationFor({ platform, provider }: DesktopConfiguration): AppConfiguration {
  return { platformId: platform.id, brokerUrl: `${platform.origin}/broker.html`, providerOrigin: provider.origin };
}
