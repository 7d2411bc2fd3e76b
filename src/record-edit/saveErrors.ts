import { z } from '../zod.ts';
import { failedRequest } from './failedRequest.ts';

/** Records that a duplicate rule takes for the same. */
export interface DuplicateMatches {
  type: string;
  /** The object's label, for several. */
  label: string;
  ids: string[];
  /** Whether the rule allows to save all the same. */
  allowSave: boolean;
}

/** Why Salesforce refused to save, sorted for a form. */
export interface SaveErrors {
  /** For the top of the form. */
  general: string[];
  /** For the fields, by API name. */
  fields: Record<string, string>;
  /** What duplicate rules have found. */
  duplicates: DuplicateMatches[];
}

/** User Interface API guide, "Match Result". Whether a rule lets one save is said by some filters only. */
const matchResult = z.looseObject({
  apiName: z.string(),
  isAllowSave: z.boolean().default(true),
  matchRecordIds: z.array(z.string()).default([]),
  objectLabelPlural: z.string().nullish(),
});
const message = z.looseObject({
  message: z.string(),
  duplicateRecordError: z
    .looseObject({ matchResults: z.array(matchResult).default([]) })
    .nullish()
    .catch(undefined),
});

/** Error body of the User Interface API. */
const recordError = z.looseObject({
  message: z.string(),
  output: z.looseObject({
    errors: z.array(message).default([]),
    fieldErrors: z.record(z.string(), z.array(message)).default({}),
  }),
});

/** Error body of the REST API, which the User Interface API uses for some refusals too. */
const restErrors = z.array(z.looseObject({ message: z.string(), fields: z.array(z.string()).default([]) }));

/**
 * Reads the errors out of a refused save.
 *
 * @param shown Names of the fields the form shows: an error of another field goes to the top.
 * @returns `undefined` when this is not a refusal of the values, but another failure.
 */
export function saveErrorsOf(error: unknown, shown: readonly string[]): SaveErrors | undefined {
  const data = failedRequest(error)?.data;
  if (data === undefined) return undefined;
  const errors: SaveErrors = { general: [], fields: {}, duplicates: [] };
  const add = (text: string, field?: string): void => {
    if (field !== undefined && shown.includes(field)) errors.fields[field] ??= text;
    else errors.general.push(field === undefined ? text : `${field}: ${text}`);
  };
  const ui = recordError.safeParse(data);
  if (ui.success) {
    for (const { message: text, duplicateRecordError } of ui.data.output.errors) {
      add(text);
      errors.duplicates.push(...(duplicateRecordError?.matchResults ?? []).map(matchesOf));
    }
    for (const [field, texts] of Object.entries(ui.data.output.fieldErrors))
      texts.forEach(({ message: text }) => add(text, field));
    if (errors.general.length === 0 && Object.keys(errors.fields).length === 0) add(ui.data.message);
    return errors;
  }
  const rest = restErrors.safeParse(data);
  if (!rest.success) return undefined;
  for (const { message: text, fields } of rest.data) {
    if (fields.length === 0) add(text);
    else fields.forEach((field) => add(text, field));
  }
  return errors;
}

function matchesOf({ apiName, isAllowSave, matchRecordIds, objectLabelPlural }: z.infer<typeof matchResult>) {
  return { type: apiName, label: objectLabelPlural ?? apiName, ids: matchRecordIds, allowSave: isAllowSave };
}
