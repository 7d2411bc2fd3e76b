import type { Context } from 'koa';

const maxBytes = 64 * 1024;

/**
 * Parses an `application/x-www-form-urlencoded` text the forgiving way Salesforce does: pairs split at their first
 * `=`, so that a raw `==` inside a value survives; a percent sign that encodes nothing stays. Of a repeated name the
 * first value counts.
 */
export function parseForm(text: string): Map<string, string> {
  const form = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const split = pair.indexOf('=');
    const name = decode(split < 0 ? pair : pair.slice(0, split));
    if (!form.has(name)) form.set(name, split < 0 ? '' : decode(pair.slice(split + 1)));
  }
  return form;
}

/** Reads and parses the form a request carries. Throws a 413 when it is larger than 64 KB. */
export async function readForm(ctx: Context): Promise<Map<string, string>> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > maxBytes) ctx.throw(413);
    chunks.push(chunk);
  }
  return parseForm(Buffer.concat(chunks).toString('utf8'));
}

/** Hands an already read form to oidc-provider, which looks for it in `request.body` and answers JSON. */
export function handOverForm(ctx: Context, form: ReadonlyMap<string, string>): void {
  Object.assign(ctx.request, { body: Object.fromEntries(form) });
  ctx.req.headers['content-type'] = 'application/x-www-form-urlencoded';
  ctx.req.headers.accept = 'application/json';
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
