/**
 * What an app's desktop agent and the platform page say to each other about FDC3 channels, over the Channel that the
 * bus has too. core-web's own app and private channels neither say who has broadcast, nor keep anybody out.
 */
import { z } from '../../zod.ts';

const id = z.string().min(1).max(300);
const listenerId = z.string().min(1).max(100);
const contextType = z.string().min(1).max(300).nullable();
/** Read by the platform as a context, so that a wrong one is `MalformedContext`. */
const context = z.unknown();
const channel = z.object({ id });

/** By action. An app asks, the platform answers or rejects with an FDC3 `ChannelError`. */
export const channelRequests = {
  /** Makes an app channel, or joins one; the id of a user channel is that channel. */
  openChannel: channel,
  createPrivateChannel: z.object({}),
  joinPrivateChannel: channel,
  leavePrivateChannel: channel,
  broadcastOnChannel: channel.extend({ context }),
  currentContext: channel.extend({ contextType }),
  addChannelListener: channel.extend({ listenerId, contextType }),
  removeChannelListener: channel.extend({ listenerId }),
  /** To the user channel that the app has joined; without one, to nobody. */
  broadcast: z.object({ context }),
  currentUserChannel: z.object({}),
} as const;
export type ChannelRequests = typeof channelRequests;
export type ChannelAction = keyof ChannelRequests;

export const channelReplies = {
  openChannel: z.object({ type: z.enum(['user', 'app']) }),
  createPrivateChannel: channel,
  /** Types of the listeners that the other end has already. */
  joinPrivateChannel: z.object({ listeners: z.array(contextType) }),
  currentContext: z.looseObject({ type: z.string() }).nullable(),
  currentUserChannel: z.string().nullable(),
} as const;

const source = z.object({ appId: z.string(), instanceId: z.string() });

/** The platform tells an app of a broadcast that one of its listeners is for. */
export const channelContext = z.object({
  listenerId: z.string(),
  context: z.looseObject({ type: z.string() }),
  source,
});

/** The platform tells one end of a private channel what the other has done (FDC3 2.2, `PrivateChannelEventTypes`). */
export const channelEvent = z.object({
  id: z.string(),
  type: z.enum(['addContextListener', 'unsubscribe', 'disconnect']),
  contextType,
});
export type ChannelEvent = z.infer<typeof channelEvent>;

/** The platform tells an app that it is on another user channel, which it has not asked for. */
export const userChannelChanged = z.object({ currentChannelId: z.string().nullable() });
