/** What crosses a lane: a `MessagePort` of an app's page to the token worker, for requests and live data only. */
import { z } from '../zod.ts';
import { requestId } from './identifiers.ts';
import { liveEvent, lookRequest, subscribeRequest, unsubscribeRequest } from './liveMessages.ts';
import { cancelRequest, executeReply, executeRequest } from './orgRequests.ts';
import { laneAnswerBody, laneRequestBody } from './laneBodies.ts';

export const laneExecute = executeRequest
  .extend({ kind: z.literal('execute'), body: laneRequestBody.optional() })
  .describe('From an app: as `execute` on the channel, but for the body.');
export const laneCancel = cancelRequest
  .extend({ kind: z.literal('cancel') })
  .describe('From an app. The request is then answered with a failure.');

export const laneSubscribe = subscribeRequest
  .extend({ kind: z.literal('subscribe'), requestId })
  .describe('From an app: as `live.subscribe` on the channel. Answered like a request, with null.');
export const laneLook = lookRequest.extend({ kind: z.literal('look') }).describe('From an app. Not answered.');
export const laneUnsubscribe = unsubscribeRequest
  .extend({ kind: z.literal('unsubscribe') })
  .describe('From an app. Not answered.');

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
      outcome: z.unknown().describe('an `Outcome` of `LaneReply`, for `subscribe` of null'),
    }),
    liveEvent.extend({ kind: z.literal('live') }).describe('news of a subscription that came over this lane'),
    z.object({ kind: z.literal('closed') }).describe('the lane has ended: nothing else will come'),
  ])
  .describe('To an app.');
