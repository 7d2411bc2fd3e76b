import { success, type Outcome } from '../channel/failure.ts';
import { outcomeFailure } from '../channel/outcomes.ts';

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
  return (pathname === prefix || pathname.startsWith(folder)) && !climbsWhenDecoded(pathname);
}

/** Encoded slashes and dots survive the URL parser, yet a server behind this one may undo them. */
function climbsWhenDecoded(pathname: string): boolean {
  const decoded = pathname.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
  return decoded.split(/[\\/]/).includes('..');
}

function notAllowed(reason: string): Outcome<never> {
  return outcomeFailure({ stage: 'request', refused: 'endpointNotAllowed' }, { message: `This endpoint cannot be requested: ${reason}.` });
}
