import type { Outcome } from '../../outcomes/failure.ts';
import type { Asked } from './orgQueries.ts';

/**
 * What may have changed of an object. The shape holds what Change Data Capture tells as well: one event with many ids,
 * `any` for wildcard ids and for an overflow, which has none (Change Data Capture Developer Guide, "Change Event
 * Fields", "Gap Events", "Overflow Events").
 */
export interface ObjectChange {
  readonly ids: ReadonlySet<string> | 'any';
  /** When it was asked for, by the clock of this computer: rows that were read before may be older. */
  readonly asOf: number;
}

/** Where changes of a session's org come from. They tell that something has changed: what it is now is read. */
export interface ChangeSource {
  /**
   * What may have changed of an object since it was asked for last; nothing the first time, from which on it is
   * watched. Never asked for twice at a time.
   *
   * @returns a failure where the org does not say; the next answer then goes back as far
   */
  changes(sObject: string, how: Asked): Promise<Outcome<ObjectChange>>;

  /** What may have changed of an object since a position, whoever has asked for it meanwhile. */
  changesSince(sObject: string, position: number, how: Asked): Promise<Outcome<ObjectChange>>;

  /** When an object was first asked for, by the clock of this computer: only what was read later is watched. */
  watchedSince(sObject: string): number | undefined;

  /** How far the changes of an object are told, in the org's own time; undefined while it is not watched. */
  position(sObject: string): number | undefined;

  /** Watches these objects and no others any more. */
  keep(sObjects: ReadonlySet<string>): void;
}
