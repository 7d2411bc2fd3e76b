import { apiPaths } from '../salesforce/apiPaths.ts';
import type { FieldChanges } from '../record-edit/differences.ts';
import { recordStateOf, textOf, type RecordState } from '../record-edit/recordState.ts';
import {
  apiValueOf,
  formSectionsOf,
  inputValueOf,
  optionsOf,
  type FormField,
  type FormSection,
  type FormValues,
} from './formFields.ts';
import type { LookupState } from './lookupState.ts';
import { loadPicklists } from './newRecord.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import { UnreadableRecordError } from './recordPage.ts';
import { MASTER_RECORD_TYPE, recordUi, type FieldInfo } from './uiApi.ts';

/** The form of an existing record. */
export interface EditForm {
  sections: FormSection[];
  /** The fields of all sections. */
  fields: FormField[];
  /** The record as it was when the form was loaded. */
  base: RecordState;
}

/**
 * Loads the form for a record: the fields of the org's own layout for editing that this person may change, with the
 * picklists of the record's type.
 *
 * @throws ApiRequestError as the client does; UnreadableRecordError.
 * @see User Interface API guide, "Get Record Data and Object Metadata"
 */
export async function loadEditForm(
  api: RecordApi,
  { type, id }: { type: string; id: string },
  signal?: AbortSignal,
): Promise<EditForm> {
  const path = apiPaths.recordUi([id], 'Edit', [`${type}.CurrencyIsoCode`]);
  const answer = recordUi.safeParse(await callApi(api, path, { signal, maxAge: 0 }));
  const record = answer.success ? Object.values(answer.data.records)[0] : undefined;
  const info = record && answer.data?.objectInfos[record.apiName];
  const base = recordStateOf(record);
  if (!record || !info || !base) throw new UnreadableRecordError();
  const recordType = record.recordTypeId ?? info.defaultRecordTypeId ?? MASTER_RECORD_TYPE;
  const layouts = answer.data?.layouts[record.apiName] ?? {};
  const layout = (layouts[recordType] ?? Object.values(layouts)[0])?.['Full']?.['Edit'] ?? { sections: [] };
  const picklists = await loadPicklists(api, info, recordType, signal);
  const currency = record.fields['CurrencyIsoCode']?.value;
  const sections = formSectionsOf({
    layout,
    info,
    picklists,
    // What is not in the answer this person may not see, and what they may not see they must not empty.
    mayFill: ({ updateable, apiName }: FieldInfo, { editableForUpdate }) =>
      updateable && editableForUpdate && record.fields[apiName] !== undefined,
    currency: typeof currency === 'string' ? currency : undefined,
  });
  return { sections, fields: sections.flatMap(({ fields }) => fields), base };
}

/** What the inputs hold for a state of the record. */
export const inputsOf = ({ fields }: Pick<EditForm, 'fields'>, state: RecordState): FormValues =>
  Object.fromEntries(fields.map((field) => [field.name, inputValueOf(field, state.fields[field.name]?.value)]));

/** The lookups of a state of the record: which records they refer to. */
export const lookupsOf = ({ fields }: Pick<EditForm, 'fields'>, state: RecordState): Record<string, LookupState> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const id = state.fields[field.name]?.value;
      if (field.input !== 'lookup' || typeof id !== 'string') return [];
      return [[field.name, { kind: 'chosen', id, name: textOf(state, field) }]];
    }),
  );

/** What the person has changed, and nothing else, as values of the User Interface API. */
export function changesOf({ fields, base }: EditForm, values: FormValues): FieldChanges {
  const changed = fields.filter((field) => {
    const value = values[field.name];
    return value !== undefined && value !== inputValueOf(field, base.fields[field.name]?.value);
  });
  return Object.fromEntries(changed.map((field) => [field.name, apiValueOf(field, values[field.name]!)]));
}

/** What the person has typed into a field, as they read it. */
export function textOfTyped(
  field: FormField,
  values: FormValues,
  lookups: Readonly<Record<string, LookupState>>,
): string {
  const value = values[field.name] ?? '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const lookup = lookups[field.name];
  if (field.input === 'lookup') return lookup?.kind === 'chosen' ? lookup.name : '';
  const labelOf = (one: string): string => field.options.find((option) => option.value === one)?.label ?? one;
  if (field.input === 'select' || field.input === 'multiselect') return value.split(';').map(labelOf).join('; ');
  return field.input === 'datetime-local' ? value.replace('T', ' ') : value;
}

/** The values with those taken out that may not be chosen any more, since a field that they hang on has changed. */
export function withoutInvalidChoices(fields: readonly FormField[], values: FormValues): FormValues {
  const held: FormValues = { ...values };
  for (const field of fields) {
    if (field.controller === undefined || typeof held[field.name] !== 'string') continue;
    const allowed = optionsOf(field, held).map(({ value }) => value);
    const chosen = String(held[field.name]).split(';');
    held[field.name] = chosen.filter((value) => allowed.includes(value)).join(';');
  }
  return held;
}
