import { failure, type Outcome } from '../outcomes/failure.ts';
import { systemTimers } from '../time.ts';

export interface QueueLimits {
  /** Requests that are sent to the org at one time. */
  atOnce: number;
  /** How many of them may be requests of apps; the rest is kept for the pages in which a person looks at records. */
  ofAppsAtOnce: number;
  perApp: number;
  waitingPerApp: number;
  /** How many of those at one time may be for nobody who waits; left out, as many as of apps. */
  backgroundAtOnce?: number;
  /** Requests that run for longer count apart, so that the others have their places back; left out: none. */
  long?: { afterMs: number; atOnce: number };
}

/** Who waits for a request: a person who looks at records, somebody who uses an app, nobody. */
export type Rank = 'person' | 'user' | 'background';

export interface QueuedRequest {
  /** Name of the app. All pages of an app count together. */
  app: string;
  rank: Rank;
  /** Removes the request from the queue when aborted. */
  signal: AbortSignal;
}

export type RequestQueue = ReturnType<typeof createRequestQueue>;

const ranks: readonly Rank[] = ['person', 'user', 'background'];

/**
 * Runs requests in turn, one app after another, so that no app has to wait for all requests of another, and those that
 * a person waits for before the others. A browser opens a limited number of connections to a host; some stay free for
 * renewing, revoking and signing out. Written here, as queues on npm have priorities but no turns.
 */
export function createRequestQueue(limits: QueueLimits) {
  const { atOnce, ofAppsAtOnce, perApp, waitingPerApp, backgroundAtOnce = ofAppsAtOnce, long } = limits;
  /** By rank, waiting requests by app, in the order of the apps' turns: the app served last is last. */
  const waiting: Record<Rank, Map<string, (() => void)[]>> = {
    person: new Map(),
    user: new Map(),
    background: new Map(),
  };
  const runningOf = new Map<string, number>();
  let running = 0;
  let runningOfApps = 0;
  let runningInBackground = 0;
  let runningLong = 0;

  function mayStart(app: string, rank: Rank): boolean {
    if (running >= atOnce) return false;
    if (rank === 'person') return true;
    if (rank === 'background' && runningInBackground >= backgroundAtOnce) return false;
    return runningOfApps < ofAppsAtOnce && (runningOf.get(app) ?? 0) < perApp;
  }

  function startWaiting(): void {
    for (const rank of ranks) {
      for (const [app, queue] of waiting[rank]) {
        if (!mayStart(app, rank)) continue;
        const next = queue.shift();
        waiting[rank].delete(app);
        if (queue.length > 0) waiting[rank].set(app, queue);
        next?.();
        return startWaiting();
      }
    }
  }

  function count(app: string, rank: Rank, by: 1 | -1): void {
    running += by;
    if (rank !== 'person') runningOfApps += by;
    if (rank === 'background') runningInBackground += by;
    const own = (runningOf.get(app) ?? 0) + by;
    if (own === 0) runningOf.delete(app);
    else runningOf.set(app, own);
  }

  function turnOf({ app, rank, signal }: QueuedRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = waiting[rank].get(app) ?? [];
      waiting[rank].set(app, queue);
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        count(app, rank, 1);
        resolve();
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(start), 1);
        if (queue.length === 0) waiting[rank].delete(app);
        reject(signal.reason as Error);
      };
      queue.push(start);
      signal.addEventListener('abort', leave, { once: true });
      startWaiting();
    });
  }

  /** Counts a request that runs for long apart from then on. @returns how to end counting it */
  function countUntilEnd({ app, rank }: QueuedRequest): () => void {
    let isLong = false;
    const callOff =
      long &&
      systemTimers.after(long.afterMs, () => {
        if (runningLong >= long.atOnce) return;
        isLong = true;
        runningLong += 1;
        count(app, rank, -1);
        startWaiting();
      });
    return () => {
      callOff?.();
      if (isLong) runningLong -= 1;
      else count(app, rank, -1);
      startWaiting();
    };
  }

  const waitingOf = (app: string): number =>
    ranks.reduce((sum, rank) => sum + (waiting[rank].get(app)?.length ?? 0), 0);

  return {
    /**
     * Runs a request when its turn has come.
     *
     * @returns its outcome; `TOO_MANY_REQUESTS` when too many of the app's requests wait already.
     * @throws the signal's reason when it is aborted before.
     */
    async run<T>(request: QueuedRequest, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
      request.signal.throwIfAborted();
      if (waitingOf(request.app) >= waitingPerApp) {
        return failure(
          'TOO_MANY_REQUESTS',
          `${waitingPerApp} requests of ${request.app} are waiting for their turn already. Wait for some of them before asking for more.`,
        );
      }
      await turnOf(request);
      const end = countUntilEnd(request);
      try {
        return await work();
      } finally {
        end();
      }
    },
  };
}
