/** FDC3 channels as an app has them: objects whose methods ask the platform page. */
import type { Channel, ContextHandler, DisplayMetadata, Listener, PrivateChannel } from '@finos/fdc3';
import type { z } from '../../zod.ts';
import {
  channelContext,
  channelEvent,
  channelReplies,
  type ChannelAction,
  type ChannelEvent,
  type ChannelRequests,
} from '../channels/channelMessages.ts';
import type { PlatformLink } from '../interopBus.ts';
import { callHandler } from './callHandler.ts';
import { EventListeners } from './eventListeners.ts';

/** FDC3 1.2 has the handler as the only argument. */
export function listenerArguments(
  contextType: string | null | ContextHandler,
  handler?: ContextHandler,
): { contextType: string | null; handler: ContextHandler } {
  const given =
    typeof contextType === 'function' ? { contextType: null, handler: contextType } : { contextType, handler };
  if (typeof given.handler !== 'function') throw new TypeError('A context listener needs a handler.');
  return { contextType: given.contextType ?? null, handler: given.handler };
}

/** The channels of an app's page, and what arrives for them. */
export class ChannelObjects {
  readonly #link: PlatformLink;
  readonly #handlers = new Map<string, ContextHandler>();
  readonly #eventsOf = new Map<string, (event: ChannelEvent) => void>();

  constructor(link: PlatformLink) {
    this.#link = link;
    link.on('channelContext', (message) => {
      const { listenerId, context, source } = channelContext.parse(message);
      const handler = this.#handlers.get(listenerId);
      if (handler) callHandler(handler, context, { source });
    });
    link.on('channelEvent', (message) => {
      const event = channelEvent.parse(message);
      this.#eventsOf.get(event.id)?.(event);
    });
  }

  ask<Action extends ChannelAction>(action: Action, payload: z.input<ChannelRequests[Action]>): Promise<unknown> {
    return this.#link.ask(action, payload);
  }

  /** @throws Error `AccessDenied` for the id of a private channel (FDC3 2.2, `ChannelError`). */
  async open(id: string, displayMetadata?: DisplayMetadata): Promise<Channel> {
    const { type } = channelReplies.openChannel.parse(await this.ask('openChannel', { id }));
    return this.channel(id, type, displayMetadata);
  }

  async createPrivate(): Promise<PrivateChannel> {
    const { id } = channelReplies.createPrivateChannel.parse(await this.ask('createPrivateChannel', {}));
    return this.#private(id, []);
  }

  /** @throws Error `AccessDenied` for whoever is none of the two ends. */
  async joinPrivate(id: string): Promise<PrivateChannel> {
    const { listeners } = channelReplies.joinPrivateChannel.parse(await this.ask('joinPrivateChannel', { id }));
    return this.#private(id, listeners);
  }

  channel<Type extends Channel['type']>(id: string, type: Type, displayMetadata?: DisplayMetadata) {
    return {
      id,
      type,
      ...(displayMetadata && { displayMetadata }),
      broadcast: async (context: object): Promise<void> => void (await this.ask('broadcastOnChannel', { id, context })),
      getCurrentContext: async (contextType?: string) =>
        channelReplies.currentContext.parse(await this.ask('currentContext', { id, contextType: contextType ?? null })),
      addContextListener: async (type: string | null | ContextHandler, handle?: ContextHandler): Promise<Listener> => {
        const { contextType, handler } = listenerArguments(type, handle);
        const listenerId = crypto.randomUUID();
        this.#handlers.set(listenerId, handler);
        try {
          await this.ask('addChannelListener', { id, listenerId, contextType });
        } catch (error) {
          this.#handlers.delete(listenerId);
          throw error;
        }
        return {
          unsubscribe: async () => {
            this.#handlers.delete(listenerId);
            await this.ask('removeChannelListener', { id, listenerId });
          },
        };
      },
    };
  }

  #private(id: string, listeners: (string | null)[]): PrivateChannel {
    const events = new EventListeners();
    /** Types that the other end listens for: who asks for these events is told of those before, too. */
    const added = [...listeners];
    this.#eventsOf.set(id, ({ type, contextType }) => {
      if (type === 'addContextListener') added.push(contextType);
      if (type === 'unsubscribe' && added.includes(contextType)) added.splice(added.indexOf(contextType), 1);
      events.tell({ type, details: type === 'disconnect' ? null : { contextType } });
    });
    const addEventListener: PrivateChannel['addEventListener'] = async (type, handler) => {
      const listener = events.add(type, handler);
      if (type === null || type === 'addContextListener')
        for (const contextType of added) callHandler(handler, { type: 'addContextListener', details: { contextType } });
      return listener;
    };
    /** The form of FDC3 2.0, which returns at once. */
    const addedAtOnce = (type: ChannelEvent['type'], handler: (contextType?: string) => void): Listener => {
      const listener = addEventListener(type, ({ details }) =>
        handler((details as { contextType?: string | null } | null)?.contextType ?? undefined),
      );
      return { unsubscribe: async () => (await listener).unsubscribe() };
    };
    return {
      ...this.channel(id, 'private'),
      addEventListener,
      disconnect: async () => {
        await this.ask('leavePrivateChannel', { id });
        this.#eventsOf.delete(id);
      },
      onAddContextListener: (handler) => addedAtOnce('addContextListener', handler),
      onUnsubscribe: (handler) => addedAtOnce('unsubscribe', handler),
      onDisconnect: (handler) => addedAtOnce('disconnect', () => handler()),
    } as PrivateChannel;
  }
}
