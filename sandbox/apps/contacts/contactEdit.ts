/** A contact's form as a value: what it began from, what is typed, what others have made of the contact meanwhile. */
import { differencesOf, type FieldChanges } from '../../../src/record-edit/differences.ts';
import { systemClock } from '../../../src/record-edit/editClock.ts';
import { mergeOf, settled, type Merge } from '../../../src/record-edit/merge.ts';
import type { EditedField, RecordState } from '../../../src/record-edit/recordState.ts';
import type { SaveOutcome } from '../../../src/record-edit/saveEdit.ts';
import type { SaveErrors } from '../../../src/record-edit/saveErrors.ts';
import { editableFields, type ContactField, type ContactRecord, type ContactValues } from './contactRecords.ts';

export interface ContactForm {
  /** Undefined for a new contact. */
  id?: string | undefined;
  values: ContactValues;
  /** The contact that the person has begun from. What differs from it is what they have typed. */
  base: RecordState;
  /** The contact as it is in Salesforce now. */
  theirs: RecordState;
  /** Somebody has deleted the contact, or it may not be seen any more. */
  isGone?: boolean;
  errors: SaveErrors;
  saving: boolean;
  /** What the person has to decide before they can save: both have changed the same. */
  merge?: Merge | undefined;
  /** Fields that they have not decided yet, and have to. */
  missing: readonly string[];
}

export const noErrors: SaveErrors = { general: [], fields: {}, duplicates: [] };
export const editedFields: readonly EditedField[] = editableFields;
const names = editableFields.map(({ name }) => name);

/** The contact as it was read; without one, an empty one. */
export function stateOf(contact?: ContactRecord): RecordState {
  return {
    type: 'Contact',
    id: contact?.Id ?? '',
    fields: Object.fromEntries(names.map((name) => [name, { value: contact?.[name] ?? null }])),
    lastModifiedDate: contact?.LastModifiedDate,
    readAt: systemClock.now(),
  };
}

const inputsOf = ({ fields }: RecordState): ContactValues =>
  Object.fromEntries(names.map((name) => [name, String(fields[name]?.value ?? '')])) as ContactValues;

export function formOf(contact?: ContactRecord): ContactForm {
  const base = stateOf(contact);
  return { id: contact?.Id, values: inputsOf(base), base, theirs: base, errors: noErrors, saving: false, missing: [] };
}

/** The values that the person has typed, and no others: what somebody else has changed meanwhile is left alone. */
export function typedValues({ values, base }: Pick<ContactForm, 'values' | 'base'>): FieldChanges {
  const before = inputsOf(base);
  const typed = names.filter((name) => values[name].trim() !== before[name].trim());
  return Object.fromEntries(typed.map((name) => [name, values[name].trim() || null]));
}

/** Whether something is typed in a form that is not saved. */
export const hasUnsavedWork = (form: ContactForm | undefined): boolean =>
  form !== undefined && Object.keys(typedValues(form)).length > 0;

/** Fields that somebody else has changed since the form was opened, to something else than what is typed here. */
export function changedElsewhere(form: ContactForm): ContactField[] {
  const { conflicts, theirsOnly } = differencesOf(form.base, form.theirs, typedValues(form), names);
  return names.filter((name) => conflicts.includes(name) || theirsOnly.includes(name));
}

/** Takes over what somebody else has changed. */
export function withTheirs(form: ContactForm): ContactForm {
  const theirs = inputsOf(form.theirs);
  const taken = Object.fromEntries(changedElsewhere(form).map((name) => [name, theirs[name]]));
  return { ...form, values: { ...form.values, ...taken }, base: form.theirs };
}

/** Asks the person what is to become of what both have changed. */
export function withMerge(form: ContactForm, theirs: RecordState): ContactForm {
  const { base, values } = form;
  const textOfMine = ({ name }: EditedField) => values[name as ContactField].trim();
  const merge = mergeOf({ base, theirs, mine: typedValues(form), fields: editedFields, textOfMine });
  return { ...form, theirs, merge, missing: [], saving: false };
}

/** The form after a try to save it; none once it is saved. */
export function formAfter(form: ContactForm, outcome: SaveOutcome): ContactForm | undefined {
  switch (outcome.kind) {
    case 'saved':
      return undefined;
    case 'collision':
      return withMerge(form, outcome.theirs);
    case 'gone':
      return { ...form, saving: false, isGone: true };
    case 'refused':
      return { ...form, saving: false, errors: outcome.errors };
  }
}

/** The form when all is decided. */
export function afterMerge(form: ContactForm, merge: Merge): ContactForm {
  const { base, mine } = settled(merge);
  const chosen = Object.fromEntries(Object.entries(mine).map(([name, value]) => [name, String(value ?? '')]));
  return { ...form, base, theirs: base, values: { ...inputsOf(base), ...chosen }, merge: undefined, missing: [] };
}
