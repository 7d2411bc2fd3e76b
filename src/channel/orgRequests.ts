/**
 * What is asked of an org, and what is answered. In a file of its own, as the token worker, where requests of every way
 * in are parsed, needs no other schema of the protocol.
 */
import { z } from '../zod.ts';
import { answerForm, encodedBody, httpMethod } from './encodedBody.ts';
import { identifier, requestId, timeoutMs } from './identifiers.ts';

/** SOQL has at most 100,000 characters, each of which takes three where it is encoded. */
const longestEndpoint = 400_000;

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
  })
  .describe(
    'A request to the org. An answer outside of 200 to 299 is a failure `REQUEST_FAILED`, with `status` and `data`.',
  );
export const executeReply = z.object({
  status: z.number().int(),
  type: z.string().optional().describe('content type of the body, where there was one'),
  body: encodedBody.optional(),
});
export type ExecuteReply = z.infer<typeof executeReply>;

export const cancelRequest = z
  .object({ requestId: identifier })
  .describe('Gives up a `connect`, `getConnection` or `execute` of this app, which then fails.');
