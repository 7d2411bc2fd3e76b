import { XMLBuilder } from 'fast-xml-parser';
import type { Context } from 'koa';

const xml = new XMLBuilder({ ignoreAttributes: true });

/**
 * Answers an OAuth endpoint in the format asked for by `format` or the Accept header: JSON (the default), XML or
 * form-encoded. Never cached.
 */
export function sendOAuthAnswer(
  ctx: Context,
  format: string | undefined,
  body: Readonly<Record<string, unknown>>,
  status = 200,
): void {
  ctx.status = status;
  ctx.set('Cache-Control', 'no-cache, no-store');
  ctx.set('Pragma', 'no-cache');
  ctx.remove('WWW-Authenticate');
  if (format === 'xml') {
    ctx.body = `<?xml version="1.0" encoding="UTF-8"?>${xml.build({ OAuth: body })}`;
    ctx.set('Content-Type', 'application/xml;charset=UTF-8');
  } else if (format === 'urlencoded') {
    ctx.body = new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)])).toString();
    ctx.set('Content-Type', 'application/x-www-form-urlencoded;charset=UTF-8');
  } else {
    ctx.body = JSON.stringify(body);
    ctx.set('Content-Type', 'application/json;charset=UTF-8');
  }
}
