import { z } from '../zod.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { soql, soqlName } from '../salesforce/soqlQuoting.ts';
import { apiValueOf, formSectionsOf, isPicklist, type FormField, type FormValues } from './formFields.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import {
  createdRecord,
  layout as layoutSchema,
  layoutOf,
  MASTER_RECORD_TYPE,
  objectInfo,
  picklistValues,
  type FieldInfo,
  type ObjectInfo,
  type PicklistValues,
} from './uiApi.ts';

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

async function namesOfLookups(
  api: RecordApi,
  fields: readonly FormField[],
  suggested: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const named = z.looseObject({ records: z.array(z.looseObject({ Name: z.string() })) });
  const names = await Promise.all(
    fields.map(async ({ name, lookup }) => {
      const [id, target] = [suggested[name], lookup?.targets[0]];
      if (target === undefined || id === undefined) return [];
      const statement = soql`SELECT Name FROM ${soqlName(target)} WHERE Id = ${id}`;
      const [record] = named.parse(await callApi(api, apiPaths.query(statement))).records;
      return record === undefined ? [] : [[name, record.Name] as const];
    }),
  );
  return Object.fromEntries(names.flat());
}

/**
 * Loads what may be chosen in the picklists of an object, for records of a type.
 *
 * @throws ApiRequestError as the client does.
 * @see User Interface API guide, "Get Values for All Picklist Fields of a Record Type"
 */
export async function loadPicklists(
  api: RecordApi,
  info: ObjectInfo,
  recordType: string,
  signal?: AbortSignal,
): Promise<PicklistValues['picklistFieldValues']> {
  if (!Object.values(info.fields).some(isPicklist)) return {};
  const answer = await callApi(api, apiPaths.picklistValues(info.apiName, recordType), { signal });
  return picklistValues.parse(answer).picklistFieldValues;
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
  const recordType = info.defaultRecordTypeId ?? MASTER_RECORD_TYPE;
  const picklists = await loadPicklists(api, info, recordType, signal);
  const mayFill = ({ createable }: FieldInfo): boolean => createable;
  // What an app knows is shown also where the layout leaves it out: it would be written unseen, or be lost.
  const known = layoutOf(Object.keys(suggested).filter((name) => info.fields[name]));
  const whole = { sections: [...layout.sections, ...known.sections] };
  const fields = formSectionsOf({ layout: whole, info, picklists, mayFill }).flatMap((section) => section.fields);
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

/**
 * Creates the record. Empty inputs are left out, so that Salesforce's own defaults apply.
 *
 * @param allowDuplicates Also what a duplicate rule warns of.
 * @returns The new record's id.
 * @throws ApiRequestError; for what Salesforce refuses, see `saveErrors.ts`.
 */
export async function createRecord(
  api: RecordApi,
  form: NewRecordForm,
  values: FormValues,
  allowDuplicates = false,
): Promise<string> {
  const filled = [...form.fields, ...form.moreFields].flatMap((field) => {
    const value = values[field.name];
    return value === undefined || value === '' ? [] : [[field.name, apiValueOf(field, value)] as const];
  });
  const fields = Object.fromEntries(filled);
  const body = { apiName: form.type, fields, ...(allowDuplicates && { allowSaveOnDuplicate: true }) };
  return createdRecord.parse(await callApi(api, apiPaths.uiRecords(), { body })).id;
}
