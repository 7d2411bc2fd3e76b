import type { Context, Middleware } from 'koa';

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Hosts of Salesforce that serve sign-in for every org and never answer CORS at their OAuth endpoints. */
export const sharedLoginHosts: ReadonlySet<string> = new Set(['login.salesforce.com', 'test.salesforce.com']);

/** Where the org was reached, e.g. `https://acme.my.salesforce.com`; Koa's `ctx.origin` is the caller's. */
export function publicOriginOf(ctx: Context): string {
  return `${ctx.protocol}://${ctx.host}`;
}

/** True when the request came to this machine by its own name, and not to a name pointed at it. */
export function isLocalHost(ctx: Context): boolean {
  return localHosts.has(ctx.hostname) || localHosts.has(`[${ctx.hostname}]`);
}

function isSalesforceHost(hostname: string): boolean {
  return hostname.endsWith('.my.salesforce.com') || sharedLoginHosts.has(hostname);
}

/**
 * Settles under which origin a request reached the org, so that {@link publicOriginOf} is right everywhere after it:
 * the configured `orgUrl`, or else scheme and host of the request. Requests for hosts the org does not have get a 421.
 */
export function createPublicOrigin(orgUrl: string | undefined): Middleware {
  const fixed = orgUrl === undefined ? undefined : new URL(orgUrl);
  return async (ctx, next) => {
    const { headers } = ctx.req;
    delete headers['x-forwarded-for'];
    headers['x-forwarded-proto'] = 'encrypted' in ctx.req.socket ? 'https' : 'http';
    delete headers['x-forwarded-host'];
    const isControl = ctx.path.startsWith('/__control');
    if (!isLocalHost(ctx) && !isSalesforceHost(ctx.hostname) && ctx.host !== fixed?.host) {
      ctx.status = 421;
      return;
    }
    if (fixed && !isControl) {
      headers['x-forwarded-proto'] = fixed.protocol.slice(0, -1);
      headers['x-forwarded-host'] = fixed.host;
    }
    await next();
  };
}
