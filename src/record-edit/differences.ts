import type { RecordState } from './recordState.ts';

/** Values of the User Interface API, by field. */
export type FieldChanges = Readonly<Record<string, unknown>>;

/** What two people have done to one record since both saw it the same. */
export interface Differences {
  /** Fields that both have changed, to different values. */
  conflicts: string[];
  /** Fields that only the other has changed. */
  theirsOnly: string[];
  /** Fields that are to be written: those of mine that are not there yet. */
  toWrite: string[];
}

/** Salesforce keeps no empty text: it is nothing, and so are spaces around one. A form ends lines in its own way. */
const plain = (value: unknown): unknown =>
  typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') || null : (value ?? null);

/** A list of picklist values is the same in any order. */
const isList = (value: unknown): value is string => typeof value === 'string' && /^[^;]+(;[^;]+)+$/.test(value);

/** Whether both values say the same in a field. */
export function isSameValue(left: unknown, right: unknown): boolean {
  const [a, b] = [plain(left), plain(right)];
  if (isList(a) && isList(b)) return a.split(';').sort().join(';') === b.split(';').sort().join(';');
  // Compound values such as an address.
  if (typeof a === 'object' && typeof b === 'object') return JSON.stringify(a) === JSON.stringify(b);
  return a === b;
}

/** The fields whose value differs between two states of a record. Fields that one of them lacks are not compared. */
export function changedFields(before: RecordState, after: RecordState, names: readonly string[]): string[] {
  return names.filter((name) => {
    const [left, right] = [before.fields[name], after.fields[name]];
    return left !== undefined && right !== undefined && !isSameValue(left.value, right.value);
  });
}

/**
 * Compares what two people have done to a record (a three-way merge, field by field).
 *
 * @param base The record as it was when the edit began.
 * @param theirs The record as it is now.
 * @param mine What the person has typed, and nothing else.
 * @param names The fields that are edited.
 */
export function differencesOf(
  base: RecordState,
  theirs: RecordState,
  mine: FieldChanges,
  names: readonly string[],
): Differences {
  const changed = changedFields(base, theirs, names);
  const isThere = (name: string): boolean => isSameValue(mine[name], theirs.fields[name]?.value);
  const isMine = (name: string): boolean => Object.hasOwn(mine, name);
  return {
    conflicts: changed.filter((name) => isMine(name) && !isThere(name)),
    theirsOnly: changed.filter((name) => !isMine(name)),
    toWrite: Object.keys(mine).filter((name) => theirs.fields[name] === undefined || !isThere(name)),
  };
}
