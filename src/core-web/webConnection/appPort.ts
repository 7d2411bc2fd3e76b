import type { BrowserTypes } from '@finos/fdc3';
import { deferred } from '../../deferred.ts';
import { inTime } from '../../time.ts';
import type { AppEnd, AppInstance, HeardContext } from '../appInstances.ts';
import type { ChannelEvent } from '../channels/channelMessages.ts';
import { sourceOf, withoutSource, type GivenContext } from '../context.ts';
import type { RequestType } from './requests.ts';
import type { WcpAnswer } from './wcpMessages.ts';

type EventMessage = BrowserTypes.AgentEventMessage;
type EventPayload<Type extends EventMessage['type']> = Extract<EventMessage, { type: Type }>['payload'];

const privateChannelEvents = {
  addContextListener: 'privateChannelOnAddContextListenerEvent',
  unsubscribe: 'privateChannelOnUnsubscribeEvent',
  disconnect: 'privateChannelOnDisconnectEvent',
} as const satisfies Record<ChannelEvent['type'], EventMessage['type']>;

/** What an app hears on its port. */
export class AppPort implements AppEnd {
  readonly #port: MessagePort;
  /** What settles each intent that the app has been handed and not answered yet, by the id of the event. */
  readonly #handed = new Map<string, (result: unknown) => void>();
  readonly #heartbeats = new Map<string, (isAlive: boolean) => void>();
  /** Listeners for events of the agent, or of a private channel, by id. */
  readonly eventListeners = new Map<string, { privateChannelId?: string; hearsAdded?: boolean }>();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  say(message: WcpAnswer): void {
    this.#port.postMessage(message);
  }

  answer(type: RequestType | 'raiseIntentResultRequest', requestUuid: string, payload: object): void {
    this.#port.postMessage({
      type: type.replace(/Request$/, 'Response'),
      meta: { requestUuid, responseUuid: crypto.randomUUID(), timestamp: new Date() },
      payload,
    });
  }

  #event<Type extends EventMessage['type']>(type: Type, payload: EventPayload<Type>): string {
    const eventUuid = crypto.randomUUID();
    this.#port.postMessage({ type, meta: { eventUuid, timestamp: new Date() }, payload });
    return eventUuid;
  }

  handleIntent(intent: string, context: GivenContext, from: AppInstance): Promise<unknown> {
    const { promise, resolve } = deferred<unknown>();
    const eventUuid = this.#event('intentEvent', {
      intent,
      context: withoutSource(context),
      originatingApp: sourceOf(from),
      raiseIntentRequestUuid: crypto.randomUUID(),
    });
    this.#handed.set(eventUuid, resolve);
    return promise;
  }

  /** The first answer counts: an app may have several listeners for one intent. */
  settleIntent(eventUuid: string, result: unknown): void {
    this.#handed.get(eventUuid)?.(result);
    this.#handed.delete(eventUuid);
  }

  async openWith(context: GivenContext, from: AppInstance): Promise<void> {
    const opened = { channelId: null, context: withoutSource(context), originatingApp: sourceOf(from) };
    this.#event('broadcastEvent', opened);
  }

  /** One event for all listeners: the app's end of the port hands it to each that it is for. */
  hearContext({ channelId, context, source }: Omit<HeardContext, 'listenerIds'>): void {
    this.#event('broadcastEvent', { channelId, context, originatingApp: source });
  }

  hearChannelEvent({ id: privateChannelId, type, contextType }: ChannelEvent): void {
    for (const listener of this.eventListeners.values()) {
      if (listener.privateChannelId !== privateChannelId) continue;
      const payload = type === 'disconnect' ? { privateChannelId } : { privateChannelId, contextType };
      this.#event(privateChannelEvents[type], payload as EventPayload<(typeof privateChannelEvents)[typeof type]>);
      return;
    }
  }

  /** Whether the app's page is there still and answers in time. */
  async isAlive(limitMs: number): Promise<boolean> {
    const { promise, resolve } = deferred<boolean>();
    const eventUuid = this.#event('heartbeatEvent', {});
    this.#heartbeats.set(eventUuid, resolve);
    try {
      return await inTime(promise, limitMs, () => false);
    } finally {
      this.#heartbeats.delete(eventUuid);
    }
  }

  hasAcknowledged(heartbeatEventUuid: string): void {
    this.#heartbeats.get(heartbeatEventUuid)?.(true);
  }

  /**
   * `@finos/fdc3` 2.2.0 takes the event without having asked for it, and reads the channel then; later ones ask for it,
   * and wait for what is there.
   */
  hearUserChannel(channelId: string, current: readonly GivenContext[]): void {
    this.#event('channelChangedEvent', { newChannelId: channelId });
    if (!this.#hearsChannelChanges()) return;
    for (const context of current) this.#event('broadcastEvent', { channelId, context });
  }

  /** The app itself has joined another user channel, or left it. */
  hearOwnUserChannel(newChannelId: string | null): void {
    if (this.#hearsChannelChanges()) this.#event('channelChangedEvent', { newChannelId });
  }

  #hearsChannelChanges(): boolean {
    return [...this.eventListeners.values()].some(({ privateChannelId }) => privateChannelId === undefined);
  }

  close(): void {
    this.#port.close();
    for (const settle of this.#heartbeats.values()) settle(false);
  }
}
