import { DuplicatesDetected } from '../database/duplicateRules.ts';
import { OrgError } from '../database/orgError.ts';
import type { SaveError } from '../database/orgDatabase.ts';
import type { ResourceResponse } from './resource.ts';

/** Salesforce's error body: an array, `fields` only for DML validation. */
export function errorResponse(error: OrgError, headers: Record<string, string> = {}): ResourceResponse {
  const entry = { ...duplicateResultOf(error), message: error.message, errorCode: error.errorCode };
  const body = [error.fields === undefined ? entry : { ...entry, fields: [...error.fields] }];
  return { status: error.status, body, headers, xml: { root: 'Errors', item: 'Error' } };
}

/** The same failure inside a save result, where the key is `statusCode`. */
export function saveError(error: OrgError): SaveError {
  const fields = [...(error.fields ?? [])];
  return { statusCode: error.errorCode, message: error.message, fields, ...duplicateResultOf(error) };
}

function duplicateResultOf(error: OrgError): { duplicateResult?: Record<string, unknown> } {
  return error instanceof DuplicatesDetected ? { duplicateResult: error.duplicateResult } : {};
}

/** There is no such resource. */
export function notFound(): OrgError {
  return new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** The row's path names a record or an external id field that is not there. */
export function unknownRow(segment: string): OrgError {
  const message = `Provided external ID field does not exist or is not accessible: ${segment}`;
  return new OrgError(404, 'NOT_FOUND', message);
}

/** For an object named in a query or body. @param fields Given inside a save result. */
export function unsupportedType(type: string, fields?: readonly string[]): OrgError {
  const advice =
    "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. " +
    'Please reference your WSDL or the describe call for the appropriate names.';
  return new OrgError(400, 'INVALID_TYPE', `sObject type '${type}' is not supported. ${advice}`, fields);
}

/** @param errorId Identifies the failure in the org's own log; the cause is not told. */
export function unknownException(errorId: string): OrgError {
  const message = `An unexpected error occurred. Please include this ErrorId if you contact support: ${errorId}`;
  return new OrgError(500, 'UNKNOWN_EXCEPTION', message);
}
