import type { Context } from 'koa';

/** Consumer key and secret of an `Authorization: Basic` header, percent-encoded inside (RFC 6749 §2.3.1). */
export function basicCredentials(ctx: Context): { clientId: string; secret: string } | undefined {
  const encoded = /^basic\s+(\S+)$/iu.exec(ctx.get('authorization'))?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const split = text.indexOf(':');
  if (split < 0) return undefined;
  try {
    return { clientId: decodeURIComponent(text.slice(0, split)), secret: decodeURIComponent(text.slice(split + 1)) };
  } catch {
    return undefined;
  }
}

/** The consumer key a request names, in its form or its Basic header. */
export function clientIdOf(ctx: Context, form: ReadonlyMap<string, string>): string | undefined {
  return form.get('client_id') ?? basicCredentials(ctx)?.clientId;
}
