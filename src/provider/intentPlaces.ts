import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { ProviderConfiguration } from './configuration.ts';

/**
 * Bounds how many intents of an app can be open at a time, as each can show something to the person unasked. An intent
 * counts until it is answered and its view is closed.
 */
export function createIntentPlaces({
  recordViewsPerApp,
  recordViews,
}: Pick<ProviderConfiguration['limits'], 'recordViewsPerApp' | 'recordViews'>) {
  const taken = new Map<string, number>();

  return {
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
