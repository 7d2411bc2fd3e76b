import { createHash } from 'node:crypto';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { apiValue, displayValue, isoDate } from './displayValue.ts';
import type { FieldTree } from './fieldPaths.ts';

/** A field of a record: the value, and what a page shows for it. */
interface FieldValue {
  displayValue: string | null;
  value: unknown;
}

/** User Interface API guide, "Record". */
export interface RecordRepresentation {
  apiName: string;
  childRelationships: Record<string, unknown>;
  eTag: string;
  fields: Record<string, FieldValue>;
  id: string;
  lastModifiedById: string | null;
  lastModifiedDate: string | null;
  recordTypeId: string | null;
  recordTypeInfo: null;
  systemModstamp: string | null;
  /** Grows with each change. */
  weakEtag: number;
}

/** Shows a retrieved row with the fields of the tree. */
export function representRecord(row: Record<string, unknown>, tree: FieldTree): RecordRepresentation {
  // A lookup to several objects shows the one the row really points at.
  const object = objectOfRecordId(String(row['Id'])) ?? tree.object;
  const fields: Record<string, FieldValue> = {};
  for (const [name, field] of tree.fields) {
    fields[name] = { displayValue: displayValue(field, row[name]), value: apiValue(field, row[name]) };
  }
  for (const [name, { tree: parentTree }] of tree.parents) {
    const parent = row[name];
    if (!isRow(parent)) {
      fields[name] = { displayValue: null, value: null };
      continue;
    }
    const shown = parent[parentTree.object.nameField];
    fields[name] = {
      displayValue: typeof shown === 'string' ? shown : null,
      value: representRecord(parent, parentTree),
    };
  }
  const systemModstamp = isoDate(row['SystemModstamp']);
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: entityTag(fields),
    fields,
    id: String(row['Id']),
    lastModifiedById: typeof row['LastModifiedById'] === 'string' ? row['LastModifiedById'] : null,
    lastModifiedDate: isoDate(row['LastModifiedDate']),
    recordTypeId: null,
    recordTypeInfo: null,
    systemModstamp,
    weakEtag: systemModstamp === null ? 0 : Date.parse(systemModstamp),
  };
}

/** A digest of what the representation says. */
export function entityTag(value: unknown): string {
  return createHash('md5').update(JSON.stringify(value)).digest('hex');
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
