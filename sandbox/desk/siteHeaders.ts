/** What a desk's servers send with each page. `docs/headers.md` is generated from it, for platforms to copy. */

/** `app`: every page that joins the desktop and is neither platform nor provider, the record view among them. */
export type SiteKind = 'platform' | 'provider' | 'app';

interface DeskAddresses {
  platform: string;
  provider: string;
  org: string;
  /** Origins of all sites but the platform's. */
  joining: readonly string[];
}

const trustedTypes = (...policies: string[]) => ({
  'require-trusted-types-for': "'script'",
  'trusted-types': policies.length > 0 ? policies.join(' ') : "'none'",
});
/** The name under which lit makes its templates; it trusts nothing but the text of templates in the pages' own scripts. */
const ofLit = 'lit-html';
/** Two years, as browsers ask for to preload it (RFC 6797). Means nothing over http, and must not be sent there. */
const httpsOnly = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' };

function policy(directives: Record<string, string>): Record<string, string> {
  const whole = { 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", ...directives };
  return { 'Content-Security-Policy': Object.entries(whole).map(([directive, value]) => `${directive} ${value}`).join('; ') };
}

/** Script (W3C CSP 3, Trusted Types) only from the site itself; only the token worker may reach Salesforce. */
export function siteHeaders(kind: SiteKind, pathname: string, addresses: DeskAddresses): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'origin',
    // Nobody but the provider has a use for its scripts; a page of the same site could otherwise run them as its own.
    'Cross-Origin-Resource-Policy': kind === 'provider' ? 'same-origin' : 'same-site',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    ...(addresses.platform.startsWith('https:') && httpsOnly),
    ...ofSite[kind](pathname, addresses),
  };
}

const page = { 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self' data:", 'font-src': "'self'", 'connect-src': "'self'" };
const bare = { 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self' data:" };

const ofSite: Record<SiteKind, (pathname: string, addresses: DeskAddresses) => Record<string, string>> = {
  provider(pathname, { platform, org, joining }) {
    switch (pathname) {
      case '/token-worker.js':
        return policy({ 'script-src': "'self'", 'connect-src': `'self' ${org}`, ...trustedTypes() });
      case '/ticket.html':
        return policy({ 'script-src': "'self'", 'img-src': "'self' data:", 'frame-ancestors': [platform, ...joining].join(' '), ...trustedTypes() });
      case '/signed-in.html':
        return {
          ...policy({ ...bare, 'frame-ancestors': `'self' ${platform}`, ...trustedTypes() }),
          // Its address holds the authorization code: no cache keeps it, and nobody is told where one comes from.
          'Cache-Control': 'no-store',
          'Referrer-Policy': 'no-referrer',
        };
      case '/device.html':
        return policy({ ...bare, 'frame-ancestors': "'none'", ...trustedTypes() });
      default:
        return policy({
          ...page, 'worker-src': "'self'", 'frame-src': `'self' ${platform} ${org}`, 'frame-ancestors': platform,
          ...trustedTypes('salesforce-interop-worker'),
        });
    }
  },
  platform(pathname, { joining }) {
    switch (pathname) {
      case '/shared-worker.js':
        // HERE's own shared worker evaluates strings as script; nothing else on this desk may.
        return policy({ 'script-src': "'self' 'unsafe-eval'", 'connect-src': "'self'" });
      case '/broker.html':
        return policy({
          'script-src': "'self'", 'worker-src': "'self'", 'connect-src': "'self'", 'frame-ancestors': ["'self'", ...joining].join(' '),
          ...trustedTypes('salesforce-interop-broker'),
        });
      default:
        return {
          ...policy({ ...page, 'worker-src': "'self'", 'frame-src': ["'self'", ...joining].join(' '), 'frame-ancestors': "'none'", ...trustedTypes(ofLit) }),
          'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
        };
    }
  },
  app: (_pathname, { platform, provider }) =>
    policy({ ...page, 'frame-src': `${platform} ${provider}`, 'frame-ancestors': platform, ...trustedTypes(ofLit) }),
};
