/** The app channels and private channels of a desktop, and who listens on them and on user channels. */
import type { AppInstance } from '../appInstances.ts';
import { claimShare } from '../clientShare.ts';
import { sourceOf, withoutSource, type GivenContext } from '../context.ts';
import type { ChannelEvent } from './channelMessages.ts';
import type { UserChannels } from './userChannels.ts';

interface ChannelListener {
  listenerId: string;
  instance: AppInstance;
  contextType: string | null;
}

interface ContextChannel {
  contexts: Map<string, GivenContext>;
  last?: GivenContext | undefined;
  listeners: Map<string, ChannelListener>;
  /** Those that may use a private channel; undefined for a channel of any app. */
  ends?: Set<AppInstance>;
}

export interface ContextChannelsOptions {
  userChannels: UserChannels;
}

/** FDC3 2.2, `PrivateChannel`: the app that has made it, and the one that got it as the result of an intent. */
const endsOfPrivateChannel = 2;

/**
 * Keeps them in the platform page. A broadcast reaches every listener that its type fits, with the app that it comes
 * from, but not that app itself (FDC3 2.2, `Channel.broadcast`). Methods throw FDC3 `ChannelError` values.
 */
export class ContextChannels {
  readonly #channels = new Map<string, ContextChannel>();
  /** App channels by the app that has made them, and listeners by instance: each has a share of them. */
  readonly #madeBy = new Map<string, Set<string>>();
  readonly #listening = new WeakMap<AppInstance, Set<string>>();
  readonly #options: ContextChannelsOptions;

  constructor(options: ContextChannelsOptions) {
    this.#options = options;
  }

