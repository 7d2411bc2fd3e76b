import { z } from '../zod.ts';
import { defaultApiVersion } from '../salesforce/apiVersions.ts';
import { guardedEndpointNames } from '../salesforce/guardedEndpoints.ts';
import { pipelineSettings } from './pipeline/pipelineSettings.ts';

const orgSettings = z.strictObject({
  /** Origin of the org's My Domain, e.g. `https://acme.my.salesforce.com`. */
  orgUrl: z.url(),
  consumerKey: z.string().min(1),
  /** Exactly as registered in the org's External Client App. */
  redirectUri: z.url(),
  /** Whether tokens are bound to a key of this worker (RFC 9449). `preferred`: where the org lets a page do so. */
  dpop: z.enum(['off', 'preferred', 'required']).default('preferred'),
});

/** The settings that the worker gets once, before anything else. Only the orgs named here are ever contacted. */
export const workerSettings = z.strictObject({
  orgs: z.array(orgSettings).min(1),
  /** Origins beyond Salesforce's own that an `instance_url` may name, e.g. `http://localhost:7071`. */
  extraOrigins: z.array(z.string()),
  /** Path prefixes that apps may request with the access token. */
  endpointPrefixes: z.array(z.string().startsWith('/')).min(1),
  /** Endpoints that run code or return session ids and that apps may request although they are guarded. */
  dangerouslyAllowedEndpoints: z.array(z.enum(guardedEndpointNames)).default([]),
  /** Milliseconds until a request is given up, unless the caller says otherwise. */
  requestTimeoutMs: z.number().int().positive(),
  /** Puts it where an endpoint says `vXX.X`. */
  apiVersion: z.string().default(defaultApiVersion),
  /** How much callers may ask for at a time; `limits` of the provider's configuration. */
  limits: z
    .strictObject({
      requestsAtOnce: z.number().int().min(2).default(20),
      requestsAtOncePerApp: z.number().int().min(1).default(5),
      waitingRequestsPerApp: z.number().int().min(1).default(500),
      longestRequestMs: z.number().int().positive().default(120_000),
    })
    .prefault({}),
  /** The steps of requests on their way to the org, each of which can be switched off. */
  pipeline: pipelineSettings,
  /** Largest answer of the REST API that is accepted, in bytes. */
  longestAnswerBytes: z
    .number()
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  /**
   * Milliseconds after signing in for which a session is remembered, so that a restarted provider can restore it.
   * Undefined: nothing is stored.
   */
  rememberForMs: z.number().int().positive().optional(),
  /** Name of the same-origin BroadcastChannel on which the sign-in return page hands over the redirect URL. */
  signInReturnChannel: z.string().min(1).optional(),
});
export type WorkerSettings = z.output<typeof workerSettings>;
export type WorkerSettingsInput = z.input<typeof workerSettings>;
export type OrgSettings = z.output<typeof orgSettings>;
