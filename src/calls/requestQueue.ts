import { failure, type Outcome } from '../outcomes/failure.ts';

export interface QueueLimits {
  /** Requests that are sent to the org at one time. */
  atOnce: number;
  /** How many of them may be requests of apps; the rest is kept for the pages in which a person looks at records. */
  ofAppsAtOnce: number;
  perApp: number;
  waitingPerApp: number;
}

export interface QueuedRequest {
  /** Name of the app. All pages of an app count together. */
  app: string;
  /** True for requests of the provider's own pages, which do not wait for apps. */
  isPersons: boolean;
  /** Removes the request from the queue when aborted. */
  signal: AbortSignal;
}

export type RequestQueue = ReturnType<typeof createRequestQueue>;

/**
 * Runs requests in turn, one app after another, so that no app has to wait for all requests of another. A browser opens
 * a limited number of connections to a host; some stay free for renewing, revoking and signing out. Written here, as
 * queues on npm have priorities but no turns.
 */
export function createRequestQueue({ atOnce, ofAppsAtOnce, perApp, waitingPerApp }: QueueLimits) {
  /** Waiting requests by app, in the order of the apps' turns: the app served last is last. */
  const waiting = new Map<string, { isPersons: boolean; start: () => void }[]>();
  const runningOf = new Map<string, number>();
  let running = 0;
  let runningOfApps = 0;

  function mayStart(app: string, isPersons: boolean): boolean {
    if (running >= atOnce) return false;
    return isPersons || (runningOfApps < ofAppsAtOnce && (runningOf.get(app) ?? 0) < perApp);
  }

  function startWaiting(): void {
    const inOrder = [...waiting].sort(
      ([, [a]], [, [b]]) => Number(b?.isPersons ?? false) - Number(a?.isPersons ?? false),
    );
    for (const [app, queue] of inOrder) {
      const [next] = queue;
      if (!next || !mayStart(app, next.isPersons)) continue;
      queue.shift();
      waiting.delete(app);
      if (queue.length > 0) waiting.set(app, queue);
      next.start();
      return startWaiting();
    }
  }

  function count(app: string, isPersons: boolean, by: 1 | -1): void {
    running += by;
    if (!isPersons) runningOfApps += by;
    const own = (runningOf.get(app) ?? 0) + by;
    if (own === 0) runningOf.delete(app);
    else runningOf.set(app, own);
  }

  function turnOf({ app, isPersons, signal }: QueuedRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = waiting.get(app) ?? [];
      waiting.set(app, queue);
      const entry = {
        isPersons,
        start() {
          signal.removeEventListener('abort', leave);
          count(app, isPersons, 1);
          resolve();
        },
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(entry), 1);
        if (queue.length === 0) waiting.delete(app);
        reject(signal.reason as Error);
      };
      queue.push(entry);
      signal.addEventListener('abort', leave, { once: true });
      startWaiting();
    });
  }

  return {
    /**
     * Runs a request when its turn has come.
     *
     * @returns its outcome; `TOO_MANY_REQUESTS` when too many of the app's requests wait already.
     * @throws the signal's reason when it is aborted before.
     */
    async run<T>(request: QueuedRequest, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
      request.signal.throwIfAborted();
      if ((waiting.get(request.app)?.length ?? 0) >= waitingPerApp) {
        return failure(
          'TOO_MANY_REQUESTS',
          `${waitingPerApp} requests of ${request.app} are waiting for their turn already. Wait for some of them before asking for more.`,
        );
      }
      await turnOf(request);
      try {
        return await work();
      } finally {
        count(request.app, request.isPersons, -1);
        startWaiting();
      }
    },
  };
}
