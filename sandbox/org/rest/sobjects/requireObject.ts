import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { notFound } from '../errorResponse.ts';

/** The object of a path segment, whatever its case. @throws OrgError 404 `NOT_FOUND`. */
export function requireObject(type: string | undefined): ObjectDefinition {
  const object = orgSchema.object(type ?? '');
  if (!object) throw notFound();
  return object;
}

/** The object whose key prefix the record id has. */
export function objectOfRecordId(id: string): ObjectDefinition | undefined {
  return orgSchema.objectByKeyPrefix(id.slice(0, 3));
}
