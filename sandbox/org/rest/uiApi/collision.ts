import { OrgError } from '../../database/orgError.ts';
import type { ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { errorResponse } from '../errorResponse.ts';
import type { CollisionForm } from './collisionForms.ts';
import { readRecord, requireRecordObject } from './readRecord.ts';

/**
 * Compares the record with the copy that was edited, whose date `If-Modified-Since` holds, to the second.
 *
 * @returns the refusal when somebody changed the record since.
 * @throws OrgError 404 when there is no such record for this user.
 */
export function refuseCollision(
  { database, collisionForm }: RestServices,
  request: RoutedRequest,
  id: string,
): ResourceResponse | undefined {
  const since = Date.parse(request.header('if-modified-since') ?? '');
  if (Number.isNaN(since)) return undefined;
  const { name } = requireRecordObject(id);
  const who = `${name}.LastModifiedBy.Name`;
  const selection = { fields: [], optionalFields: [who], layoutTypes: [] };
  const { fields, lastModifiedDate, systemModstamp } = readRecord(database, id, selection, request.context);
  const modified = Math.floor(Date.parse(lastModifiedDate ?? systemModstamp ?? '') / 1000) * 1000;
  if (!(modified > since)) return undefined;
  return collision(collisionForm, `${fields['LastModifiedBy']?.displayValue ?? 'somebody else'}`);
}

function collision(form: CollisionForm, who: string): ResourceResponse {
  const advice = 'Make a note of the data you entered, then reload the record and enter your updates again.';
  const message = `This record was modified by ${who} during your edit session. ${advice}`;
  if (form === 'preconditionFailed') return errorResponse(new OrgError(412, 'PRECONDITION_FAILED', message));
  if (form === 'ifLastModified')
    return errorResponse(new OrgError(400, 'ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK', message, []));
  const fault = { errorCode: 'CollisionDetectedException', message, field: null, fieldLabel: null };
  return {
    status: 400,
    body: {
      enhancedErrorType: 'RecordError',
      message: 'An error occurred while trying to update the record. Please try again.',
      output: { errors: [{ ...fault, constituentField: null, duplicateRecordError: null }], fieldErrors: {} },
      statusCode: 400,
    },
  };
}
