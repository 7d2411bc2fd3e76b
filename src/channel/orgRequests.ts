/**
 * What is asked of an org, and what is answered. In a file of its own, as the token worker, where requests of every way
 * in are parsed, needs no other schema of the protocol.
 */
import { z } from '../zod.ts';
import { answerForm, encodedBody, httpMethod } from './encodedBody.ts';
import { identifier, requestId, timeoutMs } from './identifiers.ts';

/** SOQL has at most 100,000 characters, each of which takes three where it is encoded. */
const longestEndpoint = 400_000;

/** Who waits for an answer. */
const priority = z.enum(['user', 'background']);
export type Priority = z.infer<typeof priority>;

const served = z.enum(['org', 'shared', 'batched', 'fresh']);
/** Where an answer came from. */
export type Served = z.infer<typeof served>;

export const executeRequest = z
  .object({
    requestId,
    sessionId: identifier.describe('of a session that this app has connected to'),
    endpoint: z
      .string()
      .min(1)
      .max(longestEndpoint, 'is longer than any SOQL may be')
      .describe('path on the org, e.g. `/services/data/vXX.X/limits`; `vXX.X` is filled in'),
    method: httpMethod.default('GET'),
    headers: z.record(z.string(), z.string()).default({}),
    body: encodedBody.optional(),
    includeAuthorization: z.boolean().default(true).describe('false: without an access token'),
    answerAs: answerForm.optional().describe("`bytes`: the answer's body as it came; `auto`: by its content type"),
    timeoutMs,
    maxAgeMs: z
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe(
        'how old a copy of the answer may be, in milliseconds; 0: none, as with the header `Cache-Control: no-cache`. Left out: as the provider is configured',
      ),
    priority: priority
      .optional()
      .describe(
        '`background`: for nobody who waits. Goes after the others, and is slowed when the org has few requests left',
      ),
    isIdempotent: z
      .boolean()
      .optional()
      .describe(
        'true: a write that may be sent again when its answer was lost: `PATCH` of a record by an external id, or with `If-Unmodified-Since`. Of other writes it is refused',
      ),
  })
  .describe(
    'A request to the org. An answer outside of 200 to 299 is a failure `REQUEST_FAILED`, with `status` and `data`.',
  );
export const executeReply = z.object({
  status: z.number().int(),
  type: z.string().optional().describe('content type of the body, where there was one'),
  body: encodedBody.optional(),
  served: served
    .optional()
    .describe(
      'where it came from: a request of its own; one that was under way already; one together with others; a copy that counts as fresh',
    ),
});
export type ExecuteReply = z.infer<typeof executeReply>;

export const cancelRequest = z
  .object({ requestId: identifier })
  .describe('Gives up a `connect`, `getConnection` or `execute` of this app, which then fails.');
