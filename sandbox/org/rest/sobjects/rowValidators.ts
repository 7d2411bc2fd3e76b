import { createHash } from 'node:crypto';
import type { OrgDatabase } from '../../database/orgDatabase.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import type { Validators } from '../http/conditional.ts';
import type { ResourceRequest } from '../resource.ts';

const CONDITION_HEADERS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

/** Whether a request has one of the headers of RFC 9110 §13.1. */
export function hasConditions(request: ResourceRequest): boolean {
  return CONDITION_HEADERS.some((name) => request.header(name) !== undefined);
}

/**
 * What a stored row can be compared by; undefined for objects without a modification stamp. Entity tags exist for
 * Account only (REST API guide, "Conditional Request Headers").
 */
export function rowValidators(
  database: OrgDatabase,
  object: ObjectDefinition,
  id: string,
  request: ResourceRequest,
): Validators | undefined {
  if (!orgSchema.field(object, 'SystemModstamp')) return undefined;
  const stamp = database.retrieve(object.name, id, request.context, ['SystemModstamp'])['SystemModstamp'];
  const lastModified = new Date(String(stamp));
  if (object.name !== 'Account') return { lastModified };
  return {
    lastModified,
    entityTag: `"${createHash('sha256')
      .update(`${id} ${String(stamp)}`)
      .digest('hex')
      .slice(0, 32)}"`,
  };
}
