import type { SObjectRecord } from '../database/orgDatabase.ts';
import type { FieldDefinition, ObjectDefinition } from '../database/schema/objectDefinition.ts';
import type { SqlValue } from '../database/sqlEngine.ts';

type Row = readonly SqlValue[];

/** One member of a record in the answer, read from a row of the statement. */
export type ShapeEntry =
  | { kind: 'value'; field: FieldDefinition; read: (row: Row) => unknown }
  | { kind: 'parent'; shape: RecordShape }
  | { kind: 'typeOf'; idIndex: number; branches: ReadonlyMap<string, RecordShape>; otherwise: RecordShape | undefined }
  | { kind: 'children'; read: (parentId: string) => unknown };

/** How a row of the statement becomes a record: members in the order of the SELECT list. */
export interface RecordShape {
  /** The object's name; a column for a parent whose object differs per row. */
  typeName: string;
  /** Column that holds the object's name in a record's URL, when it differs per row. */
  typeIndex: number | undefined;
  idIndex: number;
  entries: Map<string, ShapeEntry>;
}

/** A shape without fields, for records of one object. @param idIndex Column that holds the id. */
export function objectShape(object: ObjectDefinition, idIndex: number): RecordShape {
  return { typeName: object.name, typeIndex: undefined, idIndex, entries: new Map() };
}

/** The path of a record under this API version. */
export function recordUrl(apiVersion: string, type: string, id: string): string {
  return `/services/data/v${apiVersion}/sobjects/${type}/${id}`;
}

function entryValue(entry: ShapeEntry, row: Row, parentId: string, apiVersion: string): unknown {
  switch (entry.kind) {
    case 'value':
      return entry.read(row);
    case 'children':
      return entry.read(parentId);
    case 'parent':
      return row[entry.shape.idIndex] === null ? null : buildRecord(entry.shape, row, apiVersion);
    case 'typeOf': {
      if (row[entry.idIndex] === null) return null;
      const branch = [...entry.branches.values()].find((shape) => row[shape.idIndex] !== null) ?? entry.otherwise;
      return branch ? buildRecord(branch, row, apiVersion) : null;
    }
  }
}

/** Builds one record, `attributes` first. */
export function buildRecord(shape: RecordShape, row: Row, apiVersion: string): SObjectRecord {
  const id = String(row[shape.idIndex]);
  const urlType = shape.typeIndex === undefined ? shape.typeName : String(row[shape.typeIndex]);
  const record: SObjectRecord = { attributes: { type: shape.typeName, url: recordUrl(apiVersion, urlType, id) } };
  for (const [name, entry] of shape.entries) record[name] = entryValue(entry, row, id, apiVersion);
  return record;
}
