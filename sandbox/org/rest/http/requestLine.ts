import type { Context } from 'koa';
import type { BodyFormat } from './responseBody.ts';

/** The parts of a call's first line, for a call under `/services/data`. */
export interface RequestLine {
  method: string;
  /** `66.0`-like; undefined for the version list itself. */
  version: string | undefined;
  /** Below the version, without trailing slash and format suffix; `/` for the resource list. */
  path: string;
  query: URLSearchParams;
  suffix: BodyFormat | undefined;
}

/** Undefined when the path is not the REST API's. */
export function readRequestLine(ctx: Context): RequestLine | undefined {
  const found = /^\/services\/data(?=\/|\.json$|\.xml$|$)(.*)$/.exec(ctx.path);
  if (!found) return undefined;
  const query = new URLSearchParams(ctx.querystring);
  return { method: readMethod(ctx, query), query, ...readResourcePath(found[1] ?? '') };
}

/** Splits what follows `/services/data`: `/v66.0/limits.json`. Also used for the urls inside composite requests. */
export function readResourcePath(rest: string): Pick<RequestLine, 'version' | 'path' | 'suffix'> {
  const suffix = /\.(json|xml)\/*$/i.exec(rest)?.[1]?.toLowerCase() as BodyFormat | undefined;
  const plain = rest.replace(/\.(json|xml)\/*$/i, '').replace(/\/+$/, '');
  const [, version, path] = /^\/v?([^/]*)(.*)$/i.exec(plain) ?? [];
  return { version: version || undefined, path: path || '/', suffix };
}

/** Clients that cannot send PATCH post with `_HttpMethod=PATCH` (REST API guide, "Update a Record"). */
function readMethod(ctx: Context, query: URLSearchParams): string {
  const wanted = ctx.method === 'POST' ? (query.get('_HttpMethod')?.toUpperCase() ?? 'POST') : ctx.method;
  return wanted === 'HEAD' ? 'GET' : wanted;
}
