import { z } from 'zod';
import { orgOptionsSchema } from '../orgOptions.ts';
import { endpointNames } from './faults/endpoints.ts';

/** A regular expression over request paths, as text. */
const pathPattern = z.string().refine((text) => {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}, 'not a regular expression');

/** Whether the org does its work first: a refresh token is then rotated although the client never hears of it. */
const afterWork = z.boolean().default(false);

const fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    status: z.number().int().min(200).max(599),
    body: z.string().optional(),
    contentType: z.string().default('application/json;charset=UTF-8'),
    headers: z.record(z.string(), z.string()).default({}),
    afterWork,
  }),
  /** 429, with `Retry-After` when given. */
  z.object({ kind: z.literal('rate-limit'), retryAfterSeconds: z.number().int().min(0).optional(), afterWork }),
  /** HTML comes from what stands before the org, JSON from the org. */
  z.object({
    kind: z.literal('server-error'),
    status: z.number().int().min(500).max(599).default(503),
    as: z.enum(['html', 'json']).default('html'),
    afterWork,
  }),
  /** The connection ends without an answer. */
  z.object({ kind: z.literal('drop'), afterWork }),
  /** The answer does not come until the fault is cleared; nothing is done for a client that goes away before. */
  z.object({ kind: z.literal('hang'), afterWork }),
  z.object({ kind: z.literal('delay'), milliseconds: z.number().min(0).max(600_000) }),
  /** Somebody else's page with status 200, and none of the org's headers. */
  z.object({ kind: z.literal('captive-portal'), afterWork }),
  z.object({ kind: z.literal('empty'), afterWork }),
  z.object({ kind: z.literal('oversize'), bytes: z.number().int().positive().max(1e9), afterWork }),
  z.object({
    kind: z.literal('redirect'),
    status: z.union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)]).default(302),
    to: z.url(),
    /** Sent with the org's CORS headers, so that a page's fetch would follow it. */
    cors: z.boolean().default(true),
    afterWork,
  }),
  /** The real answer, of which half arrives before the connection ends. */
  z.object({ kind: z.literal('cut-short') }),
  /** The real answer without its last character. */
  z.object({ kind: z.literal('malformed-json') }),
  /** The real answer under another content type. */
  z.object({ kind: z.literal('wrong-type'), contentType: z.string().default('text/html;charset=UTF-8') }),
  /** The real answer's JSON object with other members, e.g. a foreign `instance_url`; null takes one away. */
  z.object({ kind: z.literal('change-members'), members: z.record(z.string(), z.unknown()) }),
]);

/** Any of the schema's members, and no defaults: what is left out stays as it is. */
function changesOf<T extends z.ZodObject>(schema: T): z.ZodType<Partial<z.output<T>>, Partial<z.input<T>>> {
  const members = Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, member]) => {
    const bare = member instanceof z.ZodDefault ? (member.unwrap() as z.ZodType) : member;
    return [name, bare.optional()];
  });
  return z.object(Object.fromEntries(members) as Record<string, z.ZodType>) as never;
}

const ofUser = z.object({ username: z.string().optional() });

/** What each `POST /__control/<name>` takes. */
export const controlRequests = {
  'expire-access-tokens': ofUser,
  'expire-refresh-tokens': ofUser,
  'revoke-approvals': ofUser.extend({ consumerKey: z.string().optional() }),
  'end-browser-sessions': ofUser,
  'set-policy': changesOf(
    orgOptionsSchema.pick({
      accessTokenLifetimeMs: true,
      sessionTimeout: true,
      browserSessionLifetimeMs: true,
      refreshTokenRotation: true,
      maxApprovalsPerUserAndApp: true,
      apiEnabled: true,
      dpopNonces: true,
      deviceIntervalSeconds: true,
    }),
  ),
  latency: z.object({ milliseconds: z.number().min(0).max(600_000) }),
  'inject-fault': z.object({
    fault,
    /** With neither `path` nor `endpoint`, every request meets the fault but those to `/__control`. */
    path: pathPattern.optional(),
    endpoint: z.enum(endpointNames).optional(),
    method: z.string().optional(),
    times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
  }),
  /** Ends the fault with this id; without one, all faults and the latency. */
  'clear-faults': z.object({ id: z.string().optional() }),
  'move-clock': z.object({ milliseconds: z.number() }),
  counts: z.object({}),
  'reset-counts': z.object({}),
  secrets: z.object({}),
  /** Changes the policy of one user, or of everybody with the profile. */
  'set-user': z.object({
    username: z.string().optional(),
    profile: z.enum(['administrator', 'banker']).optional(),
    policy: z
      .strictObject({
        locked: z.boolean(),
        frozen: z.boolean(),
        active: z.boolean(),
        apiEnabled: z.boolean(),
        ipRestricted: z.boolean(),
        mfaRequired: z.boolean(),
        passwordExpired: z.boolean(),
        password: z.string(),
        /** Field-level security: fields such as `Contact.MobilePhone` that the user does not see. */
        hiddenFields: z.array(z.string()),
      })
      .partial(),
  }),
  /**
   * Changes an app; null takes a member away; a consumer key nobody has adds one, for which `redirectUris` is needed.
   */
  'set-app': z.object({ consumerKey: z.string(), changes: z.record(z.string(), z.unknown()) }),
  'remove-app': z.object({ consumerKey: z.string() }),
  approvals: z.object({}),
} as const;

export type ControlName = keyof typeof controlRequests;
/** A fault with all its defaults filled in. */
export type FaultRequest = z.output<(typeof controlRequests)['inject-fault']>;
export type ControlRequest<Name extends ControlName> = z.input<(typeof controlRequests)[Name]>;

const affected = z.object({ affected: z.number() });
const done = z.object({});

/** What each `POST /__control/<name>` answers. */
export const controlAnswers = {
  'expire-access-tokens': affected,
  'expire-refresh-tokens': affected,
  'revoke-approvals': affected,
  'end-browser-sessions': done,
  'set-policy': done,
  latency: done,
  'inject-fault': z.object({ id: z.string() }),
  'clear-faults': done,
  'move-clock': z.object({ now: z.number() }),
  counts: z.object({
    /** Per `METHOD path`. */
    requests: z.record(z.string(), z.number()),
    /** Token endpoint requests per grant type. */
    tokenRequests: z.record(z.string(), z.number()),
    /** Different access tokens that were presented to the REST API. */
    distinctAccessTokens: z.number(),
  }),
  'reset-counts': done,
  secrets: z.object({ secrets: z.array(z.object({ kind: z.string(), value: z.string() })) }),
  'set-user': affected,
  'set-app': done,
  'remove-app': done,
  approvals: z.object({
    approvals: z.array(
      z.object({ grantId: z.string(), username: z.string(), consumerKey: z.string(), scope: z.string() }),
    ),
  }),
} as const satisfies Record<ControlName, z.ZodType>;

export type ControlAnswer<Name extends ControlName> = z.output<(typeof controlAnswers)[Name]>;
