import { failure, success, type Outcome } from '../channel/failure.ts';

/**
 * The URL that a path asked for by an app leads to, or `ENDPOINT_NOT_ALLOWED`: only paths under the allowed prefixes of
 * the session's own instance ever get a request. Absolute, protocol-relative, user-info and backslash forms are refused
 * before they are resolved; whatever the URL parser makes of the rest is compared once more.
 */
export function endpointUrl(endpoint: string, instanceUrl: string, prefixes: readonly string[]): Outcome<URL> {
  const path = endpoint.startsWith('/') ? endpoint : `/${endpoint}`;
  if (path.startsWith('//') || /[\\\u0000-\u0020\u007f]/.test(path) || /^\/?[a-z][a-z0-9+.-]*:/i.test(endpoint)) {
    return notAllowed('it must be a path on the org, such as /services/data/vXX.X/limits');
  }
  const url = URL.canParse(path, instanceUrl) ? new URL(path, instanceUrl) : undefined;
  if (!url || url.origin !== instanceUrl || url.username || url.password) return notAllowed('it leads to another host');
  if (!prefixes.some((prefix) => isUnder(url.pathname, prefix))) {
    return notAllowed(`apps may request paths under ${prefixes.join(', ')}`);
  }
  return success(url);
}

function isUnder(pathname: string, prefix: string): boolean {
  const folder = prefix.endsWith('/') ? prefix : `${prefix}/`;
  // An encoded dot or slash could be undone by a server behind this one.
  return (pathname === prefix || pathname.startsWith(folder)) && !/%2e%2e|%2f\.\.|%5c/i.test(pathname);
}

function notAllowed(reason: string): Outcome<never> {
  return failure('ENDPOINT_NOT_ALLOWED', `This endpoint cannot be requested: ${reason}.`);
}
