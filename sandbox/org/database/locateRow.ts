import { keyPrefixOf, normalizeRecordId } from '../../../src/salesforce/recordId.ts';
import { OrgError } from './orgError.ts';
import type { ObjectDefinition } from './schema/objectDefinition.ts';
import type { OrgSchema } from './schema/orgSchema.ts';

/** @throws OrgError 404 `NOT_FOUND` when there is no such object. */
export function requireObject(schema: OrgSchema, type: string): ObjectDefinition {
  const object = schema.object(type);
  if (!object) throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return object;
}

/** What Salesforce answers for a row path whose id is unknown: the last segment is taken for an external id field. */
export function noSuchRow(id: string): OrgError {
  return new OrgError(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${id}`);
}

/**
 * The 18-character form of the id in a row path.
 *
 * @throws OrgError 404 when it is no id or one of another object, 400 `MALFORMED_ID` when its check characters are
 *   wrong.
 */
export function requireRowId(object: ObjectDefinition, id: string): string {
  const normalized = normalizeRecordId(id);
  if (!normalized) {
    throw /^[0-9A-Za-z]{18}$/.test(id) ? new OrgError(400, 'MALFORMED_ID', `malformed id ${id}`) : noSuchRow(id);
  }
  if (keyPrefixOf(normalized) !== object.keyPrefix) {
    throw new OrgError(404, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
  }
  return normalized;
}
