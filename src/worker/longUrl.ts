import { z } from '../zod.ts';
import type { PreparedRequest } from './prepareRequest.ts';
import type { AccessToken } from './heldTokens.ts';

/** What Salesforce takes of a URL and its headers together (REST API Developer Guide, status codes 414 and 431). */
const mostBytes = 16_384;
/** For the headers of the browser itself: User-Agent, Referer, client hints and the like. */
const reservedBytes = 2_048;
/** A proof of possession, whose length hangs on the length of the URL. */
const proofBytes = 1_024;

interface AskedRequest extends PreparedRequest {
  url: URL;
  includeAuthorization: boolean;
}

/** Whether the org would refuse the request for the length of its URL. */
export function isTooLong({ url, headers, includeAuthorization }: AskedRequest, token: AccessToken): boolean {
  const path = url.pathname.length + url.search.length;
  const own = [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  const authorization = includeAuthorization ? token.value.length + (token.proofKey ? proofBytes + path : 0) : 0;
  return path + own + authorization + reservedBytes > mostBytes;
}

const queryPath = /^(\/services\/data\/v\d{2,3}\.\d)\/(?:query|queryAll)\/?$/;
const plainHeaders: ReadonlySet<string> = new Set(['accept', 'content-type']);

/**
 * The same query as the only part of a composite request, whose body may be as long as SOQL may be. Undefined for what
 * is no query, or is not wanted as JSON.
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

/** What the only part of a composite request was answered; undefined for anything else. */
export function partOf(value: unknown): { status: number; body: unknown } | undefined {
  const parsed = compositeAnswer.safeParse(value);
  if (!parsed.success) return undefined;
  const [{ body, httpStatusCode: status }] = parsed.data.compositeResponse;
  return { status, body };
}
