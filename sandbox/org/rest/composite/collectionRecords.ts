import { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';
import type { OrgDatabase } from '../../database/orgDatabase.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { unknownRow, unsupportedType } from '../errorResponse.ts';
import type { RoutedRequest } from '../resource.ts';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { typedValues } from '../sobjects/recordValues.ts';
import type { RecordToSave } from './saveRecords.ts';

export const MAX_RECORDS = 200;

const collectionRecord = z.record(z.string(), z.unknown());
export const collectionBody = z.object({ allOrNone: z.boolean().default(false), records: z.array(collectionRecord) });
export const retrieveBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()).min(1) });
const attributes = z.object({ type: z.string().min(1) });

/** The error for more records than one request may carry. */
export function exceedsRecordLimit(limit: number): OrgError {
  const message = `record limit reached. cannot submit more than ${limit} records in this request`;
  return new OrgError(400, 'EXCEEDED_ID_LIMIT', message);
}

/** A record of a collection that is to be created. */
export function toCreate(database: OrgDatabase, request: RoutedRequest, record: Record<string, unknown>): RecordToSave {
  const { values } = splitRecord(record);
  return {
    save() {
      const object = objectOf(record);
      return { id: database.create(object.name, typedValues(request, object, values), request.context) };
    },
  };
}

/** The id may be written `id` or `Id`. */
export function toUpdate(database: OrgDatabase, request: RoutedRequest, record: Record<string, unknown>): RecordToSave {
  const { id, values } = splitRecord(record);
  return {
    knownId: id,
    save() {
      const object = objectOf(record);
      if (id === undefined) throw new OrgError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call', []);
      database.update(object.name, id, typedValues(request, object, values), request.context);
      return { id };
    },
  };
}

/** A record of a collection that is to be deleted. */
export function toDelete(database: OrgDatabase, { context }: RoutedRequest, id: string): RecordToSave {
  return {
    knownId: id,
    save() {
      const object = objectOfRecordId(id);
      if (!object) throw new OrgError(400, 'MALFORMED_ID', `malformed id ${id}`, []);
      database.delete(object.name, id, context);
      return { id };
    },
  };
}

/**
 * A record of a collection that is to be created, or changed where one has its external id.
 *
 * @throws OrgError 404 for a field that finds no records.
 */
export function toUpsert(
  database: OrgDatabase,
  request: RoutedRequest,
  { object, field: fieldName, record }: { object: ObjectDefinition; field: string; record: Record<string, unknown> },
): RecordToSave {
  const field = orgSchema.field(object, fieldName);
  if (!field?.idLookup) throw unknownRow(fieldName);
  const { id: givenId, values: written } = splitRecord(record);
  const values = typedValues(request, object, written);
  const { context } = request;
  return {
    save() {
      const key = Object.keys(values).find((name) => name.toLowerCase() === field.name.toLowerCase());
      const value = field.type === 'id' ? givenId : key === undefined ? undefined : values[key];
      if (field.type === 'id') {
        if (givenId === undefined) return { id: database.create(object.name, values, context), created: true };
        database.update(object.name, givenId, values, context);
        return { id: givenId, created: false };
      }
      if (value === undefined || value === null || value === '') {
        throw new OrgError(400, 'MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
      }
      const ids = database.findByField(object.name, field.name, String(value), context);
      if (ids.length > 1) {
        const message = `${field.label}: more than one record found for external id field: [${ids.join(', ')}]`;
        throw new OrgError(400, 'DUPLICATE_EXTERNAL_ID', message, []);
      }
      const [id] = ids;
      if (id === undefined) return { id: database.create(object.name, values, context), created: true };
      database.update(object.name, id, values, context);
      return { id, created: false };
    },
  };
}

function splitRecord(record: Record<string, unknown>): { id: string | undefined; values: Record<string, unknown> } {
  const entries = Object.entries(record).filter(([name]) => name !== 'attributes');
  const id = entries.find(([name]) => name.toLowerCase() === 'id')?.[1];
  const values = Object.fromEntries(entries.filter(([name]) => name.toLowerCase() !== 'id'));
  return { id: typeof id === 'string' ? id : undefined, values };
}

function objectOf(record: Record<string, unknown>): ObjectDefinition {
  const parsed = attributes.safeParse(record['attributes']);
  if (!parsed.success) throw new OrgError(400, 'INVALID_INPUT', 'Include a type in the attributes of each record', []);
  const object = orgSchema.object(parsed.data.type);
  if (!object) throw unsupportedType(parsed.data.type, []);
  return object;
}
