import { OptionError } from '../org/optionError.ts';
import { startOrg } from '../org/server.ts';
import { buildSites } from './buildSites.ts';
import { readEnvironment, StartError, type DeskEnvironment } from './environment.ts';
import { busyPort, serveSites } from './serveSites.ts';
import { describeSites, siteOrigins } from './sites.ts';

/** Runs the main job: the org, the platform, the provider and the sample apps, until the process is told to end. */
export async function start(): Promise<void> {
  let stop = async (): Promise<void> => undefined;
  const end = (): void => void stop().finally(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    const environment = readEnvironment(process.env);
    if (environment.endsWithParent) process.stdin.once('end', end).once('close', end).resume();
    const built = await buildSites((name, done, total) => say(`Building ${done + 1}/${total}: ${name}`));
    if (!built) say('Pages are up to date.');
    const org = environment.realOrg ? undefined : await startEmbeddedOrg(environment);
    stop = async () => org?.close();
    const sites = describeSites(environment, environment.realOrg?.orgUrl ?? org!.url);
    const closeSites = await serveSites(sites);
    stop = async () => void (await Promise.all([closeSites(), org?.close()]));
    for (const { name, origin } of sites) say(`${name.padEnd(13)} ${origin}/`);
    console.log(`Ready: http://localhost:${environment.port}/`);
  } catch (error) {
    await stop();
    if (!(error instanceof StartError || error instanceof OptionError)) throw error;
    console.error(error.message);
    process.exit(error instanceof OptionError ? 2 : 1);
  }
}

async function startEmbeddedOrg({ port, orgPort, contacts, control, orgOptions }: DeskEnvironment) {
  say('Seeding the embedded Salesforce org…');
  const origins = siteOrigins({ port, orgPort });
  const provider = origins.find(({ name }) => name === 'provider')!;
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
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? busyPort(orgPort) : error;
  }
}

function say(line: string): void {
  console.log(line);
}