  /** Makes an app channel or finds it. A private channel's id is refused, to its ends too. */
  open(id: string, { app: { appId } }: AppInstance): 'user' | 'app' {
    if (this.#options.userChannels.has(id)) return 'user';
    const there = this.#channels.get(id);
    if (there?.ends) throw new Error('AccessDenied');
    if (!there) {
      const made = this.#madeBy.get(appId) ?? new Set();
      claimShare(made, id, 'app channels');
      this.#madeBy.set(appId, made.add(id));
      this.#add(id);
    }
    return 'app';
  }

  createPrivate(creator: AppInstance): string {
    const id = crypto.randomUUID();
    claimShare(this.#privateOf(creator), id, 'private channels');
    this.#add(id).ends = new Set([creator]);
    return id;
  }

  /**
   * Lets an app be the other end of a private channel, because one that has it returns it from an intent handler.
   * Whoever else has heard its id is kept out, and so is a third app while both ends are there.
   */
  admit(id: string, from: AppInstance, guest: AppInstance): void {
    const ends = this.#channels.get(id)?.ends;
    if (ends?.has(from) && ends.size < endsOfPrivateChannel) ends.add(guest);
  }

  /** @returns the types of the listeners that the other end has already */
  joinPrivate(id: string, instance: AppInstance): (string | null)[] {
    const { listeners, ends } = this.#usableBy(id, instance);
    if (!ends) throw new Error('AccessDenied');
    return [...listeners.values()].filter((one) => one.instance !== instance).map(({ contextType }) => contextType);
  }

  leavePrivate(id: string, instance: AppInstance): void {
    const channel = this.#channels.get(id);
    if (!channel?.ends?.has(instance)) return;
    for (const listener of channel.listeners.values())
      if (listener.instance === instance) this.removeListener(id, listener.listenerId, instance);
    channel.ends.delete(instance);
    this.#tellOthers(channel, instance, { id, type: 'disconnect', contextType: null });
    if (channel.ends.size === 0) this.#channels.delete(id);
  }

  broadcast(id: string, given: GivenContext, from: AppInstance): void {
    const context = withoutSource(given);
    if (this.#options.userChannels.has(id)) return this.#options.userChannels.broadcast(id, context, from);
    const channel = this.#usableBy(id, from);
    claimShare(channel.contexts, context.type, 'types of context on a channel');
    channel.contexts.set(context.type, context);
    channel.last = context;
    this.deliver(id, context, from);
  }

  /** To those who listen on this channel; what was shared on a user channel comes by here too. */
  deliver(id: string, context: GivenContext, from: AppInstance): void {
    /** Each app is told once, with all of its listeners that it is for. */
    const heard = new Map<AppInstance, string[]>();
    const hears = (instance: AppInstance, listenerId: string): void => {
      if (instance !== from) heard.set(instance, [...(heard.get(instance) ?? []), listenerId]);
    };
    for (const { listenerId, instance, contextType } of this.#channels.get(id)?.listeners.values() ?? [])
      if (contextType === null || contextType === context.type) hears(instance, listenerId);
    for (const instance of this.#options.userChannels.followedBy(id))
      for (const [handlerId, contextType] of instance.contextHandlers)
        if (contextType === undefined || contextType === context.type) hears(instance, handlerId);
    for (const [instance, listenerIds] of heard)
      instance.end.hearContext({ channelId: id, listenerIds, context, source: sourceOf(from) });
  }

  /** The context last broadcast, of this type or of any. */
  current(id: string, contextType: string | null, instance: AppInstance): GivenContext | null {
    if (this.#options.userChannels.has(id)) return this.#options.userChannels.current(id, contextType) ?? null;
    const { contexts, last } = this.#usableBy(id, instance);
    return (contextType === null ? last : contexts.get(contextType)) ?? null;
  }

  addListener(id: string, listener: ChannelListener): void {
    const { listenerId, instance, contextType } = listener;
    const channel = this.#options.userChannels.has(id)
      ? (this.#channels.get(id) ?? this.#add(id))
      : this.#usableBy(id, instance);
    const own = this.#listening.get(instance) ?? new Set();
    claimShare(own, `${listenerId} ${id}`, 'channel listeners');
    this.#listening.set(instance, own.add(`${listenerId} ${id}`));
    channel.listeners.set(keyOf(listenerId, instance), listener);
    this.#tellOthers(channel, instance, { id, type: 'addContextListener', contextType });
  }

  removeListener(id: string, listenerId: string, instance: AppInstance): void {
    const channel = this.#channels.get(id);
    const key = keyOf(listenerId, instance);
    const listener = channel?.listeners.get(key);
    if (!channel || !listener) return;
    channel.listeners.delete(key);
    this.#listening.get(instance)?.delete(`${listenerId} ${id}`);
    this.#tellOthers(channel, instance, { id, type: 'unsubscribe', contextType: listener.contextType });
  }

  /** Puts an app on the user channel of another, if that has joined one. It gets what was shared there last. */
  async follow(instance: AppInstance, other: AppInstance): Promise<void> {
    const { userChannels } = this.#options;
    const id = userChannels.joinedBy(other);
    if (id === undefined || userChannels.joinedBy(instance) === id) return;
    await userChannels.move(instance, id);
    const types = new Set(instance.contextHandlers.values());
    const current = new Set([...types].flatMap((type) => this.current(id, type ?? null, instance) ?? []));
    instance.end.hearUserChannel?.(id, [...current]);
  }

  /** Takes an app that has gone from every channel; the other end of a private one is told. */
  gone(instance: AppInstance): void {
    this.#options.userChannels.leave(instance);
    for (const [id, channel] of this.#channels) {
      if (channel.ends?.has(instance)) this.leavePrivate(id, instance);
      for (const listener of channel.listeners.values())
        if (listener.instance === instance) this.removeListener(id, listener.listenerId, instance);
    }
  }

  /** Removes the contexts of all channels, when the person who shared them has left. */
  forget(): void {
    this.#options.userChannels.forget();
    for (const channel of this.#channels.values()) {
      channel.contexts.clear();
      channel.last = undefined;
    }
  }

  #add(id: string): ContextChannel {
    const channel: ContextChannel = { contexts: new Map(), listeners: new Map() };
    this.#channels.set(id, channel);
    return channel;
  }

  #usableBy(id: string, instance: AppInstance): ContextChannel {
    const channel = this.#channels.get(id);
    if (!channel) throw new Error('NoChannelFound');
    if (channel.ends && !channel.ends.has(instance)) throw new Error('AccessDenied');
    return channel;
  }

  #privateOf(instance: AppInstance): Set<string> {
    return new Set([...this.#channels].filter(([, { ends }]) => ends?.has(instance)).map(([id]) => id));
  }

  #tellOthers({ ends }: ContextChannel, instance: AppInstance, event: ChannelEvent): void {
    for (const end of ends ?? []) if (end !== instance) end.end.hearChannelEvent(event);
  }
}

/** Apps choose the ids of their listeners, so two may choose the same. */
const keyOf = (listenerId: string, { instanceId }: AppInstance): string => `${instanceId} ${listenerId}`;
