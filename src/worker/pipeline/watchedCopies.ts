import { normalizeRecordId } from '../../salesforce/recordId.ts';
import { jsonOf } from '../rest/jsonOf.ts';
import type { PipelineAnswer } from './step.ts';

/** A read of one record that names its fields. */
export interface FieldsRead {
  /** Of 18 characters. */
  readonly id: string;
  readonly fields: readonly string[];
}

/** What the org has said of a record last. */
export interface ConfirmedRow {
  readonly row: Readonly<Record<string, unknown>>;
  /** When it was asked, by the clock of this computer. */
  readonly asOf: number;
}

/**
 * Which fields of which record a row read asks for (REST API Developer Guide, "Get Field Values from a Standard Object
 * Record").
 *
 * @param path of a row read, with its query
 * @returns undefined where it names no fields, or says anything else besides
 */
export function fieldsRead(path: string): FieldsRead | undefined {
  const { pathname, searchParams } = new URL(path, 'https://org.invalid');
  const [[name, value] = [], ...others] = [...searchParams];
  const id = normalizeRecordId(pathname.slice(pathname.lastIndexOf('/') + 1));
  if (id === undefined || name !== 'fields' || !value || others.length > 0) return undefined;
  return { id, fields: value.split(',').map((field) => field.trim()) };
}

/**
 * Whether an answer says of all these fields what a row says: the org has then confirmed it with the row. Nothing else
 * is in the answer to such a read but its id.
 */
export function isAsIn({ row }: ConfirmedRow, { outcome }: PipelineAnswer, { fields }: FieldsRead): boolean {
  const said = outcome.ok ? jsonOf(outcome.data.body) : undefined;
  return fields.every((field) => {
    const value = valueAt(said, field);
    return value !== undefined && JSON.stringify(value) === JSON.stringify(valueAt(row, field));
  });
}

/** Names of fields are written in any case. An empty lookup has no fields: all are empty. */
function valueAt(row: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value).find(([member]) => member.toLowerCase() === name.toLowerCase())?.[1];
  }, row);
}
