import { delay, inTime, nextPauseMs } from '../time.ts';
import { type Call, until } from './call.ts';
import { ApiError, InitializationError } from './errors.ts';
import { Line, lineLost } from './line.ts';
import { errorCode, log } from './logging.ts';
import type { ExpectedProvider } from './expectedProvider.ts';
import type { OpenFinRuntime } from './openFin.ts';

/** Between two attempts to get back to a provider that went away. */
const backOff = { firstMs: 250, longestMs: 30_000 };

/** What {@link ProviderLink.perform} does when the provider goes away in the middle. */
export interface Recovery {
  /** Whether doing it again does no harm. Asked when the provider has gone. */
  repeatable: () => boolean;
  /** The error for a call that cannot be repeated, or was lost twice. */
  unavailable: () => Error;
}

/** Who is told what comes of itself. */
export interface LinkEvents {
  /** Gets the provider's `state` messages, unchecked. */
  onState(payload: unknown): void;
  /** There is a new line: the first one, or one to a provider that was restarted. */
  onLine(line: Line): void;
}

/** The page's one link to the provider: connects when first needed and replaces its line when the provider restarts. */
export class ProviderLink {
  readonly #runtime: () => OpenFinRuntime;
  readonly #waitMs: number;
  readonly #events: LinkEvents;
  readonly #expected: ExpectedProvider | undefined;
  #line: Line | undefined;
  #opening: Promise<Line> | undefined;
  #trying = false;
  #closed = false;

  /** @param waitMs how long a call waits for a provider that is not there */
  constructor(runtime: () => OpenFinRuntime, waitMs: number, events: LinkEvents, expected?: ExpectedProvider) {
    this.#expected = expected;
    this.#runtime = runtime;
    this.#waitMs = waitMs;
    this.#events = events;
  }

  /**
   * Runs an operation over the current line.
   *
   * @throws what the operation throws, the reason of the call's signal, {@link InitializationError} when no line can be
   *   had, `recovery.unavailable()` when the provider went away and the operation may not be repeated
   */
  async perform<T>(call: Call, recovery: Recovery, operation: (line: Line) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const line = await this.#waitForLine(call);
      try {
        return await operation(line);
      } catch (error) {
        if (error !== lineLost) throw error;
        if (!recovery.repeatable() || attempt === 2) throw recovery.unavailable();
      }
    }
  }

  /** The living line, if there is one. */
  get line(): Line | undefined {
    return this.#line?.lost.aborted === false ? this.#line : undefined;
  }

  /** Connects without being asked for anything, so that state messages arrive. Failures are only logged. */
  connectInBackground(): void {
    void this.#keepTrying(0);
  }

  close(): void {
    this.#closed = true;
    this.#line?.close();
    this.#opening?.then((line) => line.close(), () => undefined);
  }

  async #waitForLine(call: Call): Promise<Line> {
    return inTime(until(this.#open(), call.signal), this.#waitMs, () => {
      throw new InitializationError(
        `No Salesforce provider answered within ${this.#waitMs / 1000} s. Start it (its app.json, or the desktop that ` +
        'includes it), or check that this app runs on the same desktop.',
      );
    });
  }

  #open(): Promise<Line> {
    if (this.line !== undefined) return Promise.resolve(this.line);
    // An attempt outlives the calls that wait for it: the runtime cannot be told to stop waiting for a channel.
    this.#opening ??= this.#establish().finally(() => { this.#opening = undefined; });
    return this.#opening;
  }

  async #establish(): Promise<Line> {
    for (let pauseMs = 0; ; ) {
      try {
        const line = await Line.open(this.#runtime(), this.#events.onState, this.#expected);
        line.lost.throwIfAborted();
        this.#line = line;
        line.lost.addEventListener('abort', () => this.#afterLoss());
        log('connected to the provider');
        this.#events.onLine(line);
        return line;
      } catch (error) {
        if (error !== lineLost || this.#closed) throw error;
        pauseMs = await pauseAfter(pauseMs);
      }
    }
  }

  #afterLoss(): void {
    if (this.#closed) return;
    log('the provider has gone');
    void pauseAfter(0).then((pauseMs) => this.#keepTrying(pauseMs));
  }

  /** @param pauseMs the bound of the pause before, from which the next one grows */
  async #keepTrying(pauseMs: number): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    while (!this.#closed) {
      try {
        await this.#open();
        break;
      } catch (error) {
        log(`no connection to the provider: ${errorCode(error)}`);
        // Anything else is an answer (not allowed, other version): the next call asks again.
        if (!(error instanceof ApiError && error.code === 'PROVIDER_UNAVAILABLE')) break;
        pauseMs = await pauseAfter(pauseMs);
      }
    }
    this.#trying = false;
  }
}

/**
 * Waits anywhere below a bound that grows, so that the apps of a desktop do not all come back at once.
 *
 * @returns the bound
 */
async function pauseAfter(lastMs: number): Promise<number> {
  const boundMs = nextPauseMs(lastMs, backOff);
  await delay(Math.random() * boundMs);
  return boundMs;
}
