import { z } from 'zod';

/** A regular expression over request paths, as text. */
const pathPattern = z.string().refine((text) => {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}, 'not a regular expression');

const ofUser = z.object({ username: z.string().optional() });

/** What each `POST /__control/<name>` takes. */
export const controlRequests = {
  'expire-access-tokens': ofUser,
  'expire-refresh-tokens': ofUser,
  'revoke-refresh-tokens': ofUser,
  'refresh-token-rotation': z.object({ on: z.boolean() }),
  latency: z.object({ milliseconds: z.number().min(0).max(600_000) }),
  'answer-with': z.object({
    times: z.number().int().positive().default(1),
    path: pathPattern,
    method: z.string().optional(),
    status: z.number().int().min(200).max(599),
    body: z.string().optional(),
    contentType: z.string().default('application/json;charset=UTF-8'),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  'drop-connections': z.object({ times: z.number().int().positive().default(1), path: pathPattern }),
  'clear-faults': z.object({}),
  'move-clock': z.object({ milliseconds: z.number() }),
  counts: z.object({}),
  'reset-counts': z.object({}),
  secrets: z.object({}),
  'lock-user': z.object({ username: z.string(), locked: z.boolean().default(true) }),
  'install-app': z.object({ consumerKey: z.string(), installed: z.boolean() }),
  approvals: z.object({}),
} as const;

export type ControlName = keyof typeof controlRequests;
export type ControlRequest<Name extends ControlName> = z.input<(typeof controlRequests)[Name]>;

const affected = z.object({ affected: z.number() });
const done = z.object({});

/** What each answers. */
export const controlAnswers = {
  'expire-access-tokens': affected,
  'expire-refresh-tokens': affected,
  'revoke-refresh-tokens': affected,
  'refresh-token-rotation': done,
  latency: done,
  'answer-with': done,
  'drop-connections': done,
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
  'lock-user': done,
  'install-app': done,
  approvals: z.object({
    approvals: z.array(
      z.object({ grantId: z.string(), username: z.string(), consumerKey: z.string(), scope: z.string() }),
    ),
  }),
} as const satisfies Record<ControlName, z.ZodType>;

export type ControlAnswer<Name extends ControlName> = z.output<(typeof controlAnswers)[Name]>;
