import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { asUrlParserReads, tellableEndpoint } from '../salesforce/endpointText.ts';
import { guardedEndpoints, guardOf, type GuardedEndpointName } from '../salesforce/guardedEndpoints.ts';
import { readingsOf } from './pathReadings.ts';

export interface EndpointRules {
  /** Path prefixes that apps may request. */
  prefixes: readonly string[];
  /** Guarded endpoints that the configuration allows. */
  allowed: readonly GuardedEndpointName[];
}

/**
 * The URL of a path that an app asks for, encoded as `fetch` encodes it, or `ENDPOINT_NOT_ALLOWED`: requests are only
 * sent to paths under the allowed prefixes of the session's own instance. What the URL parser drops is dropped before
 * the check, and every way in which a server may read the path has to be allowed.
 */
export function endpointUrl(
  endpoint: string,
  method: string,
  instanceUrl: string,
  { prefixes, allowed }: EndpointRules,
): Outcome<URL> {
  const text = asUrlParserReads(endpoint);
  const refuse = (reason: string): Outcome<never> => notAllowed(text, reason);
  const path = text.startsWith('/') ? text : `/${text}`;
  const [beforeQuery] = path.split(/[?#]/, 1) as [string];
  if (beforeQuery.startsWith('//') || beforeQuery.includes('\\') || /^\/?[a-z][a-z0-9+.-]*:/i.test(text)) {
    return refuse('it must be a path on the org, such as /services/data/vXX.X/limits');
  }
  const url = URL.canParse(path, instanceUrl) ? new URL(path, instanceUrl) : undefined;
  if (!url || url.origin !== instanceUrl || url.username || url.password) return refuse('it leads to another host');
  const readings = readingsOf(url.pathname);
  if (!readings) return refuse('servers may read its path in more than one way');
  // The path has to be under a prefix as it is written, and in each way in which a server may read it.
  if (
    !isUnder(url.pathname.split('/'), prefixes) ||
    !readings.every((segments) => isUnder(['', ...segments], prefixes))
  ) {
    return refuse(`apps may request paths under ${prefixes.join(', ')}`);
  }
  // Salesforce takes the method from the query for clients that cannot send it (REST API Developer Guide,
  // "_HttpMethod").
  const writes =
    (method !== 'GET' && method !== 'HEAD') ||
    [...url.searchParams.keys()].some((name) => name.toLowerCase() === '_httpmethod');
  const guarded = readings.map((segments) => guardOf(segments, writes, allowed)).find((name) => name !== undefined);
  if (guarded)
    return refuse(
      `it ${guardedEndpoints[guarded].why}; a platform team may list ${guarded} under dangerouslyAllowedEndpoints`,
    );
  // A fragment is never sent, as with any `fetch`.
  url.hash = '';
  return success(url);
}

function isUnder(segments: readonly string[], prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) =>
    prefix
      .replace(/\/$/, '')
      .split('/')
      .every((segment, index) => segments[index] === segment),
  );
}

function notAllowed(text: string, reason: string): Outcome<never> {
  const named = text === '' ? 'An empty endpoint' : tellableEndpoint(text);
  return outcomeFailure(
    { stage: 'request', refused: 'endpointNotAllowed' },
    { message: `${named} cannot be requested: ${reason}.` },
  );
}
