import { delay, inTime, nextPauseMs } from '../time.ts';
import { type Call, until } from './call.ts';
import { ApiError, InitializationError } from './errors.ts';
import { ChannelConnection, channelLost } from './channelConnection.ts';
import { errorCode, log } from './logging.ts';
import type { ExpectedProvider } from './expectedProvider.ts';
import type { OpenFinRuntime } from './openFin.ts';

/** Pauses between two attempts to reconnect to a provider that went away. */
const backOff = { firstMs: 250, longestMs: 30_000 };

/** What {@link ProviderConnection.perform} does when the provider goes away in the middle. */
export interface Recovery {
  /** Whether the operation may be repeated. Asked when the provider has gone. */
  repeatable: () => boolean;
  /** The error for a call that cannot be repeated, or was lost twice. */
  unavailable: () => Error;
}

/**
 * The only connection of this page to the provider: made when first needed, with a new channel when the provider
 * restarts.
 */
export class ProviderConnection {
  readonly #runtime: () => OpenFinRuntime;
  readonly #waitMs: number;
  readonly #onChannel: (channel: ChannelConnection) => void;
  readonly #expected: ExpectedProvider | undefined;
  #channel: ChannelConnection | undefined;
  #opening: Promise<ChannelConnection> | undefined;
  #trying = false;
  #closed = false;

  /**
   * @param waitMs how long a call waits for a provider that is not there
   * @param onChannel told of each new channel: the first one, and those to a provider that was restarted
   */
  constructor(
    runtime: () => OpenFinRuntime,
    waitMs: number,
    onChannel: (channel: ChannelConnection) => void,
    expected?: ExpectedProvider,
  ) {
    this.#expected = expected;
    this.#runtime = runtime;
    this.#waitMs = waitMs;
    this.#onChannel = onChannel;
  }

  /**
   * Runs an operation over the current channel, and ends its call.
   *
   * @throws what the operation throws, the reason of the call's signal, {@link InitializationError} when no channel
   *   can be had, `recovery.unavailable()` when the provider went away and the operation may not be repeated
   */
  async perform<T>(call: Call, recovery: Recovery, operation: (channel: ChannelConnection) => Promise<T>): Promise<T> {
    try {
      for (let attempt = 1; ; attempt++) {
        const channel = await this.#waitForChannel(call);
        try {
          return await operation(channel);
        } catch (error) {
          if (error !== channelLost) throw error;
          if (!recovery.repeatable() || attempt === 2) throw recovery.unavailable();
        }
      }
    } finally {
      call.end();
    }
  }

  /** The living channel, if there is one. */
  get channel(): ChannelConnection | undefined {
    return this.#channel?.lost.aborted === false ? this.#channel : undefined;
  }

  /** Connects although the app makes no call, so that state messages arrive. Failures are only logged. */
  connectInBackground(): void {
    void this.#keepTrying(0);
  }

  close(): void {
    this.#closed = true;
    this.#channel?.close();
    this.#opening?.then(
      (channel) => channel.close(),
      () => undefined,
    );
  }

  async #waitForChannel(call: Call): Promise<ChannelConnection> {
    // Most calls find one, and pay for no clock.
    return (
      this.channel ??
      inTime(until(this.#open(), call.signal), this.#waitMs, () => {
        throw new InitializationError(
          `No Salesforce provider answered within ${this.#waitMs / 1000} s. Start it, or its desktop, and check that ` +
            'this app runs there.',
        );
      })
    );
  }

  #open(): Promise<ChannelConnection> {
    // An attempt outlives the calls that wait for it: the runtime cannot be told to stop waiting for a channel.
    this.#opening ??= this.#establish().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #establish(): Promise<ChannelConnection> {
    for (let pauseMs = 0; ;) {
      try {
        const channel = await ChannelConnection.open(this.#runtime(), this.#expected);
        channel.lost.throwIfAborted();
        this.#channel = channel;
        channel.lost.addEventListener('abort', () => this.#afterLoss());
        log('connected to the provider');
        this.#onChannel(channel);
        return channel;
      } catch (error) {
        if (error !== channelLost || this.#closed) throw error;
        pauseMs = await pauseAfter(pauseMs);
      }
    }
  }

  #afterLoss(): void {
    if (this.#closed) return;
    log('the provider has gone');
    void pauseAfter(0).then((pauseMs) => this.#keepTrying(pauseMs));
  }

  /** @param pauseMs bound of the last pause; that of the next one is twice as long */
  async #keepTrying(pauseMs: number): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    while (!this.#closed && !this.channel) {
      try {
        await this.#open();
        break;
      } catch (error) {
        log(`no connection to the provider: ${errorCode(error)}`);
        // Any other error is an answer of the provider (not allowed, other version): the next call asks again.
        if (!(error instanceof ApiError && error.code === 'PROVIDER_UNAVAILABLE')) break;
        pauseMs = await pauseAfter(pauseMs);
      }
    }
    this.#trying = false;
  }
}

/**
 * Waits for a random time below a bound that doubles with each attempt, so that the apps of a desktop do not all
 * reconnect at the same moment.
 *
 * @returns the bound
 */
async function pauseAfter(lastMs: number): Promise<number> {
  const boundMs = nextPauseMs(lastMs, backOff);
  await delay(Math.random() * boundMs);
  return boundMs;
}
