/** What each page of the desktop reads from `/config.json` of its own origin. Made by the server that knows the ports. */
import { webAddress } from '../../src/webAddress.ts';
import { z } from '../../src/zod.ts';

/** For the platform page and its broker page. */
export const platformConfiguration = z.object({
  platformId: z.string().min(1),
  /** Both on the platform page's own origin. */
  brokerUrl: webAddress,
  sharedWorkerUrl: webAddress,
  /** FDC3 app directory document; see `appDirectory.ts`. */
  directoryUrl: webAddress,
  providerUrl: webAddress,
  recordViewUrl: webAddress,
  orgUrl: webAddress,
  /** Apps of the directory that the desktop opens, in this order. */
  openApps: z.array(z.string()),
});
export type PlatformConfiguration = z.infer<typeof platformConfiguration>;

/** For every other page that joins the desktop: apps, provider, record view. */
export const appConfiguration = z.object({ platformId: z.string().min(1), brokerUrl: webAddress, providerOrigin: webAddress });
export type AppConfiguration = z.infer<typeof appConfiguration>;

/** Origins of the desktop's parties. Each has its own; on one machine, a port each. */
export interface DesktopOrigins {
  platform: string;
  provider: string;
  org: string;
  contacts: string;
  account360: string;
  intentRaiser: string;
  recordView: string;
}

const platformId = 'northbridge-desktop';

/** The `/config.json` of the platform's origin. */
export function platformConfigurationFor(origins: DesktopOrigins): PlatformConfiguration {
  return {
    platformId,
    brokerUrl: `${origins.platform}/broker.html`,
    sharedWorkerUrl: `${origins.platform}/shared-worker.js`,
    directoryUrl: `${origins.platform}/appd.json`,
    providerUrl: `${origins.provider}/`,
    recordViewUrl: `${origins.recordView}/`,
    orgUrl: origins.org,
    openApps: ['contacts', 'account-360', 'intent-raiser'],
  };
}

/** The `/config.json` of any other origin of the desktop. */
export function appConfigurationFor(origins: DesktopOrigins): AppConfiguration {
  return { platformId, brokerUrl: `${origins.platform}/broker.html`, providerOrigin: origins.provider };
}

/**
 * Reads this page's `/config.json`.
 * @throws Error that says what is wrong with it.
 */
export async function readConfiguration<T>(schema: z.ZodType<T>): Promise<T> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`This page's server has no /config.json (status ${response.status}).`);
  const parsed = schema.safeParse(await response.json());
  if (!parsed.success) throw new Error(`/config.json cannot be used: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
