/**
 * What apps ask on their port: the requests of the Desktop Agent Communication Protocol. Who asks is known by the port:
 * what a message says of its source is not read.
 *
 * @see https://fdc3.finos.org/docs/2.2/api/specs/desktopAgentCommunicationProtocol
 */
import type { BrowserTypes } from '@finos/fdc3';
import { z } from '../../zod.ts';

type AppRequest = BrowserTypes.AppRequestMessage;
export type RequestType = AppRequest['type'];

const uuid = z.string().min(1).max(100);
const id = z.string().min(1).max(300);
const contextType = z.string().min(1).max(300).nullable();
/** Read by the router, so that a wrong context is `MalformedContext`, and an app that is none `NoAppsFound` or so. */
const readByRouter = z.unknown().optional();
const nothing = z.object({});
const channel = z.object({ channelId: id });
const listener = z.object({ listenerUUID: uuid });
const resultType = z.string().max(300).optional();
const channelOfResult = z.object({ type: z.enum(['user', 'app', 'private']), id });

export const requestPayloads = {
  addContextListenerRequest: z.object({ channelId: id.nullable(), contextType }),
  addEventListenerRequest: z.object({ type: z.literal('USER_CHANNEL_CHANGED').nullable() }),
  addIntentListenerRequest: z.object({ intent: id }),
  broadcastRequest: channel.extend({ context: readByRouter }),
  contextListenerUnsubscribeRequest: listener,
  createPrivateChannelRequest: nothing,
  eventListenerUnsubscribeRequest: listener,
  findInstancesRequest: z.object({ app: readByRouter }),
  findIntentRequest: z.object({ intent: id, context: readByRouter, resultType }),
  findIntentsByContextRequest: z.object({ context: readByRouter, resultType }),
  getAppMetadataRequest: z.object({ app: readByRouter }),
  getCurrentChannelRequest: nothing,
  getCurrentContextRequest: channel.extend({ contextType }),
  getInfoRequest: nothing,
  getOrCreateChannelRequest: channel,
  getUserChannelsRequest: nothing,
  heartbeatAcknowledgementRequest: z.object({ heartbeatEventUuid: uuid }),
  intentListenerUnsubscribeRequest: listener,
  intentResultRequest: z.object({
    intentEventUuid: uuid,
    /** Both are left out of the result of a handler that returns nothing. */
    intentResult: z.object({
      context: z.looseObject({ type: z.string() }).optional(),
      channel: channelOfResult.optional(),
    }),
  }),
  joinUserChannelRequest: channel,
  leaveCurrentChannelRequest: nothing,
  openRequest: z.object({ app: readByRouter, context: readByRouter }),
  privateChannelAddEventListenerRequest: z.object({
    privateChannelId: id,
    listenerType: z.enum(['addContextListener', 'unsubscribe', 'disconnect']).nullable(),
  }),
  privateChannelDisconnectRequest: channel,
  privateChannelUnsubscribeEventListenerRequest: listener,
  raiseIntentForContextRequest: z.object({ context: readByRouter, app: readByRouter }),
  raiseIntentRequest: z.object({ intent: id, context: readByRouter, app: readByRouter }),
} as const satisfies Record<RequestType, z.ZodType>;

export type RequestPayload<Type extends RequestType> = z.output<(typeof requestPayloads)[Type]>;

export const appRequest = z.object({
  type: z.enum(Object.keys(requestPayloads) as [RequestType, ...RequestType[]]),
  meta: z.object({ requestUuid: uuid }),
  payload: z.unknown().optional(),
});
