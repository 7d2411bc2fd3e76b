import { deferred } from './deferred.ts';

/** Timers. Tests with a simulated clock, and a provider that ends before its process does, pass their own. */
export interface Timers {
  /**
   * Calls `work` once, after so many milliseconds.
   *
   * @returns a function that cancels it.
   */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Longest delay of a timer (24 days): beyond it engines overflow and fire at once (HTML, "timers"). */
export const longestTimerMs = 2 ** 31 - 1;

/** The reason of a signal whose time is over (DOM, "AbortSignal.timeout"). */
export const timeoutError = (): DOMException => new DOMException('It took too long.', 'TimeoutError');

/** Waits so many milliseconds. When the signal is aborted, resolves at once. */
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
 * Waits for a promise, but no longer than so many milliseconds.
 *
 * @param late Called when the time is over: its result is that of the wait, or it throws.
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
 * A signal that aborts after so many milliseconds, or when `other` does. Not `AbortSignal.any` of the two: Node.js 20
 * collects what that returns while somebody waits for it, who then waits for ever.
 *
 * @param late Makes the reason of an abort for time.
 * @param other Its reason is passed on.
 */
export function boundedSignal(milliseconds: number, late: () => unknown, other?: AbortSignal): BoundedSignal {
  const controller = new AbortController();
  const follow = (): void => controller.abort(other?.reason);
  if (other?.aborted) follow();
  other?.addEventListener('abort', follow);
  const callOff = systemTimers.after(Math.min(milliseconds, longestTimerMs), () => controller.abort(late()));
  return {
    signal: controller.signal,
    end() {
      callOff();
      other?.removeEventListener('abort', follow);
    },
  };
}

/** Bounds of the pauses between attempts that fail one after another. */
export interface BackOff {
  firstMs: number;
  longestMs: number;
}

/** The pause after a pause of so many milliseconds: twice as long, within the bounds. */
export function nextPauseMs(lastMs: number, { firstMs, longestMs }: BackOff): number {
  return Math.min(longestMs, Math.max(firstMs, lastMs * 2));
}
