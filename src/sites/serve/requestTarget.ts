import type { IncomingMessage } from 'node:http';

/**
 * The path and query of a request (RFC 9112 §3.2): those of its target in origin form, or in the absolute form that is
 * sent to a proxy. A target that begins with two slashes is refused, as a URL parser reads a host in it.
 *
 * @returns Undefined when the target is none of these, or `Host` does not name one host.
 */
export function readTarget(request: IncomingMessage): string | undefined {
  if (!namesOneHost(request)) return undefined;
  const { url = '', method } = request;
  if (url === '*') return method === 'OPTIONS' ? '/' : undefined;
  if (/^\/(?![/\\])/.test(url)) return url;
  if (!/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return pathname.startsWith('//') ? undefined : pathname + search;
}

/** `Host` is `host[:port]`, once (RFC 9110 §7.2). HTTP/1.0 has none. */
function namesOneHost({ headers: { host }, rawHeaders }: IncomingMessage): boolean {
  if (host === undefined || host === '') return true;
  const given = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  return given.length === 1 && !/[/\\?#@\s]/.test(host) && URL.canParse(`http://${host}`);
}
