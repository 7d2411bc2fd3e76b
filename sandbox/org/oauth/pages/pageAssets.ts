import { readFileSync } from 'node:fs';
import type { Middleware } from 'koa';

const assets = new Map(
  (['org.css', 'org.svg', 'login.js'] as const).map((name) => [
    `/_ui/${name}`,
    { type: name.slice(name.lastIndexOf('.')), body: readFileSync(new URL(name, import.meta.url), 'utf8') },
  ]),
);

/** Serves style sheet, script and mark of the org's pages under `/_ui/`. */
export const servePageAssets: Middleware = (ctx, next) => {
  const asset = assets.get(ctx.path);
  if (!asset || ctx.method !== 'GET') return next();
  ctx.type = asset.type;
  ctx.body = asset.body;
  ctx.set('Cache-Control', 'public, max-age=3600');
  ctx.set('X-Content-Type-Options', 'nosniff');
  return undefined;
};
