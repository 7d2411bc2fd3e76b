import type { z } from '../zod.ts';
import type { LiveTarget, subscribeRequest } from '../channel/liveMessages.ts';
import { beginCall, type Call } from './call.ts';
import type { ChannelConnection } from './channelConnection.ts';
import { InitializationError } from './errors.ts';
import type { Lane } from './lane.ts';
import { errorCode, log } from './logging.ts';
import { randomId } from './randomId.ts';
import { isObject, type Members } from './reply.ts';

/** The first minor version of the protocol with live data. */
const firstMinor = 7;
const noticeLimitMs = 15_000;

/** Who gets the news of which subscription of this page. */
const receivers = new Map<string, (news: Members) => void>();

/** Hands a `live` message, unchecked, to the subscription that it is for. */
export function deliverLive(payload: unknown): void {
  if (!isObject(payload) || typeof payload.subscriptionId !== 'string' || !isObject(payload.news))
    return log('news of live data could not be read');
  receivers.get(payload.subscriptionId)?.(payload.news);
}

interface Opening {
  sessionId: string;
  target: LiveTarget;
  isLookedAt: boolean;
  cursor: string | undefined;
  mayWait: boolean | undefined;
}

/**
 * A subscription as the provider has it, over the lane or over the channel. It goes with either; a new one, with an id
 * of its own, takes its place.
 */
export class LiveWay {
  readonly channel: ChannelConnection;
  readonly #id = randomId();
  #lane: Lane | undefined;
  readonly #closed = new AbortController();
  #isOpen = false;

  /** @param onNews gets news until {@link close}, whose kind alone is not checked */
  constructor(channel: ChannelConnection, onNews: (news: Members) => void) {
    this.channel = channel;
    receivers.set(this.#id, onNews);
  }

  /**
   * Subscribes.
   *
   * @throws the provider's failure; `channelLost` when the way is lost meanwhile; {@link InitializationError}
   *   `PROTOCOL_MISMATCH` from a provider that knows no live data
   */
  async open(opening: Opening, call: Call): Promise<void> {
    const { channel } = this;
    if (!(typeof channel.minor === 'number' && channel.minor >= firstMinor))
      throw new InitializationError(
        `The Salesforce provider of this desktop knows no live data (it speaks version 1.${String(channel.minor)} of the protocol, and that came with 1.${firstMinor}). Update the Salesforce provider of this desktop.`,
        { code: 'PROTOCOL_MISMATCH' },
      );
    const payload: z.input<typeof subscribeRequest> = { subscriptionId: this.#id, ...opening };
    const lane = (this.#lane = channel.lane);
    if (lane) lane.onLive = deliverLive;
    const onLane = { kind: 'subscribe', requestId: randomId(), ...payload } as const;
    await channel.exchange('live.subscribe', lane ? onLane : payload, call, lane);
    this.#isOpen = true;
    // It was given up while it was under way.
    if (this.#closed.signal.aborted) this.#tell('unsubscribe');
  }

  /** Calls `work` when no news can come any more, but not after {@link close}. */
  whenBroken(work: () => void): void {
    const { signal } = this.#closed;
    if (signal.aborted) return;
    if (this.#broken.aborted) work();
    else this.#broken.addEventListener('abort', work, { signal });
  }

  /** Tells the provider whether somebody looks. */
  look(isLookedAt: boolean): void {
    if (this.#isOpen) this.#tell('look', { isLookedAt });
  }

  /** Nothing of it is told any more. */
  close(): void {
    this.#closed.abort();
    receivers.delete(this.#id);
    if (this.#isOpen) this.#tell('unsubscribe');
  }

  get #broken(): AbortSignal {
    return this.#lane?.ended ?? this.channel.lost;
  }

  /** Failures only mean that the provider has gone, and the subscription with it. */
  #tell(kind: 'look', more: { isLookedAt: boolean }): void;
  #tell(kind: 'unsubscribe'): void;
  #tell(kind: 'look' | 'unsubscribe', more: { isLookedAt: boolean } = { isLookedAt: false }): void {
    if (this.#broken.aborted) return;
    const subscriptionId = this.#id;
    const notice = kind === 'look' ? { subscriptionId, ...more } : { subscriptionId };
    if (this.#lane) return this.#lane.post({ kind, ...notice } as Parameters<Lane['post']>[0]);
    const call = beginCall(noticeLimitMs, unanswered);
    this.channel
      .exchange<'live.look' | 'live.unsubscribe'>(`live.${kind}`, notice, call)
      .catch((error: unknown) => log(`live.${kind} failed: ${errorCode(error)}`))
      .finally(() => call.end());
  }
}

const unanswered = () => new InitializationError('The Salesforce provider did not answer in time.');
