import type { SObjectRecord } from '../../database/orgDatabase.ts';
import type { FieldDefinition, ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import type { ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';

/** Shows binary fields as the address their bytes are read from (REST API guide, "sObject Blob Retrieve"). */
export function linkBlobs(record: SObjectRecord): SObjectRecord {
  const object = orgSchema.object(record.attributes.type);
  const blobs = object?.fields.filter((field) => isBlob(field) && typeof record[field.name] === 'string') ?? [];
  if (blobs.length === 0) return record;
  const links = blobs.map((field) => [field.name, `${record.attributes.url}/${field.name}`]);
  return { ...record, ...Object.fromEntries(links) };
}

/** Whether a field is binary. */
export function isBlob(field: FieldDefinition): boolean {
  return field.type === 'base64';
}

/** The bytes of a binary field. */
export function readBlob(
  { database }: RestServices,
  object: ObjectDefinition,
  { id, field }: { id: string; field: FieldDefinition },
  request: RoutedRequest,
): ResourceResponse {
  const value = database.retrieve(object.name, id, request.context, [field.name])[field.name];
  const bytes = Buffer.from(typeof value === 'string' ? value : '', 'base64');
  return { status: 200, bytes, headers: { 'Content-Type': 'application/octetstream' } };
}
