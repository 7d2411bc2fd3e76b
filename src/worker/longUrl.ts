import { compositeOf, isPart, partsOf, type PartAnswer } from './rest/composite.ts';
import type { PreparedRequest } from './prepareRequest.ts';
import type { AccessToken } from './heldTokens.ts';

/**
 * Longest URL and headers together, in bytes, that Salesforce takes (REST API Developer Guide, status codes 414 and
 * 431).
 */
const mostBytes = 16_384;
/** Reserved for headers that the browser adds: User-Agent, Referer, client hints and the like. */
const reservedBytes = 2_048;
/** Length of a proof of possession, which depends on the length of the URL. */
const proofBytes = 1_024;

interface AskedRequest extends PreparedRequest {
  url: URL;
  includeAuthorization: boolean;
}

/** Whether the org would refuse the request because its URL is too long. */
export function isTooLong({ url, headers, includeAuthorization }: AskedRequest, token: AccessToken): boolean {
  const path = url.pathname.length + url.search.length;
  const own = [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  const authorization = includeAuthorization ? token.value.length + (token.proofKey ? proofBytes + path : 0) : 0;
  return path + own + authorization + reservedBytes > mostBytes;
}

const queryPath = /^(\/services\/data\/v\d{2,3}\.\d)\/(?:query|queryAll)\/?$/;

/**
 * The same query as the only part of a composite request, whose body may be as long as SOQL may be. Undefined for what
 * is no query, or cannot be part of one.
 */
export function asComposite<T extends AskedRequest>(request: T): T | undefined {
  const { url, method, headers } = request;
  const [, data] = queryPath.exec(url.pathname) ?? [];
  const part = { path: `${url.pathname}${url.search}`, headers: [...headers] };
  if (!data || method !== 'GET' || !isPart(part)) return undefined;
  return {
    ...request,
    url: new URL(`${data}/composite`, url),
    method: 'POST',
    headers: new Headers({ accept: 'application/json', 'content-type': 'application/json' }),
    body: JSON.stringify(compositeOf([part])),
  };
}

/** What the only part of a composite request was answered; undefined for anything else. */
export const partOf = (value: unknown): PartAnswer | undefined => partsOf(value, 1)?.[0];
