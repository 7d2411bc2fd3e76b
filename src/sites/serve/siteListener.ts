import type { RequestListener } from 'node:http';
import sirv from 'sirv';
import type { Site } from '../describeSites.ts';
import { headersOf } from '../siteHeaders.ts';
import { readTarget } from './requestTarget.ts';

/**
 * Answers requests to one site: for its documents, and for the files of its folder by their exact names, so that the
 * header rules of a path apply however the path is written.
 *
 * @param folder Holds the site's files.
 */
export function createSiteListener(
  site: Pick<Site, 'origin' | 'documents' | 'headers'>,
  folder: string,
): RequestListener {
  const { host } = new URL(site.origin);
  const serveFile = sirv(folder, { etag: true, dev: false, extensions: [] });
  return (request, response) => {
    const refuse = (status: number, reason: string, headers = {}): void =>
      void response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(reason);
    const target = readTarget(request);
    if (target === undefined) return refuse(400, 'Bad request');
    // A foreign host name that resolves here (DNS rebinding) gets nothing.
    if (request.headers.host !== host) return refuse(421, 'Wrong host');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'Method not allowed', { Allow: 'GET, HEAD' });
    const { pathname } = new URL(target, site.origin);
    // No file of a site has a name that has to be percent-encoded.
    if (pathname.includes('%')) return isEncoded(pathname) ? refuse(404, 'Not found') : refuse(400, 'Bad request');
    for (const [name, value] of Object.entries(headersOf(site.headers, pathname))) response.setHeader(name, value);
    if (Object.hasOwn(site.documents, pathname)) {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      return void response.end(JSON.stringify(site.documents[pathname]));
    }
    request.url = pathname === '/' ? '/index.html' : pathname;
    // Ranges are ignored: files are small, and a range that ends before it starts would end the process.
    delete request.headers.range;
    serveFile(request, response, () => refuse(404, 'Not found'));
  };
}

function isEncoded(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
