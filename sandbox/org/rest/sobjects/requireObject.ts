import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema, type OrgSchema } from '../../database/schema/orgSchema.ts';
import { notFound } from '../errorResponse.ts';

/**
 * The object of a path segment, whatever its case.
 *
 * @param schema What the user who asks sees of it.
 * @throws OrgError 404 `NOT_FOUND`.
 */
export function requireObject(type: string | undefined, schema: OrgSchema = orgSchema): ObjectDefinition {
  const object = schema.object(type ?? '');
  if (!object) throw notFound();
  return object;
}

/** The object whose key prefix the record id has. */
export function objectOfRecordId(id: string, schema: OrgSchema = orgSchema): ObjectDefinition | undefined {
  return schema.objectByKeyPrefix(id.slice(0, 3));
}
