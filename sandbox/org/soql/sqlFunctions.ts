import type { SqlEngine, SqlValue } from '../database/sqlEngine.ts';
import { formatDate, formatDateTime, parseStored } from '../database/storedDate.ts';
import { greatCircleDistance } from './fieldExpression.ts';
import { toLocal } from './timeZone.ts';

/** Who is asking; SQL functions read it while a statement runs. */
export interface Asker {
  userId: string;
  timeZone: string;
}

/** Adds the `sf_…` functions that compiled queries and calculated fields use. */
export function defineSqlFunctions(engine: SqlEngine, asker: Asker, now: () => number): void {
  const local = (milliseconds: number): number => toLocal(milliseconds, asker.timeZone);
  engine.defineFunction('sf_now', () => formatDateTime(now()));
  engine.defineFunction('sf_today', () => formatDate(local(now())));
  engine.defineFunction('sf_user', () => asker.userId);
  engine.defineFunction('sf_fold', (text: SqlValue) => (typeof text === 'string' ? text.toLowerCase() : text));
  engine.defineFunction('sf_local', (stored: SqlValue) =>
    typeof stored === 'string' ? formatDateTime(local(parseStored(stored))) : null,
  );
  engine.defineFunction('sf_distance', greatCircleDistance as (...values: never[]) => SqlValue);
}
