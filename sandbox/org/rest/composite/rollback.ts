import type { OrgDatabase } from '../../database/orgDatabase.ts';

/** Leaves a transaction without an error of its own. */
class Rollback extends Error {}

/** Runs `work` in a transaction that is undone when `failed` says so of its result, which is returned either way. */
export function transactionUnless<T>(database: OrgDatabase, work: () => T, failed: (result: T) => boolean): T {
  const outcome: { result?: T } = {};
  try {
    return database.transaction(() => {
      const result = work();
      if (!failed(result)) return result;
      outcome.result = result;
      throw new Rollback();
    });
  } catch (error) {
    if (error instanceof Rollback && 'result' in outcome) return outcome.result as T;
    throw error;
  }
}
