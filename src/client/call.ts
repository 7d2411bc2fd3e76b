import { boundedSignal, longestTimerMs, type BoundedSignal } from '../time.ts';
import { ApiRequestError, ParameterError } from './errors.ts';
import { isObject } from './reply.ts';

/** The last argument of `connect`, `getConnection` and `executeApiRequest`. */
export interface CallOptions {
  /** Gives the call up: it rejects at once with the signal's reason, and the provider is told to stop. */
  signal?: AbortSignal | undefined;
  /** Gives the call up after this many milliseconds: it rejects with `ApiRequestError` code `REQUEST_TIMED_OUT`. */
  timeout?: number | undefined;
}

/** One call in progress. Every wait on its way listens to its signal, so that no call can hang. */
export interface Call extends BoundedSignal {
  /** Milliseconds left of the caller's own `timeout`, for the provider to know. */
  remainingMs(): number | undefined;
}

/**
 * Starts a call's clock.
 *
 * @param limitMs ends the call when the caller set no `timeout`, with the error that `unanswered` makes; without it
 *   even a provider that vanished in silence would leave the caller waiting
 * @param what the call is, for the error after the caller's own `timeout`
 * @throws the signal's reason when it is aborted already; {@link ParameterError} for unusable options
 */
export function beginCall(limitMs: number, unanswered: () => Error, options: CallOptions = {}, what = 'It'): Call {
  checkOptions(options);
  const { signal, timeout } = options;
  signal?.throwIfAborted();
  const startedAt = performance.now();
  const timedOut = () =>
    new ApiRequestError(`${what} took longer than its timeout of ${timeout} ms.`, undefined, {
      code: 'REQUEST_TIMED_OUT',
    });
  return {
    ...boundedSignal(timeout ?? limitMs, timeout === undefined ? unanswered : timedOut, signal),
    remainingMs: () =>
      timeout === undefined ? undefined : Math.max(1, Math.ceil(timeout - (performance.now() - startedAt))),
  };
}

function checkOptions(options: CallOptions): void {
  if (!isObject(options)) throw new ParameterError('The options must be an object: { signal, timeout }');
  const { signal, timeout } = options as Record<keyof CallOptions, unknown>;
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new ParameterError('signal must be an AbortSignal');
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout > 0 && timeout <= longestTimerMs)) {
    throw new ParameterError('timeout must be a positive number of milliseconds, at most 24 days');
  }
}

/** Waits for `work`, but rejects with the reason of the first of the signals that aborts. */
export function until<T>(work: Promise<T>, ...signals: AbortSignal[]): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = new AbortController();
    for (const signal of signals) {
      const give = () => {
        stop.abort();
        reject(signal.reason as Error);
      };
      if (signal.aborted) give();
      else signal.addEventListener('abort', give, { signal: stop.signal });
    }
    work.then(resolve, reject).finally(() => stop.abort());
  });
}
