import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { ProviderConfiguration } from './configuration.ts';

/**
 * Bounds what apps can put before a person unasked: each intent takes a place, and keeps it for as long as a view of it
 * is open.
 */
export function createIntentPlaces({
  recordViewsPerApp,
  recordViews,
}: Pick<ProviderConfiguration['limits'], 'recordViewsPerApp' | 'recordViews'>) {
  const taken = new Map<string, number>();

  return {
    /**
     * @param app Whose intent it is, as people know it.
     * @returns What gives the place back, once.
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
