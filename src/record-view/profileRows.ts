import type { ProfileValue } from '../channel/protocol.ts';
import { isSameValue, type FieldChanges } from '../record-edit/differences.ts';
import { textOf, type RecordState } from '../record-edit/recordState.ts';
import { apiValueOf, type FormField } from './formFields.ts';

/** What is in Salesforce and what an app says, for one field. */
export interface ProfileRow {
  field: FormField;
  /** As the person reads it; empty for none. */
  current: string;
  proposed: string;
  /** As the User Interface API takes it. */
  value: unknown;
  /** Both say the same; there is nothing yet; there is something else; or this person may not change it. */
  kind: 'same' | 'empty' | 'different' | 'locked';
}

const fewestDigits = 7;

/** A number without what it is written with, and without the zeros that lead out of a country or a city. */
const digitsOf = (text: string): string => text.replaceAll(/\D/g, '').replace(/^0+/, '');

function isSameNumber(one: string, other: string): boolean {
  const [shorter, longer] = [digitsOf(one), digitsOf(other)].sort((a, b) => a.length - b.length) as [string, string];
  return shorter === longer || (shorter.length >= fewestDigits && longer.endsWith(shorter));
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
const address = (text: string): string =>
  plain(text)
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/$/, '');

/** Whether a person would say that both are the same: nobody is asked about an upper case letter or a space. */
export function isSameToPerson({ input }: Pick<FormField, 'input'>, current: string, proposed: string): boolean {
  if (input === 'tel') return isSameNumber(current, proposed);
  return input === 'url' ? address(current) === address(proposed) : plain(current) === plain(proposed);
}

/** What stands in a field: of a lookup the id of the record. */
const rawOf = (state: RecordState, field: FormField): string => {
  const { value } = state.fields[field.name] ?? {};
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/**
 * Compares what an app says with a record. Of several fields that may hold a value, one that has it already counts, and
 * else the first that the record has.
 *
 * @param fields The fields of the record that this person sees, by name.
 * @param isLocked Whether they may not change one.
 */
export function profileRows(
  values: readonly ProfileValue[],
  fields: ReadonlyMap<string, FormField>,
  state: RecordState,
  isLocked: (name: string) => boolean,
): ProfileRow[] {
  return values.flatMap(({ fields: names, value, text }): ProfileRow[] => {
    const known = names.flatMap((name) => fields.get(name) ?? []);
    const isThere = (field: FormField): boolean => {
      const raw = rawOf(state, field);
      return raw !== '' && (field.input === 'lookup' ? raw === value : isSameToPerson(field, raw, value));
    };
    const field = known.find(isThere) ?? known[0];
    if (!field) return [];
    const current = textOf(state, field);
    const kind = isThere(field) ? 'same' : isLocked(field.name) ? 'locked' : current === '' ? 'empty' : 'different';
    return [{ field, current, proposed: text ?? value, value: apiValueOf(field, value), kind }];
  });
}

/** What is ticked at first: fields in which nothing stands. What somebody has filled is theirs. */
export const firstTicks = (rows: readonly ProfileRow[]): string[] =>
  rows.filter(({ kind }) => kind === 'empty').map(({ field }) => field.name);

/** What is written: what is ticked, and nothing else. */
export function changesOf(rows: readonly ProfileRow[], ticked: readonly string[]): FieldChanges {
  const chosen = rows.filter(({ field, kind }) => kind !== 'same' && kind !== 'locked' && ticked.includes(field.name));
  return Object.fromEntries(chosen.map(({ field, value }) => [field.name, value]));
}

/**
 * The ticks once somebody else has changed the record: what they have written in the meantime is not overwritten unless
 * the person ticks it again.
 */
export function ticksAfter(
  rows: readonly ProfileRow[],
  ticked: readonly string[],
  before: RecordState,
  theirs: RecordState,
): { ticked: string[]; changed: string[] } {
  const isChanged = (name: string): boolean => !isSameValue(before.fields[name]?.value, theirs.fields[name]?.value);
  const changed = rows.filter(({ field }) => isChanged(field.name)).map(({ field }) => field.name);
  return { ticked: ticked.filter((name) => !changed.includes(name)), changed };
}
