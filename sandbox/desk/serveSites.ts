import { createServer, type Server } from 'node:http';
import sirv from 'sirv';
import { siteFolder } from './buildSites.ts';
import { StartError } from './environment.ts';
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
  const serveFile = sirv(siteFolder(site.name), { etag: true, dev: false });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', site.origin);
    // A foreign host name that resolves here (DNS rebinding) gets nothing.
    if (request.headers.host !== new URL(site.origin).host) return void response.writeHead(421).end('Wrong host');
    for (const [name, value] of Object.entries(site.headers(pathname))) response.setHeader(name, value);
    if (Object.hasOwn(site.documents, pathname)) {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      return void response.end(JSON.stringify(site.documents[pathname]));
    }
    serveFile(request, response, () => void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found'));
  });
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
