import { changedFields } from '../record-edit/differences.ts';
import { mergeOf, settled, type Merge } from '../record-edit/merge.ts';
import { changedBy, textOf, type EditedField, type RecordState } from '../record-edit/recordState.ts';
import type { GoneReason } from '../record-edit/refusals.ts';
import type { SaveErrors } from '../record-edit/saveErrors.ts';
import type { NamedDuplicates } from './duplicateNames.ts';
import { changesOf, inputsOf, lookupsOf, textOfTyped, type EditForm } from './editForm.ts';
import type { FormField, FormValues } from './formFields.ts';
import { emptyLookup, isUnpicked, type LookupState } from './lookupState.ts';

export const noErrors: SaveErrors = { general: [], fields: {}, duplicates: [] };

/** An edit of a record: its form, what is typed in it, and what others do to the record meanwhile. */
export interface OpenEdit {
  kind: 'open';
  form: EditForm;
  values: FormValues;
  lookups: Readonly<Record<string, LookupState>>;
  errors: SaveErrors;
  /** What a duplicate rule has found. */
  duplicates: NamedDuplicates[];
  /** What somebody else has made of a field meanwhile, by name. */
  elsewhere: Readonly<Record<string, string>>;
  /** What the person has to decide before they can save: both have changed the same. */
  merge: Merge | undefined;
  /** Fields that they have not decided yet, and have to. */
  missing: readonly string[];
  gone: GoneReason | undefined;
  isSaving: boolean;
}

export type EditState = { kind: 'loading' } | { kind: 'unavailable'; message: string } | OpenEdit;

/** What is kept of an edit while its person is away. */
export interface KeptEdit {
  type: string;
  id: string;
  edit: OpenEdit;
}

/** An edit in which nothing is typed yet. */
export function openEdit(form: EditForm): OpenEdit {
  return {
    kind: 'open',
    form,
    values: inputsOf(form, form.base),
    lookups: lookupsOf(form, form.base),
    errors: noErrors,
    duplicates: [],
    elsewhere: {},
    merge: undefined,
    missing: [],
    gone: undefined,
    isSaving: false,
  };
}

const clockTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** What somebody else has made of the fields of a form since it was loaded, in sentences, by name. */
export function newsOf({ fields, base }: EditForm, theirs: RecordState): Record<string, string> {
  const who = changedBy(theirs) ?? 'somebody';
  const at = theirs.lastModifiedDate ? ` at ${clockTime.format(new Date(theirs.lastModifiedDate))}` : '';
  const names = changedFields(
    base,
    theirs,
    fields.map(({ name }) => name),
  );
  const changed = fields.filter(({ name }) => names.includes(name));
  return Object.fromEntries(
    changed.map((field) => {
      const text = textOf(theirs, field);
      return [field.name, `${text === '' ? 'emptied' : `changed to “${text}”`} by ${who}${at}`];
    }),
  );
}

/** What keeps the form from being sent at all. */
export function faultsOf(
  fields: readonly FormField[],
  values: FormValues,
  lookups: Readonly<Record<string, LookupState>>,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name, required }) => {
      if (isUnpicked(lookups[name])) return [[name, 'Pick one of the records that were found, or empty this field.']];
      return required && String(values[name] ?? '').trim() === '' ? [[name, 'Complete this field.']] : [];
    }),
  );
}

/** What a field's input holds after the choice: the record's value, what was typed, or what it was before. */
function valueAfter(open: OpenEdit, theirs: FormValues, mine: object, name: string): string | boolean {
  if (!Object.hasOwn(mine, name)) return theirs[name] ?? '';
  const isConflict = open.merge?.rows.some(({ field, isConflict: both }) => field.name === name && both);
  const isTyped = isConflict || Object.hasOwn(changesOf(open.form, open.values), name);
  return (isTyped ? open.values[name] : inputsOf(open.form, open.form.base)[name]) ?? '';
}

/** The lookups whose choice is the person's own. */
function keptLookups(open: OpenEdit, mine: object): Record<string, LookupState> {
  const before = lookupsOf(open.form, open.form.base);
  const typed = changesOf(open.form, open.values);
  return Object.fromEntries(
    open.form.fields.flatMap(({ name, input }) => {
      if (input !== 'lookup' || !Object.hasOwn(mine, name)) return [];
      const lookup = Object.hasOwn(typed, name) ? open.lookups[name] : before[name];
      return [[name, lookup ?? emptyLookup]];
    }),
  );
}

/** The edit when its person is to choose: both have changed the same. */
export function withMerge(open: OpenEdit, theirs: RecordState): OpenEdit {
  const { form, values, lookups } = open;
  const textOfMine = (field: EditedField): string =>
    textOfTyped(
      form.fields.find(({ name }) => name === field.name)!,
      values,
      lookups,
    );
  const merge = mergeOf({ base: form.base, theirs, mine: changesOf(form, values), fields: form.fields, textOfMine });
  return { ...open, merge, missing: [], isSaving: false, elsewhere: newsOf(form, theirs) };
}

/** The edit when all is chosen: what it begins from is the record as it is now. */
export function afterMerge(open: OpenEdit, merge: Merge): OpenEdit {
  const { base, mine } = settled(merge);
  const form = { ...open.form, base };
  const theirs = inputsOf(form, base);
  const values = form.fields.map(({ name }) => [name, valueAfter(open, theirs, mine, name)] as const);
  const lookups = { ...lookupsOf(form, base), ...keptLookups(open, mine) };
  const over = { merge: undefined, missing: [], elsewhere: {} };
  return { ...open, ...over, form, values: Object.fromEntries(values), lookups };
}
