/**
 * The response headers of a desktop's pages: the one source for `npm start`, `serve`, the files that `build` writes,
 * and docs/headers.md.
 */

/**
 * `app`: every page that joins the desktop and is neither platform nor provider, the record view among them.
 * `agentProvider` and `agentRecordView`: both on the desktop of another FDC3 agent, whose page is `platform` then.
 */
export type SiteKind = 'platform' | 'provider' | 'app' | 'agentProvider' | 'agentRecordView';

export interface DesktopAddresses {
  platform: string;
  provider: string;
  recordView: string;
  /** Origins of all orgs that the token worker may reach. */
  orgs: readonly string[];
  /** Origins besides the orgs' that a sign-in without a visible page leads through. */
  identityProviders: readonly string[];
  /** Origins of all sites but the platform's. */
  joining: readonly string[];
  /** Origins of app directories of others, and of the apps that may come from there. */
  directories: readonly string[];
  directoryApps: readonly string[];
}

/** The file that platforms of the workspace-starter family load, whatever their origin is. */
export const starterModule = 'salesforce-search.js';

type Headers = Record<string, string>;

/** Response headers of one site. */
export interface HeaderRules {
  /** Headers by exact path; no others apply to these paths. */
  exactly: Record<string, Headers>;
  /** Headers of all other paths. */
  otherwise: Headers;
}

const trustedTypes = (...policies: string[]) => ({
  'require-trusted-types-for': "'script'",
  'trusted-types': policies.length > 0 ? policies.join(' ') : "'none'",
});
/**
 * Name of the Trusted Types policy by which lit makes its templates. It accepts only template texts of the page's own
 * scripts.
 */
const ofLit = 'lit-html';
/** Two years, as browsers require for preloading (RFC 6797). It has no effect over http and must not be sent there. */
const httpsOnly = { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' };

function policy(directives: Record<string, string>): Headers {
  const whole = { 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", ...directives };
  return {
    'Content-Security-Policy': Object.entries(whole)
      .map(([directive, value]) => `${directive} ${value}`)
      .join('; '),
  };
}

/**
 * Script only from the site itself, and only the token worker may reach Salesforce.
 *
 * @param documents Paths of what the site is configured with, which nobody keeps: a change counts at once.
 * @see https://www.w3.org/TR/CSP3/ and https://www.w3.org/TR/trusted-types/
 */
export function headerRules(
  kind: SiteKind,
  addresses: DesktopAddresses,
  documents: readonly string[] = [],
): HeaderRules {
  const common = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'origin',
    // Only the provider loads its scripts. A page of the same site could otherwise run them as its own.
    'Cross-Origin-Resource-Policy': kind === 'provider' ? 'same-origin' : 'same-site',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    ...(addresses.provider.startsWith('https:') && httpsOnly),
  };
  const { exactly, otherwise } = ofSite[kind](addresses);
  const usual = { ...common, ...otherwise };
  return {
    exactly: Object.fromEntries([
      ...Object.entries(exactly).map(([path, headers]) => [path, { ...common, ...headers }]),
      ...documents.map((path) => [path, { ...usual, 'Cache-Control': 'no-store' }]),
    ]) as Record<string, Headers>,
    otherwise: usual,
  };
}

/** The headers of one path under these rules. */
export function headersOf({ exactly, otherwise }: HeaderRules, pathname: string): Headers {
  return Object.hasOwn(exactly, pathname) ? exactly[pathname]! : otherwise;
}

const page = {
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
};
const bare = { 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self' data:" };

/** Pages and scripts of the provider that every desktop has. */
const ofProvider = ({ platform, orgs }: DesktopAddresses): Record<string, Headers> => ({
  '/token-worker.js': policy({
    'script-src': "'self'",
    'connect-src': ["'self'", ...orgs].join(' '),
    ...trustedTypes(),
  }),
  '/signed-in.html': {
    ...policy({ ...bare, 'frame-ancestors': `'self' ${platform}`, ...trustedTypes() }),
    // Its address holds the authorization code: no cache may keep it, and no referrer may tell of it.
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  },
  '/device.html': policy({ ...bare, 'frame-ancestors': "'none'", ...trustedTypes() }),
});

const ofSite: Record<SiteKind, (addresses: DesktopAddresses) => HeaderRules> = {
  provider: (addresses) => ({
    exactly: {
      ...ofProvider(addresses),
      '/port-relay.js': policy({ 'script-src': "'self'", ...trustedTypes() }),
      '/ticket.html': policy({
        'script-src': "'self'",
        'worker-src': `${addresses.provider}/port-relay.js`,
        'img-src': "'self' data:",
        'frame-ancestors': [addresses.platform, ...addresses.joining].join(' '),
        ...trustedTypes('salesforce-interop-relay'),
      }),
    },
    otherwise: policy({
      ...page,
      'worker-src': "'self'",
      'frame-src': ["'self'", addresses.platform, ...addresses.orgs, ...addresses.identityProviders].join(' '),
      'frame-ancestors': addresses.platform,
      ...trustedTypes('salesforce-interop-worker', 'salesforce-interop-relay'),
    }),
  }),
  agentProvider: (addresses) => ({
    exactly: ofProvider(addresses),
    otherwise: policy({
      ...page,
      'worker-src': "'self'",
      'frame-src': ["'self'", addresses.recordView, ...addresses.orgs, ...addresses.identityProviders].join(' '),
      'frame-ancestors': addresses.platform,
      ...trustedTypes('salesforce-interop-worker', ofLit),
    }),
  }),
  agentRecordView: ({ platform, provider }) => ({
    exactly: {},
    otherwise: policy({ ...page, 'frame-ancestors': `${platform} ${provider}`, ...trustedTypes(ofLit) }),
  }),
  platform: ({ joining, directories, directoryApps }) => ({
    exactly: {
      // A script of another origin is loaded as a module where its server allows that (CORS). It holds no secret.
      [`/${starterModule}`]: {
        ...policy({}),
        'Access-Control-Allow-Origin': '*',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      },
      // HERE's own shared worker evaluates strings as script; nothing else on this desktop may.
      '/shared-worker.js': policy({ 'script-src': "'self' 'unsafe-eval'", 'connect-src': "'self'" }),
      '/broker.html': policy({
        'script-src': "'self'",
        'worker-src': "'self'",
        'connect-src': "'self'",
        'frame-ancestors': ["'self'", ...joining, ...directoryApps].join(' '),
        ...trustedTypes('salesforce-interop-broker'),
      }),
    },
    otherwise: {
      ...policy({
        ...page,
        'connect-src': ["'self'", ...directories].join(' '),
        'worker-src': "'self'",
        'frame-src': ["'self'", ...joining, ...directoryApps].join(' '),
        'frame-ancestors': "'none'",
        ...trustedTypes(ofLit),
      }),
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    },
  }),
  app: ({ platform, provider }) => ({
    exactly: {},
    otherwise: policy({
      ...page,
      'frame-src': `${platform} ${provider}`,
      'frame-ancestors': platform,
      ...trustedTypes(ofLit),
    }),
  }),
};
