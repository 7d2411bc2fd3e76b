import path from 'node:path';
import { isLoopbackHost } from '../salesforce/orgHosts.ts';
import { describeSites } from '../sites/describeSites.ts';
import { PortTakenError, serveSites } from '../sites/serve/serveSites.ts';
import { defaultDesktopFile, readDesktopFile } from './desktopFile.ts';
import { readFlags } from './flags.ts';
import { serveHelp } from './help.ts';
import type { Terminal } from './terminal.ts';
import { CommandRefused } from './usageError.ts';

/**
 * Serves the sites of a desktop until it is told to stop.
 *
 * @param pagesFolder Where the built pages lie: one folder for each site of the desktop's own.
 * @returns the exit code.
 * @throws {CommandRefused} when the configuration is wrong, is not for this machine, or a port is taken.
 */
export async function serve(
  args: readonly string[],
  terminal: Terminal,
  pagesFolder: string,
  stop: AbortSignal,
): Promise<number> {
  const {
    values: flags,
    positionals: [file = defaultDesktopFile],
  } = readFlags('serve', args, {}, 1);
  if (flags.help) {
    terminal.print(serveHelp.trimEnd());
    return 0;
  }
  const sites = describeSites(await readDesktopFile(file));
  for (const { name, origin } of sites) {
    const { protocol, hostname } = new URL(origin);
    if (protocol === 'http:' && isLoopbackHost(hostname)) continue;
    throw new CommandRefused(
      `${name} is at ${origin}, and this server serves http://localhost only: make the sites with salesforce-interop build, and serve them by nginx, Caddy or IIS.`,
    );
  }
  const close = await serveSites(sites.map((site) => ({ ...site, folder: path.join(pagesFolder, site.name) }))).catch(
    (error: unknown) => {
      throw error instanceof PortTakenError ? new CommandRefused(error.message) : error;
    },
  );
  for (const { name, origin } of sites) terminal.print(`${name.padEnd(11)} ${origin}/`);
  terminal.print(`Ready: ${sites[0]!.origin}/`);
  if (!stop.aborted)
    await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  await close();
  return 0;
}
