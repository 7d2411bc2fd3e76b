import type { Context, Middleware } from 'koa';
import { publicOriginOf, sharedLoginHosts } from './publicOrigin.ts';

export interface CorsOptions {
  /** The org's CORS allow list. */
  allowedOrigins: readonly string[];
  /** "Enable CORS for OAuth endpoints". */
  oauthEndpoints: boolean;
  /** Pages may send `DPoP` and read `DPoP-Nonce`. */
  dpop: boolean;
  /** `Access-Control-Max-Age`; browsers have limits of their own. */
  maxAgeSeconds: number;
}

type CorsRule = 'open' | 'listed' | 'oauth' | 'none';

const oauthPaths = new Set(['token', 'revoke', 'introspect'].map((name) => `/services/oauth2/${name}`));
const openPaths = new Set(['/.well-known/openid-configuration', '/id/keys']);
const listedPaths = /^\/(?:services\/(?:data|apexrest|async)|id)(?:\/|$)/u;
const exposedHeaders = 'Sforce-Limit-Info,ETag,Location,Last-Modified,Warning';

function ruleFor(path: string): CorsRule {
  if (openPaths.has(path)) return 'open';
  if (oauthPaths.has(path)) return 'oauth';
  if (path === '/services/oauth2/userinfo' || listedPaths.test(path)) return 'listed';
  return 'none';
}

/**
 * Salesforce's CORS (Help, "Configure Salesforce CORS Allowlist", "Enable CORS for OAuth Endpoints"): a listed origin
 * is echoed, also on errors; another one gets 403 and no CORS header; discovery is open to all; the OAuth endpoints
 * follow the list only with the org's setting on, and never at the shared login hosts.
 */
export function createCors({ allowedOrigins, oauthEndpoints, dpop, maxAgeSeconds }: CorsOptions): Middleware {
  const isListed = createOriginMatcher(allowedOrigins);
  return async (ctx, next) => {
    const origin = ctx.get('origin');
    const rule = ruleFor(ctx.path);
    if (rule === 'none' || origin === '' || origin === publicOriginOf(ctx)) return next();
    ctx.vary('Origin');
    const allowed =
      rule === 'open' ||
      (isListed(origin) && (rule === 'listed' || (oauthEndpoints && !sharedLoginHosts.has(ctx.hostname))));
    if (!allowed) {
      ctx.status = 403;
      ctx.body = '';
      return undefined;
    }
    ctx.set('Access-Control-Allow-Origin', rule === 'open' ? '*' : origin);
    if (rule !== 'open') ctx.set('Access-Control-Allow-Credentials', 'true');
    if (ctx.method === 'OPTIONS' && ctx.get('access-control-request-method') !== '')
      return answerPreflight(ctx, dpop, maxAgeSeconds);
    ctx.set('Access-Control-Expose-Headers', dpop ? `${exposedHeaders},DPoP-Nonce` : exposedHeaders);
    return next();
  };
}

function answerPreflight(ctx: Context, dpop: boolean, maxAgeSeconds: number): void {
  ctx.set('Access-Control-Allow-Methods', 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS');
  const asked = ctx
    .get('access-control-request-headers')
    .split(',')
    .filter((name) => dpop || name.trim().toLowerCase() !== 'dpop')
    .join(',');
  if (asked !== '') ctx.set('Access-Control-Allow-Headers', asked);
  ctx.set('Access-Control-Max-Age', String(maxAgeSeconds));
  ctx.status = 200;
  ctx.body = '';
}

/**
 * Entries are origins; `*` may stand for the labels before a domain (`https://*.example.com`), and plain http is for
 * localhost only.
 * @throws TypeError naming the entry that is none of these.
 */
export function createOriginMatcher(entries: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>();
  const suffixes: { scheme: string; suffix: string }[] = [];
  for (const entry of entries) {
    const wildcard = /^(https:\/\/)\*(\.[\w-]+(?:\.[\w-]+)+(?::\d+)?)$/u.exec(entry);
    if (wildcard) suffixes.push({ scheme: wildcard[1] ?? '', suffix: wildcard[2] ?? '' });
    else if (isOrigin(entry)) exact.add(entry);
    else throw new TypeError(`Not an origin for the CORS allow list: ${entry}`);
  }
  return (origin) =>
    exact.has(origin) ||
    suffixes.some(({ scheme, suffix }) => origin.startsWith(scheme) && origin.endsWith(suffix) && isOrigin(origin));
}

const extensionOrigin =
  /^(?:chrome-extension:\/\/[a-z]{32}|moz-extension:\/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

function isOrigin(text: string): boolean {
  if (extensionOrigin.test(text)) return true;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.origin !== text || text.includes('*')) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
}
