import { z } from '../zod.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { soql, soqlName } from '../salesforce/soqlQuoting.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import { isSearchableType } from './recordSearch.ts';
import {
  createdRecord,
  layout as layoutSchema,
  MASTER_RECORD_TYPE,
  objectInfo,
  picklistValues,
  type FieldInfo,
  type Layout,
  type ObjectInfo,
} from './uiApi.ts';

export type FormInput =
  | 'text'
  | 'textarea'
  | 'email'
  | 'tel'
  | 'url'
  | 'number'
  | 'date'
  | 'datetime-local'
  | 'checkbox'
  | 'select'
  | 'lookup';

export interface FormField {
  name: string;
  label: string;
  input: FormInput;
  required: boolean;
  maxLength: number | undefined;
  /** For `select`: what may be chosen. */
  options: { label: string; value: string }[];
  /** For `lookup`: the object of the record to find. */
  referenceTo: string | undefined;
}

export interface NewRecordForm {
  type: string;
  objectLabel: string;
  /** Required fields and those with a suggested value. */
  fields: FormField[];
  /** The rest of the org's layout. */
  moreFields: FormField[];
  /** Names of the records that suggested lookup values lead to, by field. */
  lookupNames: Record<string, string>;
}

const INPUT_OF_TYPE: Readonly<Record<string, FormInput>> = {
  String: 'text',
  TextArea: 'textarea',
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
  Boolean: 'checkbox',
  Date: 'date',
  DateTime: 'datetime-local',
  Picklist: 'select',
  Int: 'number',
  Double: 'number',
  Currency: 'number',
  Percent: 'number',
};

const NAME_PARTS = ['Salutation', 'FirstName', 'MiddleName', 'LastName', 'Suffix'];

/** The parts of a compound field that a person fills in, names in the order they are spoken. */
function partsOf(compound: string, info: ObjectInfo): FieldInfo[] {
  return Object.values(info.fields)
    .filter(
      ({ apiName, compoundFieldName }) =>
        compoundFieldName === compound && !/(Latitude|Longitude|GeocodeAccuracy)$/.test(apiName),
    )
    .sort((left, right) => NAME_PARTS.indexOf(left.apiName) - NAME_PARTS.indexOf(right.apiName));
}

/**
 * The input for a field; undefined for fields that cannot be typed in. A lookup has one if the objects that it refers
 * to can be searched here.
 */
function inputOf({ dataType, referenceToInfos }: FieldInfo): FormInput | undefined {
  const [target, ...others] = referenceToInfos;
  if (dataType !== 'Reference') return INPUT_OF_TYPE[dataType];
  return target !== undefined && others.length === 0 && isSearchableType(target.apiName) ? 'lookup' : undefined;
}

async function namesOfLookups(
  api: RecordApi,
  fields: readonly FormField[],
  suggested: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const named = z.looseObject({ records: z.array(z.looseObject({ Name: z.string() })) });
  const names = await Promise.all(
    fields.map(async ({ name, referenceTo }) => {
      const id = suggested[name];
      if (referenceTo === undefined || id === undefined) return [];
      const statement = soql`SELECT Name FROM ${soqlName(referenceTo)} WHERE Id = ${id}`;
      const [record] = named.parse(await callApi(api, apiPaths.query(statement))).records;
      return record === undefined ? [] : [[name, record.Name] as const];
    }),
  );
  return Object.fromEntries(names.flat());
}

/**
 * The layout's fields in its order, compound ones by their parts, with required fields the layout forgot at the end.
 */
function layoutFields(layout: Layout, info: ObjectInfo): { info: FieldInfo; required: boolean }[] {
  const items = layout.sections.flatMap(({ layoutRows }) => layoutRows.flatMap(({ layoutItems }) => layoutItems));
  const onLayout = items.flatMap((item) =>
    item.layoutComponents.flatMap(({ apiName }) => {
      const parts = apiName ? partsOf(apiName, info) : [];
      const field = apiName ? info.fields[apiName] : undefined;
      if (parts.length > 0) return parts.map((part) => ({ info: part, required: part.required }));
      const isAlone = item.layoutComponents.length === 1;
      return field === undefined ? [] : [{ info: field, required: field.required || (isAlone && item.required) }];
    }),
  );
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
  api: RecordApi,
  type: string,
  suggested: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<NewRecordForm> {
  const options = signal === undefined ? {} : { signal };
  const [info, layout] = await Promise.all([
    callApi(api, apiPaths.objectInfo(type), options).then((answer) => objectInfo.parse(answer)),
    callApi(api, apiPaths.layout(type, 'Create'), options).then((answer) => layoutSchema.parse(answer)),
  ]);
  const fillable = layoutFields(layout, info).filter(
    ({ info: field }) => field.createable && !field.compound && inputOf(field) !== undefined,
  );
  const hasPicklist = fillable.some(({ info: field }) => field.dataType === 'Picklist');
  const recordType = info.defaultRecordTypeId ?? MASTER_RECORD_TYPE;
  const choices = hasPicklist
    ? picklistValues.parse(await callApi(api, apiPaths.picklistValues(type, recordType), options)).picklistFieldValues
    : {};
  const fields = fillable.map(({ info: field, required }): FormField => ({
    name: field.apiName,
    label: field.dataType === 'Reference' ? field.label.replace(/ ID$/, '') : field.label,
    input: inputOf(field) ?? 'text',
    // A checkbox always has a value.
    required: required && field.dataType !== 'Boolean',
    maxLength: field.length || undefined,
    options: choices[field.apiName]?.values.map(({ label, value }) => ({ label, value })) ?? [],
    referenceTo: field.referenceToInfos[0]?.apiName,
  }));
  // The company is asked for even where it may stay empty, as a person without one is hard to find again.
  const comesFirst = ({ name, required }: FormField): boolean =>
    required || suggested[name] !== undefined || name === 'AccountId';
  return {
    type,
    objectLabel: info.label,
    fields: fields.filter(comesFirst),
    moreFields: fields.filter((field) => !comesFirst(field)),
    lookupNames: await namesOfLookups(api, fields, suggested),
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
