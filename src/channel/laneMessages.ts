/** What crosses a lane: a `MessagePort` of an app's page to the token worker, for requests only. */
import { z } from '../zod.ts';
import { cancelRequest, executeReply, executeRequest } from './orgRequests.ts';
import { laneAnswerBody, laneRequestBody } from './laneBodies.ts';

export const laneExecute = executeRequest
  .extend({ kind: z.literal('execute'), body: laneRequestBody.optional() })
  .describe('From an app: as `execute` on the channel, but for the body.');
export const laneCancel = cancelRequest
  .extend({ kind: z.literal('cancel') })
  .describe('From an app. The request is then answered with a failure.');

/** Whatever can be answered: a request that is malformed in other ways too. */
export const laneAddressed = cancelRequest;

export const laneReply = executeReply.extend({
  body: laneAnswerBody.optional(),
  unreadable: z
    .unknown()
    .optional()
    .describe('the `Failure` that the answer is where `jsonBytes` turn out to be no JSON'),
});
export type LaneReply = z.infer<typeof laneReply>;

export const laneMessage = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('open') }).describe('the lane can be used'),
    z.object({
      kind: z.literal('answer'),
      requestId: z.string(),
      outcome: z.unknown().describe('an `Outcome` of `LaneReply`'),
    }),
    z.object({ kind: z.literal('closed') }).describe('the lane has ended: nothing else will come'),
  ])
  .describe('To an app.');
