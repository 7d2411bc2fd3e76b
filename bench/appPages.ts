import { servePorts, type ServedPort } from '../src/sites/serve/serveSites.ts';
import type { Site } from '../sandbox/desk/sites.ts';

/** Where each app page finds the built client. */
export const clientPath = '/client-under-test.js';
const page = '<!doctype html><title>App</title><body><h1>App</h1><script type="module" src="/app.js"></script></body>';

/**
 * Serves the desk's app sites with a page that only joins the desktop, so that the sample apps' own work is not
 * measured.
 *
 * @returns closes all servers.
 * @throws {PortTakenError} naming a port that is taken.
 */
export const serveAppPages = (
  sites: readonly Site[],
  files: { script: string; client: Buffer },
): Promise<() => Promise<void>> => servePorts(sites.map((site) => pagesOf(site, files)));

function pagesOf({ port, documents }: Site, { script, client }: { script: string; client: Buffer }): ServedPort {
  return {
    port,
    listener(request, response) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const send = (type: string, body: string | Buffer): void =>
        void response.writeHead(200, { 'Content-Type': type }).end(body);
      if (pathname === '/') send('text/html', page);
      else if (pathname === '/app.js') send('text/javascript', script);
      else if (pathname === clientPath) send('text/javascript', client);
      else if (Object.hasOwn(documents, pathname)) send('application/json', JSON.stringify(documents[pathname]));
      else response.writeHead(404).end();
    },
  };
}
