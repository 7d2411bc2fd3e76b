import type { AppInstance } from '../appInstances.ts';
import { claimShare } from '../clientShare.ts';
import { contextSchema, parseOr } from '../context.ts';
import type { Answers, WebDesktop } from './answering.ts';

type ChannelRequest =
  | 'addContextListenerRequest'
  | 'addEventListenerRequest'
  | 'broadcastRequest'
  | 'contextListenerUnsubscribeRequest'
  | 'createPrivateChannelRequest'
  | 'eventListenerUnsubscribeRequest'
  | 'getCurrentChannelRequest'
  | 'getCurrentContextRequest'
  | 'getOrCreateChannelRequest'
  | 'getUserChannelsRequest'
  | 'joinUserChannelRequest'
  | 'leaveCurrentChannelRequest'
  | 'privateChannelAddEventListenerRequest'
  | 'privateChannelDisconnectRequest'
  | 'privateChannelUnsubscribeEventListenerRequest';

/** What apps ask about channels (FDC3 2.2, `Channel`, `PrivateChannel`). */
export function channelAnswers({ channels, userChannels, instances }: WebDesktop): Answers<ChannelRequest> {
  /** The channel of each listener that is on one, by app. */
  const listening = new WeakMap<AppInstance, Map<string, string>>();
  const described = () => userChannels.all().map((channel) => ({ ...channel, type: 'user' }));

  return {
    getUserChannelsRequest: () => ({ userChannels: described() }),
    getCurrentChannelRequest(_, { instance }) {
      const joined = userChannels.joinedBy(instance);
      return { channel: described().find(({ id }) => id === joined) ?? null };
    },
    joinUserChannelRequest({ channelId }, { instance, port }) {
      const before = userChannels.joinedBy(instance);
      userChannels.join(channelId, instance);
      if (before !== channelId) port.hearOwnUserChannel(channelId);
      return {};
    },
    leaveCurrentChannelRequest(_, { instance, port }) {
      const before = userChannels.joinedBy(instance);
      userChannels.leave(instance);
      if (before !== undefined) port.hearOwnUserChannel(null);
      return {};
    },

    getOrCreateChannelRequest: ({ channelId }, { instance }) => ({
      channel: { id: channelId, type: channels.open(channelId, instance) },
    }),
    createPrivateChannelRequest: (_, { instance }) => ({
      privateChannel: { id: channels.createPrivate(instance), type: 'private' },
    }),
    privateChannelDisconnectRequest({ channelId }, { instance }) {
      channels.leavePrivate(channelId, instance);
      return {};
    },
    broadcastRequest({ channelId, context }, { instance }) {
      channels.broadcast(channelId, parseOr(contextSchema, context, 'MalformedContext'), instance);
      return {};
    },
    getCurrentContextRequest: ({ channelId, contextType }, { instance }) => ({
      context: channels.current(channelId, contextType, instance),
    }),

    /**
     * Without a channel it is for the user channel that the app has joined, and for what the app is opened with. One
     * that `@finos/fdc3` 2.2.0 adds while the app is on a user channel names that, and goes with the app to another
     * one all the same; the app's end of the port knows which of them it hands a context to.
     */
    addContextListenerRequest({ channelId, contextType }, { instance, afterwards }) {
      const listenerUUID = crypto.randomUUID();
      if (channelId !== null) {
        channels.addListener(channelId, { listenerId: listenerUUID, instance, contextType });
        const own = listening.get(instance) ?? new Map<string, string>();
        listening.set(instance, own.set(listenerUUID, channelId));
      }
      if (channelId === null || userChannels.has(channelId)) {
        claimShare(instance.contextHandlers, listenerUUID, 'context listeners');
        instance.contextHandlers.set(listenerUUID, contextType ?? undefined);
        afterwards(() => instances.notify());
      }
      return { listenerUUID };
    },
    contextListenerUnsubscribeRequest({ listenerUUID }, { instance }) {
      instance.contextHandlers.delete(listenerUUID);
      const channelId = listening.get(instance)?.get(listenerUUID);
      listening.get(instance)?.delete(listenerUUID);
      if (channelId !== undefined) channels.removeListener(channelId, listenerUUID, instance);
      return {};
    },

    addEventListenerRequest(_, { port }) {
      const listenerUUID = crypto.randomUUID();
      claimShare(port.eventListeners, listenerUUID, 'event listeners');
      port.eventListeners.set(listenerUUID, {});
      return { listenerUUID };
    },
    eventListenerUnsubscribeRequest({ listenerUUID }, { port }) {
      port.eventListeners.delete(listenerUUID);
      return {};
    },
    /** The app is told of the listeners that the other end has added before, once. */
    privateChannelAddEventListenerRequest({ privateChannelId, listenerType }, { instance, port, afterwards }) {
      const added = channels.joinPrivate(privateChannelId, instance);
      const hearsAdded = listenerType === null || listenerType === 'addContextListener';
      const known = [...port.eventListeners.values()].some(
        (one) => one.privateChannelId === privateChannelId && one.hearsAdded,
      );
      const listenerUUID = crypto.randomUUID();
      claimShare(port.eventListeners, listenerUUID, 'event listeners');
      port.eventListeners.set(listenerUUID, { privateChannelId, hearsAdded });
      afterwards(() => {
        for (const contextType of hearsAdded && !known ? added : [])
          port.hearChannelEvent({ id: privateChannelId, type: 'addContextListener', contextType });
      });
      return { listenerUUID };
    },
    privateChannelUnsubscribeEventListenerRequest({ listenerUUID }, { port }) {
      port.eventListeners.delete(listenerUUID);
      return {};
    },
  };
}
