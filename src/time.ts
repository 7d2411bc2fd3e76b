import { deferred } from './deferred.ts';

/** What waits. A simulated day, and a place that ends before its process does, pass their own. */
export interface Timers {
  /** Does the work once, after so many milliseconds. @returns what calls it off. */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Timers of engines overflow beyond it (24 days), and then fire at once (HTML, "timers"). */
export const longestTimerMs = 2 ** 31 - 1;

/** A signal that aborts after so many milliseconds, however many, with a `TimeoutError`. */
export function timeoutSignal(milliseconds: number): AbortSignal {
  return AbortSignal.timeout(Math.min(milliseconds, longestTimerMs));
}

/** Waits so many milliseconds; ends early, and well, when the signal is aborted. */
export async function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = deferred<void>();
  const callOff = systemTimers.after(milliseconds, resolve);
  const end = (): void => resolve();
  signal?.addEventListener('abort', end);
  await promise;
  callOff();
  signal?.removeEventListener('abort', end);
}

/**
 * Waits for a promise, and no longer than so many milliseconds.
 *
 * @param late Called when the time is over first: what the wait comes to then, or the error that it throws.
 */
export async function inTime<T, Late = never>(
  work: Promise<T>,
  milliseconds: number,
  late: () => Late | Promise<Late>,
  timers = systemTimers,
): Promise<T | Late> {
  const { promise: over, resolve } = deferred<void>();
  const callOff = timers.after(milliseconds, resolve);
  try {
    return await Promise.race([work, over.then(late)]);
  } finally {
    callOff();
  }
}

/** A signal with a bound. */
export interface BoundedSignal {
  readonly signal: AbortSignal;
  /** Must be called when nobody listens any more: stops its clock. */
  end(): void;
}

/**
 * A signal that aborts after so many milliseconds, or with another one.
 *
 * @param late The reason that it has then.
 * @param other Hands its own reason on.
 */
export function boundedSignal(milliseconds: number, late: () => unknown, other?: AbortSignal): BoundedSignal {
  const controller = new AbortController();
  const follow = (): void => controller.abort(other?.reason);
  if (other?.aborted) follow();
  other?.addEventListener('abort', follow);
  const callOff = systemTimers.after(milliseconds, () => controller.abort(late()));
  return {
    signal: controller.signal,
    end() {
      callOff();
      other?.removeEventListener('abort', follow);
    },
  };
}

/** The bounds of pauses between tries that fail one after another. */
export interface BackOff {
  firstMs: number;
  longestMs: number;
}

/** The pause after a pause of so many milliseconds: twice as long, within the bounds. */
export function nextPauseMs(lastMs: number, { firstMs, longestMs }: BackOff): number {
  return Math.min(longestMs, Math.max(firstMs, lastMs * 2));
}
