import { createServer, type Server } from 'node:http';
import { siteFolder } from './buildSites.ts';
import { StartError } from './environment.ts';
import { createSiteListener } from './siteListener.ts';
import type { Site } from './sites.ts';

/**
 * Serves each site on its own port of 127.0.0.1.
 *
 * @returns closes all servers.
 * @throws {StartError} naming a port that is taken.
 */
export async function serveSites(sites: readonly Site[]): Promise<() => Promise<void>> {
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    })));
  };
  try {
    for (const site of sites) servers.push(await serveSite(site));
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

async function serveSite(site: Site): Promise<Server> {
  const server = createServer(createSiteListener(site, siteFolder(site.name)));
  await listen(server, site.port);
  return server;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? busyPort(port) : error));
    server.listen(port, '127.0.0.1', resolve);
  });
}

export function busyPort(port: number): StartError {
  return new StartError(`Port ${port} is in use: stop the program that holds it, or choose other ports with PORT and ORG_PORT.`);
}
