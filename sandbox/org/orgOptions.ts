import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { createOriginMatcher } from './cors.ts';
import { collisionForms } from './rest/uiApi/collisionForms.ts';
import { refreshTokenPolicySchema } from './oauth/refreshTokenPolicy.ts';
import { salesforceScopes } from './oauth/scopes.ts';

const webUri = z.url({ protocol: /^https?$/ }).describe('a URL that begins with https:// or http://');
const flag = z.boolean().describe('true or false');
const text = z.string().min(1).describe('a text that is not empty');
const port = z.number().int().min(0).max(65535).describe('a whole number from 0 to 65535, where 0 takes a free port');
const count = z.number().int().positive().describe('a whole number from 1');
const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values).describe(`one of ${values.join(', ')}`);

function isAllowListEntry(entry: string): boolean {
  try {
    createOriginMatcher([entry]);
    return true;
  } catch {
    return false;
  }
}

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** One connected (or external client) app the org knows. */
export const appOptionsSchema = z.strictObject({
  consumerKey: text,
  /** Shown on the approval page. */
  name: text.default('Connected app'),
  /** With a secret the app is confidential and must present it at the token endpoint. */
  secret: text.optional(),
  redirectUris: z.array(webUri).min(1).describe('a list of at least one URL'),
  /** Scopes assigned to the app; a request without `scope` is granted all of them. */
  scopes: z
    .array(z.enum(salesforceScopes).describe(`one of ${salesforceScopes.join(', ')}`))
    .min(1)
    .describe('a list of at least one scope')
    .default(['api', 'refresh_token', 'openid', 'id', 'web']),
  /** False: signing in ends in `OAUTH_EC_APP_NOT_FOUND`, refreshing in `app_not_found`. */
  installed: flag.default(true),
  /** The app policy "High assurance session required": a session without verification code steps up first. */
  highAssurance: flag.default(false),
  /** Blocked by an administrator: nobody can sign in or refresh, and open sessions have ended. */
  blocked: flag.default(false),
  /** Only `approvedUsernames` may use the app, and they are not asked. */
  adminApprovedOnly: flag.default(false),
  approvedUsernames: z.array(text).describe('a list of usernames').default([]),
  /** Defaults to true for apps without a secret. */
  requirePkce: flag.optional(),
  refreshTokenPolicy: refreshTokenPolicySchema
    .describe(
      'an object with kind until-revoked, expire-immediately, or expire-if-unused or expire-after with milliseconds',
    )
    .default({ kind: 'until-revoked' }),
  /** PEM of a certificate or public key: whose holder may sign in users with the JWT bearer flow. */
  certificate: z.string().refine(isPublicKey).describe('the PEM of an RSA certificate or public key').optional(),
  /** Username the client credentials flow runs as; without one the app does not have the flow. */
  clientCredentialsUser: text.optional(),
  /** The app may use the device flow. */
  deviceFlow: flag.default(false),
  /**
   * DPoP posture (Salesforce Help, "OAuth 2.0 DPoP Guide"): `allowed` checks proofs that are sent, `required` refuses
   * requests without one, `off` passes over them.
   */
  dpop: oneOf('off', 'allowed', 'required').default('allowed'),
});

/** What tells the org of an app. */
export type AppInput = z.input<typeof appOptionsSchema>;
export type AppOptions = z.output<typeof appOptionsSchema>;

export const orgOptionsSchema = z.strictObject({
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: port.default(0),
  /** How many contacts the sample data holds; the seed's own default when left out. With 0 there is no sample data. */
  contacts: z.number().int().nonnegative().max(100_000).describe('a whole number from 0 to 100000').optional(),
  /** Public URL when another server stands in front of this one. Otherwise URLs follow the request's host. */
  orgUrl: webUri.optional(),
  /** The org's CORS allow list: `https://host[:port]`, `https://*.example.com` or `http://localhost:port`. */
  allowedOrigins: z
    .array(
      z
        .string()
        .refine(isAllowListEntry)
        .describe('an origin: https://host, https://*.example.com or http://localhost:port'),
    )
    .describe('a list of origins')
    .default([]),
  /** Replaces the default apps. */
  clients: z.array(appOptionsSchema).describe('a list of apps').optional(),
  /** Redirect URIs of the default public app, next to Salesforce's own success page. */
  redirectUris: z.array(webUri).describe('a list of URLs').default(['http://localhost:7072/signed-in.html']),
  /** The org's session timeout, which is the lifetime of access tokens. */
  accessTokenLifetimeMs: count.default(2 * 60 * 60 * 1000),
  /**
   * `sliding`: use in the second half of a session's time begins that time anew, as for every Salesforce session;
   * `fixed`: it counts from the issue, as for JWT-based access tokens.
   */
  sessionTimeout: oneOf('sliding', 'fixed').default('sliding'),
  refreshTokenRotation: flag.default(true),
  maxApprovalsPerUserAndApp: count.default(5),
  /** How long a browser stays signed in to the org's own pages. */
  browserSessionLifetimeMs: count.default(12 * 60 * 60 * 1000),
  /** The org's REST API can be used. */
  apiEnabled: flag.default(true),
  /** API calls allowed in 24 hours; by default as many as a developer edition has. */
  dailyApiRequests: count.default(15_000),
  /**
   * The standard duplicate rules for accounts and contacts are active, with the action to warn: the API then refuses
   * what does not say `allowSave=true`.
   */
  duplicateRules: flag.default(false),
  /** How the User Interface API refuses to change a record that somebody has changed since: not documented. */
  collisionForm: oneOf(...collisionForms).default('recordError'),
  /** The org setting "Enable CORS for OAuth endpoints". */
  corsForOAuthEndpoints: flag.default(true),
  /** How long a device waits between two polls. */
  deviceIntervalSeconds: count.default(5),
  /** Proofs must carry a nonce of the org (RFC 9449 §8 and §9). */
  dpopNonces: flag.default(false),
  /**
   * Whether CORS lets a page send `DPoP` and read `DPoP-Nonce`. What a real org does here is not documented, hence a
   * switch.
   */
  corsForDpop: flag.default(true),
  /** How long a browser may keep the answer to a preflight; Salesforce does not document it. */
  corsMaxAgeSeconds: count.default(86_400),
  /** Opens the control API for tests and measurements, `/__control/*`. */
  control: flag.default(false),
  /** `Cross-Origin-Opener-Policy` of the sign-in pages. */
  loginCoop: oneOf('same-origin', 'same-origin-allow-popups', 'unsafe-none', 'noopener-allow-popups').optional(),
  /** Offers login through an identity provider, which the org serves on a port of its own. */
  sso: flag.default(false),
  /** TCP port of the identity provider; 0 takes a free one. */
  ssoPort: port.default(0),
  /** Its public URL, when another host name leads there. */
  ssoUrl: webUri.optional(),
  /** Also listens with a self-signed certificate for `*.my.salesforce.com`. */
  https: flag.default(false),
  /** Whether it speaks HTTP/2 there with who asks for it, as Salesforce does; HTTP/1.1 in any case. */
  http2: flag.default(true),
  /** TCP port of the HTTPS listener; 0 takes a free one. */
  httpsPort: port.default(0),
});

/** What a caller of `startOrg` may pass. */
export type OrgOptions = z.input<typeof orgOptionsSchema>;

/** The same with every default filled in. */
export type OrgSettings = z.output<typeof orgOptionsSchema>;
