import { z } from '../zod.ts';
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
const plainHeaders: ReadonlySet<string> = new Set(['accept', 'content-type']);

/**
 * Puts the query into a composite request as its only part, as a body may be as long as SOQL may be. Undefined for a
 * request that is no query, or is not to be answered in JSON.
 *
 * @see REST API Developer Guide, "Composite": `compositeRequest`, `httpHeaders`.
 */
export function asComposite<T extends AskedRequest>(request: T): T | undefined {
  const { url, method, headers } = request;
  const [, data] = queryPath.exec(url.pathname) ?? [];
  if (!data || method !== 'GET' || !/^(?:application\/json|\*\/\*)/i.test(headers.get('accept') ?? ''))
    return undefined;
  const httpHeaders = Object.fromEntries([...headers].filter(([name]) => !plainHeaders.has(name)));
  const part = {
    method,
    url: `${url.pathname}${url.search}`,
    referenceId: 'query',
    ...(Object.keys(httpHeaders).length > 0 && { httpHeaders }),
  };
  return {
    ...request,
    url: new URL(`${data}/composite`, url),
    method: 'POST',
    headers: new Headers({ accept: 'application/json', 'content-type': 'application/json' }),
    body: JSON.stringify({ compositeRequest: [part] }),
  };
}

const compositeAnswer = z.object({
  compositeResponse: z.tuple([z.object({ body: z.unknown(), httpStatusCode: z.number().int() })]),
});

/** The answer to the only part of a composite request; undefined for anything else. */
export function partOf(value: unknown): { status: number; body: unknown } | undefined {
  const parsed = compositeAnswer.safeParse(value);
  if (!parsed.success) return undefined;
  const [{ body, httpStatusCode: status }] = parsed.data.compositeResponse;
  return { status, body };
}
