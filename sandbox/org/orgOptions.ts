import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { refreshTokenPolicySchema } from './oauth/refreshTokenPolicy.ts';
import { salesforceScopes } from './oauth/scopes.ts';

const webUri = z.url({ protocol: /^https?$/ });

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** One connected (or external client) app the org knows. */
export const appOptionsSchema = z.object({
  consumerKey: z.string().min(1),
  /** Shown on the approval page. */
  name: z.string().min(1).default('Connected app'),
  /** With a secret the app is confidential and must present it at the token endpoint. */
  secret: z.string().min(1).optional(),
  redirectUris: z.array(webUri).min(1),
  /** Scopes assigned to the app; a request without `scope` is granted all of them. */
  scopes: z.array(z.enum(salesforceScopes)).min(1).default(['api', 'refresh_token', 'openid', 'id', 'web']),
  /** False: signing in ends in `OAUTH_EC_APP_NOT_FOUND`, refreshing in `app_not_found`. */
  installed: z.boolean().default(true),
  /** The app policy "High assurance session required": a session without verification code steps up first. */
  highAssurance: z.boolean().default(false),
  /** Blocked by an administrator: nobody can sign in or refresh, and open sessions have ended. */
  blocked: z.boolean().default(false),
  /** Only `approvedUsernames` may use the app, and they are not asked. */
  adminApprovedOnly: z.boolean().default(false),
  approvedUsernames: z.array(z.string()).default([]),
  /** Defaults to true for apps without a secret. */
  requirePkce: z.boolean().optional(),
  refreshTokenPolicy: refreshTokenPolicySchema.default({ kind: 'until-revoked' }),
  /** PEM of a certificate or public key: whose holder may sign in users with the JWT bearer flow. */
  certificate: z.string().refine(isPublicKey, 'not a certificate or public key').optional(),
  /** Username the client credentials flow runs as; without one the app does not have the flow. */
  clientCredentialsUser: z.string().optional(),
  /** The app may use the device flow. */
  deviceFlow: z.boolean().default(false),
  /**
   * DPoP posture (Salesforce Help, "OAuth 2.0 DPoP Guide"): `allowed` checks proofs that are sent, `required` refuses
   * requests without one, `off` passes over them.
   */
  dpop: z.enum(['off', 'allowed', 'required']).default('allowed'),
});

/** What tells the org of an app. */
export type AppInput = z.input<typeof appOptionsSchema>;
export type AppOptions = z.output<typeof appOptionsSchema>;

export const orgOptionsSchema = z.object({
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: z.number().int().min(0).max(65535).default(0),
  /** How many contacts the sample data holds; the seed's own default when left out. */
  contacts: z.number().int().positive().max(100_000).optional(),
  /** Public URL when another server stands in front of this one. Otherwise URLs follow the request's host. */
  orgUrl: webUri.optional(),
  /** The org's CORS allow list: `https://host[:port]`, `https://*.example.com` or `http://localhost:port`. */
  allowedOrigins: z.array(z.string()).default([]),
  /** Replaces the default apps. */
  clients: z.array(appOptionsSchema).optional(),
  /** Redirect URIs of the default public app, next to Salesforce's own success page. */
  redirectUris: z.array(webUri).default(['http://localhost:7072/signed-in.html']),
  /** The org's session timeout, which is the lifetime of access tokens. */
  accessTokenLifetimeMs: z.number().int().positive().default(2 * 60 * 60 * 1000),
  /**
   * `sliding`: use in the second half of a session's time begins that time anew, as for every Salesforce session; `fixed`:
   * it counts from the issue, as for JWT-based access tokens.
   */
  sessionTimeout: z.enum(['sliding', 'fixed']).default('sliding'),
  refreshTokenRotation: z.boolean().default(true),
  maxApprovalsPerUserAndApp: z.number().int().positive().default(5),
  /** How long a browser stays signed in to the org's own pages. */
  browserSessionLifetimeMs: z.number().int().positive().default(12 * 60 * 60 * 1000),
  /** The org's REST API can be used. */
  apiEnabled: z.boolean().default(true),
  /** API calls allowed in 24 hours; by default as many as a developer edition has. */
  dailyApiRequests: z.number().int().positive().default(15_000),
  /** The org setting "Enable CORS for OAuth endpoints". */
  corsForOAuthEndpoints: z.boolean().default(true),
  /** How long a device waits between two polls. */
  deviceIntervalSeconds: z.number().int().positive().default(5),
  /** Proofs must carry a nonce of the org (RFC 9449 §8 and §9). */
  dpopNonces: z.boolean().default(false),
  /**
   * Whether CORS lets a page send `DPoP` and read `DPoP-Nonce`. What a real org does here is not documented, hence a
   * switch.
   */
  corsForDpop: z.boolean().default(true),
  /** Opens `/__control/*`, the door tests and measurements use. */
  control: z.boolean().default(false),
  /** `Cross-Origin-Opener-Policy` of the sign-in pages. */
  loginCoop: z.enum(['same-origin', 'same-origin-allow-popups', 'unsafe-none', 'noopener-allow-popups']).optional(),
  /** Offers login through an identity provider, which the org serves on a port of its own. */
  sso: z.boolean().default(false),
  /** TCP port of the identity provider; 0 takes a free one. */
  ssoPort: z.number().int().min(0).max(65535).default(0),
  /** Its public URL, when another host name leads there. */
  ssoUrl: webUri.optional(),
  /** Also listens with a self-signed certificate for `*.my.salesforce.com`. */
  https: z.boolean().default(false),
  /** TCP port of the HTTPS listener; 0 takes a free one. */
  httpsPort: z.number().int().min(0).max(65535).default(0),
});

/** What a caller of `startOrg` may pass. */
export type OrgOptions = z.input<typeof orgOptionsSchema>;

/** The same with every default filled in. */
export type OrgSettings = z.output<typeof orgOptionsSchema>;
