import { DuplicatesDetected } from '../../database/duplicateRules.ts';
import { OrgError } from '../../database/orgError.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { errorResponse } from '../errorResponse.ts';
import type { ResourceResponse } from '../resource.ts';

/** What the caller wanted to do, as the sentence names it. */
type RecordAction = 'create' | 'update' | 'delete';

/**
 * Runs a change of a record; a failed rule is answered as a `RecordError` with the faults by field
 * (User Interface API guide, "Record Exception"), other failures in the plain form.
 */
export function withRecordErrors(
  object: ObjectDefinition,
  action: RecordAction,
  change: () => ResourceResponse,
): ResourceResponse {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    if (error.status !== 400 || (error.fields === undefined && error.errorCode !== 'INVALID_FIELD'))
      return errorResponse(error);
    return { status: 400, body: recordError(object, action, error) };
  }
}

function recordError(object: ObjectDefinition, action: RecordAction, error: OrgError): Record<string, unknown> {
  const fields = error.fields ?? [];
  const entries = fields.map((name): [string, unknown] => [name, [fault(object, error, name)]]);
  return {
    enhancedErrorType: 'RecordError',
    errorCode: 'INVALID_INPUT',
    message: `An error occurred while trying to ${action} the record. Please try again.`,
    output: {
      errors: fields.length === 0 ? [fault(object, error, null)] : [],
      fieldErrors: Object.fromEntries(entries),
    },
    statusCode: 400,
  };
}

function fault(object: ObjectDefinition, error: OrgError, field: string | null): Record<string, unknown> {
  return {
    constituentField: null,
    duplicateRecordError: error instanceof DuplicatesDetected ? duplicateRecordError(object, error) : null,
    errorCode: error.errorCode,
    field,
    fieldLabel: field === null ? null : (orgSchema.field(object, field)?.label ?? field),
    message: error.message,
  };
}

/** User Interface API guide, "Duplicate Record Error" and "Match Result". */
function duplicateRecordError(object: ObjectDefinition, { matches }: DuplicatesDetected): Record<string, unknown> {
  const { ids, rule, allowSave } = matches;
  const matchResult = {
    apiName: object.name,
    isAllowSave: allowSave,
    matchRecordIds: ids,
    matchRule: rule,
    objectLabel: object.label,
    objectLabelPlural: object.labelPlural,
    themeInfo: null,
  };
  return { matchResults: [matchResult] };
}
