import { boundedSignal, longestTimerMs, type BoundedSignal } from '../time.ts';
import { ParameterError } from './errors.ts';
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

/** Ends a call that the caller has not bounded: after `ms`, with this error. */
export interface Limit {
  ms: number;
  error: () => Error;
}

/**
 * Starts a call's clock.
 *
 * @param timedOut makes the error for the caller's own `timeout`
 * @param limit ends the call when the caller set no `timeout`; without it even a provider that vanished in silence
 *   would leave the caller waiting
 * @throws the signal's reason when it is aborted already; {@link ParameterError} for unusable options
 */
export function beginCall(options: CallOptions, timedOut: () => Error, limit: Limit): Call {
  checkOptions(options);
  const { signal, timeout } = options;
  signal?.throwIfAborted();
  const startedAt = performance.now();
  return {
    ...boundedSignal(timeout ?? limit.ms, timeout === undefined ? limit.error : timedOut, signal),
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
