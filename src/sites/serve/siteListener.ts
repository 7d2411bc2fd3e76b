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
  site: Pick<Site, 'origin' | 'documents' | 'missing' | 'headers'>,
  folder: string,
): RequestListener {
  const { host } = new URL(site.origin);
  const { missing = {} } = site;
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
    const { pathname: asked } = new URL(target, site.origin);
    const pathname = normalized(asked);
    if (pathname === undefined) return refuse(400, 'Bad request');
    for (const [name, value] of Object.entries(headersOf(site.headers, pathname))) response.setHeader(name, value);
    const answer = (status: number, document: unknown): void =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(document));
    if (Object.hasOwn(site.documents, pathname)) return answer(200, site.documents[pathname]);
    const beginning = Object.keys(missing).find((one) => pathname.startsWith(one));
    if (beginning !== undefined) return answer(404, missing[beginning]);
    // No file of a site has a name that has to be percent-encoded.
    if (asked.includes('%')) return refuse(404, 'Not found');
    request.url = asked === '/' ? '/index.html' : asked;
    // Ranges are ignored: files are small, and a range that ends before it starts would end the process.
    delete request.headers.range;
    serveFile(request, response, () => refuse(404, 'Not found'));
  };
}

/** The path with nothing percent-encoded that need not be; undefined for what is not encoded at all. */
function normalized(pathname: string): string | undefined {
  try {
    return pathname
      .split('/')
      .map((part) => encodeURIComponent(decodeURIComponent(part)))
      .join('/');
  } catch {
    return undefined;
  }
}
