import { apiPaths } from '../salesforce/apiPaths.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import {
  createdRecord, layout as layoutSchema, MASTER_RECORD_TYPE, objectInfo, picklistValues,
  type FieldInfo, type Layout, type ObjectInfo,
} from './uiApi.ts';

export type FormInput = 'text' | 'textarea' | 'email' | 'tel' | 'url' | 'number' | 'date' | 'datetime-local' | 'checkbox' | 'select';

export interface FormField {
  name: string;
  label: string;
  input: FormInput;
  required: boolean;
  maxLength: number | undefined;
  /** For `select`: what may be chosen. */
  options: { label: string; value: string }[];
}

export interface NewRecordForm {
  type: string;
  objectLabel: string;
  /** What must or should be filled in: required fields and those already known. */
  fields: FormField[];
  /** The rest of the org's layout. */
  moreFields: FormField[];
}

const INPUT_OF_TYPE: Readonly<Record<string, FormInput>> = {
  String: 'text', TextArea: 'textarea', Email: 'email', Phone: 'tel', Url: 'url', Boolean: 'checkbox', Date: 'date',
  DateTime: 'datetime-local', Picklist: 'select', Int: 'number', Double: 'number', Currency: 'number', Percent: 'number',
};

/** The layout's fields in its order, compound ones by their parts, with required fields the layout forgot at the end. */
function layoutFields(layout: Layout, info: ObjectInfo): { info: FieldInfo; required: boolean }[] {
  const items = layout.sections.flatMap(({ layoutRows }) => layoutRows.flatMap(({ layoutItems }) => layoutItems));
  const onLayout = items.flatMap((item) => item.layoutComponents.flatMap(({ apiName }) => {
    const parts = Object.values(info.fields).filter(({ compoundFieldName }) => apiName && compoundFieldName === apiName);
    const field = apiName ? info.fields[apiName] : undefined;
    if (parts.length > 0) return parts.map((part) => ({ info: part, required: part.required }));
    const isAlone = item.layoutComponents.length === 1;
    return field === undefined ? [] : [{ info: field, required: field.required || (isAlone && item.required) }];
  }));
  const names = new Set(onLayout.map(({ info: { apiName } }) => apiName));
  const forgotten = Object.values(info.fields).filter((field) => field.required && !names.has(field.apiName));
  return [...onLayout, ...forgotten.map((field) => ({ info: field, required: true }))];
}

/**
 * Loads the form for a new record: the fields of the org's own layout that this person may fill in.
 *
 * @param suggested Values already known, by field; those fields are shown at once.
 * @throws ApiRequestError as the client does.
 */
export async function loadNewRecordForm(
  api: RecordApi, type: string, suggested: Readonly<Record<string, string>>, signal?: AbortSignal,
): Promise<NewRecordForm> {
  const options = signal === undefined ? {} : { signal };
  const [info, layout] = await Promise.all([
    callApi(api, apiPaths.objectInfo(type), options).then((answer) => objectInfo.parse(answer)),
    callApi(api, apiPaths.layout(type, 'Create'), options).then((answer) => layoutSchema.parse(answer)),
  ]);
  const fillable = layoutFields(layout, info).filter(({ info: field }) =>
    field.createable && !field.compound && INPUT_OF_TYPE[field.dataType] !== undefined);
  const hasPicklist = fillable.some(({ info: field }) => field.dataType === 'Picklist');
  const recordType = info.defaultRecordTypeId ?? MASTER_RECORD_TYPE;
  const choices = hasPicklist
    ? picklistValues.parse(await callApi(api, apiPaths.picklistValues(type, recordType), options)).picklistFieldValues
    : {};
  const fields = fillable.map(({ info: field, required }): FormField => ({
    name: field.apiName,
    label: field.label,
    input: INPUT_OF_TYPE[field.dataType] ?? 'text',
    // A checkbox always has a value.
    required: required && field.dataType !== 'Boolean',
    maxLength: field.length || undefined,
    options: choices[field.apiName]?.values.map(({ label, value }) => ({ label, value })) ?? [],
  }));
  const comesFirst = ({ name, required }: FormField): boolean => required || suggested[name] !== undefined;
  return {
    type,
    objectLabel: info.label,
    fields: fields.filter(comesFirst),
    moreFields: fields.filter((field) => !comesFirst(field)),
  };
}

/** What the form's inputs hold, by field. */
export type FormValues = Record<string, string | boolean>;

function fieldValue({ input }: FormField, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  if (input === 'number') return Number(value);
  return input === 'datetime-local' ? new Date(value).toISOString() : value.trim();
}

/**
 * Creates the record. Empty inputs are left out, so that Salesforce's own defaults apply.
 *
 * @returns The new record's id.
 * @throws ApiRequestError; for what Salesforce refuses, see `saveErrors.ts`.
 */
export async function createRecord(api: RecordApi, form: NewRecordForm, values: FormValues): Promise<string> {
  const filled = [...form.fields, ...form.moreFields].flatMap((field) => {
    const value = values[field.name];
    return value === undefined || value === '' ? [] : [[field.name, fieldValue(field, value)] as const];
  });
  const body = { apiName: form.type, fields: Object.fromEntries(filled) };
  return createdRecord.parse(await callApi(api, apiPaths.uiRecords(), { body })).id;
}
