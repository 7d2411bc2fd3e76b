import { asUrlParserReads } from '../../salesforce/endpointText.ts';
import { jsonOfRequest } from '../rest/jsonOf.ts';
import type { ApiRequest } from './apiRequest.ts';

/** What a read reads, which decides how long its answer counts as fresh and whether it can be part of a batch. */
export type ReadOf = 'row' | 'uiRecord' | 'query' | 'describe' | 'uiApi' | 'other';

/** What a request does to the org, as far as the pipeline has to know. */
export type RequestKind =
  | {
      readonly does: 'read';
      readonly of: ReadOf;
      /** Path and query as they are sent. */
      readonly path: string;
      /** Same for requests that get the same answer in one session. */
      readonly key: string;
    }
  /** A read that gets an answer of its own: conditional, or without the session. */
  | { readonly does: 'readAlone' }
  | { readonly does: 'write' };

const data = String.raw`^\/services\/data\/v\d{2,3}\.\d`;
const id = '[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?';
const reads: readonly (readonly [ReadOf, RegExp])[] = [
  ['row', new RegExp(String.raw`${data}\/sobjects\/[a-zA-Z]\w*\/${id}$`)],
  ['uiRecord', new RegExp(String.raw`${data}\/ui-api\/records\/${id}$`)],
  ['query', new RegExp(String.raw`${data}\/(?:query|queryAll)\/?$`)],
  ['describe', new RegExp(String.raw`${data}\/sobjects(?:\/[a-zA-Z]\w*\/describe(?:\/\S*)?)?\/?$`)],
  ['describe', new RegExp(String.raw`${data}\/ui-api\/(?:object-info|layout|record-ui-layout)\b`)],
  ['uiApi', new RegExp(String.raw`${data}\/ui-api\/`)],
];

/** Headers by which an answer depends on what the asker has already (RFC 9110, 13 and 14.2). */
const conditional = /^(if-|range$)/;
/** Headers by which the asker wants no copy (RFC 9111, 5.2.1), which say nothing of the answer. */
const aboutCopies: ReadonlySet<string> = new Set(['cache-control', 'pragma']);

/**
 * Apex may do anything under any method. Salesforce takes the method from the query for clients that cannot send it
 * (REST API Developer Guide, "_HttpMethod").
 */
const mayWrite = /^\/services\/apexrest(?:\/|$)|[?&](?:_|%5f)httpmethod=/i;

/** What a request does. What is not known to be a read is a write. */
export function requestKind({
  endpoint,
  method,
  headers,
  body,
  includeAuthorization,
  answerAs,
}: ApiRequest): RequestKind {
  const url = pathOf(endpoint);
  if (url === undefined || mayWrite.test(url) || (method !== 'GET' && method !== 'HEAD'))
    return onlyReads(url, method, body) ? { does: 'readAlone' } : { does: 'write' };
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (!includeAuthorization || given.some(([name]) => conditional.test(name))) return { does: 'readAlone' };
  const [path = ''] = url.split('?', 1);
  const of = reads.find(([, shape]) => shape.test(path))?.[0] ?? 'other';
  const matter = given.filter(([name]) => !aboutCopies.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return { does: 'read', of, path: url, key: JSON.stringify([method, url, answerAs ?? 'auto', matter]) };
}

const byExternalId = new RegExp(String.raw`${data}\/sobjects\/[a-zA-Z]\w*\/[a-zA-Z]\w*\/[^\/]+$`);

/**
 * Whether a write leaves the org the same however often it is carried out: an upsert by an external id, or a change of
 * a record that is refused once the record has changed.
 *
 * @see REST API Developer Guide, "Insert or Update (Upsert) a Record Using an External ID"; RFC 9110, 13.1.4
 */
export function isIdempotentWrite(
  endpoint: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (method !== 'PATCH') return false;
  const [path = ''] = (pathOf(endpoint) ?? '').split('?', 1);
  const isConditional = Object.keys(headers).some((name) => name.toLowerCase() === 'if-unmodified-since');
  return byExternalId.test(path) || (isConditional && reads[0]![1].test(path));
}

/** Whether the caller wants an answer from the org itself, by its own header. */
export function wantsNoCopy(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(headers).some(
    ([name, value]) => aboutCopies.has(name.toLowerCase()) && /no-cache|no-store|max-age=0(?!\d)/i.test(value),
  );
}

/** Path and query as `fetch` sends them; undefined for what is no path of the org, which the gate refuses. */
function pathOf(endpoint: string): string | undefined {
  const text = asUrlParserReads(endpoint);
  const base = 'https://org.invalid';
  const rooted = text.startsWith('/') ? text : `/${text}`;
  if (!URL.canParse(rooted, base)) return undefined;
  const url = new URL(rooted, base);
  return url.origin === base ? `${url.pathname}${url.search}` : undefined;
}

/** Reads, whose parameters are in the body (User Interface API guide, "Get Lookup Field Suggestions With POST"). */
const lookups = new RegExp(String.raw`${data}\/ui-api\/lookups\/[a-zA-Z]\w*\/[a-zA-Z]\w*(?:\?|$)`);

/**
 * A search for what a lookup may refer to, or a composite request of reads alone, is none of the writes that others
 * have to learn of.
 */
function onlyReads(url: string | undefined, method: string, body: ApiRequest['body']): boolean {
  if (method !== 'POST' || !url || mayWrite.test(url)) return false;
  if (lookups.test(url)) return true;
  if (!/\/composite(?:\/batch)?$/.test(url)) return false;
  const { compositeRequest, batchRequests, ...others } = Object(jsonOfRequest(body)) as Record<string, unknown>;
  const parts: unknown = compositeRequest ?? batchRequests;
  const isOneList = (compositeRequest === undefined) !== (batchRequests === undefined);
  const isKnown = Object.keys(others).every((name) => /^(allOrNone|collateSubrequests|haltOnError)$/.test(name));
  return isOneList && isKnown && Array.isArray(parts) && parts.length > 0 && parts.every(isReadPart);
}

function isReadPart(part: unknown): boolean {
  const { method, url } = Object(part) as { method?: unknown; url?: unknown };
  return method === 'GET' && typeof url === 'string' && !mayWrite.test(url) && !/apexrest/i.test(url);
}
