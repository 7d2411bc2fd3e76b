import type { Context } from 'koa';
import type { ResourceResponse } from '../resource.ts';
import { writeXmlBody } from './xmlBody.ts';

const NOT_CACHED = 'no-cache,must-revalidate,max-age=0,no-store,private';

export type BodyFormat = 'json' | 'xml';

/** The path's suffix decides, then `Accept`; JSON when both are silent. */
export function negotiateFormat(ctx: Context, suffix: BodyFormat | undefined): BodyFormat {
  if (suffix) return suffix;
  return ctx.accepts('application/json', 'application/xml') === 'application/xml' ? 'xml' : 'json';
}

/** Writes a resource's answer to the HTTP response. */
export function writeResponse(ctx: Context, response: ResourceResponse, format: BodyFormat): void {
  ctx.status = response.status;
  ctx.set('Cache-Control', NOT_CACHED);
  ctx.set({ ...response.headers });
  if (response.bytes) {
    ctx.body = response.bytes;
    return;
  }
  if (response.body === undefined) {
    ctx.body = null;
    ctx.status = response.status;
    return;
  }
  ctx.set('Content-Type', `application/${format};charset=UTF-8`);
  ctx.body =
    format === 'xml' ? writeXmlBody(response.body, response.xml ?? { root: 'Result' }) : JSON.stringify(response.body);
}

/** Salesforce marks the entity tag of a compressed answer. */
export function markCompressedEntityTag(ctx: Context): void {
  const tag = ctx.response.get('ETag');
  if (tag && ctx.response.get('Content-Encoding') === 'gzip') ctx.set('ETag', tag.replace(/"$/, '--gzip"'));
}
