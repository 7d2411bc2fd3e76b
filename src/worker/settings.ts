import { z } from '../zod.ts';

const orgSettings = z.strictObject({
  /** Origin of the org's My Domain, e.g. `https://acme.my.salesforce.com`. */
  orgUrl: z.url(),
  consumerKey: z.string().min(1),
  /** Exactly as registered in the org's External Client App. */
  redirectUri: z.url(),
});

/** What the worker is told once, before anything else. Only the orgs named here are ever contacted. */
export const workerSettings = z.strictObject({
  orgs: z.array(orgSettings).min(1),
  /** Origins beyond Salesforce's own that an `instance_url` may name, e.g. `http://localhost:7071`. */
  extraOrigins: z.array(z.string()),
  /** Path prefixes that apps may request with the access token. */
  endpointPrefixes: z.array(z.string().startsWith('/')).min(1),
  /** Milliseconds until a request is given up, unless the caller says otherwise. */
  requestTimeoutMs: z.number().int().positive(),
  /** Name of the same-origin BroadcastChannel on which the sign-in return page hands over the redirect URL. */
  signInReturnChannel: z.string().min(1).optional(),
});
export type WorkerSettings = z.infer<typeof workerSettings>;
export type OrgSettings = z.infer<typeof orgSettings>;
