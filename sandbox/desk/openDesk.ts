import { PortTakenError, serveSites, type ServedSite } from '../../src/sites/serve/serveSites.ts';
import { startOrg, type RunningOrg } from '../org/server.ts';
import type { DeskEnvironment } from './environment.ts';
import { describeAddedSites, describeSites, siteOrigins } from './sites.ts';

export interface OpenDesk {
  sites: readonly ServedSite[];
  /** Undefined where a real org is used. */
  org: RunningOrg | undefined;
  /** Stops everything that was started. */
  close(): Promise<void>;
}

/**
 * Starts the embedded org, unless a real one is used, and serves the sites of the sample desktop, whose pages have been
 * built, and of the apps that were added as folders.
 *
 * @param say Gets a line when something takes time.
 * @throws {PortTakenError} when a port is taken; OptionError or ConfigurationError about what cannot be. Nothing runs
 *   then.
 */
export async function openDesk(
  environment: DeskEnvironment,
  say: (line: string) => void = () => undefined,
): Promise<OpenDesk> {
  const org = environment.realOrg ? undefined : await startEmbeddedOrg(environment, say);
  try {
    const orgUrl = environment.realOrg?.orgUrl ?? org!.url;
    const sites = [...describeSites(environment, orgUrl), ...describeAddedSites(environment, orgUrl)];
    const closeSites = await serveSites(sites);
    return { sites, org, close: async () => void (await Promise.all([closeSites(), org?.close()])) };
  } catch (error) {
    await org?.close();
    throw error;
  }
}

async function startEmbeddedOrg(
  { port, orgPort, contacts, control, orgOptions }: DeskEnvironment,
  say: (line: string) => void,
): Promise<RunningOrg> {
  say('Seeding the embedded Salesforce org…');
  const provider = siteOrigins({ port, orgPort }).find(({ name }) => name === 'provider')!;
  try {
    return await startOrg({
      port: orgPort,
      allowedOrigins: [provider.origin],
      redirectUris: [`${provider.origin}/signed-in.html`],
      control,
      ...(contacts !== undefined && { contacts }),
      ...orgOptions,
    });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortTakenError(orgPort) : error;
  }
}
