import { createServer, type RequestListener, type Server } from 'node:http';
import type { Site } from '../describeSites.ts';
import { createSiteListener } from './siteListener.ts';

/** A port that another program holds. */
export class PortTakenError extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is in use: stop the program that holds it, or choose another port.`);
    this.name = 'PortTakenError';
    this.port = port;
  }
}

export interface ServedSite extends Site {
  /** Holds the site's files. */
  folder: string;
}

/**
 * Serves each site on the port of its origin, for this machine only.
 *
 * @param sites Their origins are of http, on this machine.
 * @returns closes all servers.
 * @throws {PortTakenError} when a port is taken; none is served then.
 */
export function serveSites(sites: readonly ServedSite[]): Promise<() => Promise<void>> {
  return servePorts(
    sites.map((site) => ({
      port: Number(new URL(site.origin).port || 80),
      listener: createSiteListener(site, site.folder),
    })),
  );
}

/** What answers at a port. */
export interface ServedPort {
  port: number;
  listener: RequestListener;
}

/**
 * Serves each port, for this machine only.
 *
 * @returns closes all servers.
 * @throws {PortTakenError} when a port is taken; none is served then.
 */
export async function servePorts(ports: readonly ServedPort[]): Promise<() => Promise<void>> {
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(
      servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      ),
    );
  };
  try {
    for (const { port, listener } of ports) {
      const server = createServer(listener);
      await listen(server, port);
      servers.push(server);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}
