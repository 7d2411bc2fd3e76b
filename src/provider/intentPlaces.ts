import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { ProviderConfiguration } from './configuration.ts';

/** So often can an app bring views to the front at once, and after that once in so long. */
const fronts = { atOnce: 8, everyMs: 15_000 };

/**
 * Bounds how many intents of an app can be open at a time, as each can show something to the person unasked. An intent
 * counts until it is answered and its view is closed. What it brings to the front, as it was there, is bounded over
 * time: no app takes the focus from a person again and again.
 */
export function createIntentPlaces(
  { recordViewsPerApp, recordViews }: Pick<ProviderConfiguration['limits'], 'recordViewsPerApp' | 'recordViews'>,
  now: () => number = Date.now,
) {
  const taken = new Map<string, number>();
  /** By app: when all that it has brought to the front will be as if it had not. */
  const rested = new Map<string, number>();

  return {
    /**
     * An intent of the app would bring a view to the front.
     *
     * @returns `TOO_MANY_REQUESTS` when it may not.
     */
    bringToFront(app: string): Outcome<null> {
      const at = now();
      const known = rested.get(app) ?? at;
      // Further away than it can be: the clock was set back.
      const until = known > at + fronts.atOnce * fronts.everyMs ? at : known;
      if (until > at + (fronts.atOnce - 1) * fronts.everyMs)
        return failure(
          'TOO_MANY_REQUESTS',
          `${app} has brought records to the front again and again. Wait a little and try again.`,
        );
      rested.set(app, Math.max(until, at) + fronts.everyMs);
      return success(null);
    },

    /**
     * @param app Name of the app that raised the intent.
     * @returns a function that frees the place, once; `TOO_MANY_REQUESTS` when all of the app's, or of the desktop's,
     *   are taken.
     */
    take(app: string): Outcome<() => void> {
      const own = taken.get(app) ?? 0;
      const all = [...taken.values()].reduce((sum, count) => sum + count, 0);
      if (own >= recordViewsPerApp)
        return failure(
          'TOO_MANY_REQUESTS',
          `${app} has ${own} records open or on their way, and may have no more at once. Close one of them and try again.`,
        );
      if (all >= recordViews)
        return failure(
          'TOO_MANY_REQUESTS',
          `${all} records are open or on their way on this desktop, and there may be no more at once. Close one of them and try again.`,
        );
      taken.set(app, own + 1);
      let isTaken = true;
      return success(() => {
        if (!isTaken) return;
        isTaken = false;
        const left = (taken.get(app) ?? 1) - 1;
        if (left > 0) taken.set(app, left);
        else taken.delete(app);
      });
    },
  };
}
