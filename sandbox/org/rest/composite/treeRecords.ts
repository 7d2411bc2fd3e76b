import { z } from 'zod';
import type { SaveError } from '../../database/orgDatabase.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { fitToSchema } from '../http/xmlShape.ts';
import type { ResourceRequest } from '../resource.ts';
import { typedValues } from '../sobjects/recordValues.ts';

const MAX_RECORDS = 200;
const MAX_LEVELS = 5;
const MAX_TYPES = 5;

const node = z.record(z.string(), z.unknown());
export const treeBody = z.object({ records: z.array(node).min(1) });
const attributes = z.object({ type: z.string(), referenceId: z.string().min(1) });

export interface TreeRecord {
  referenceId: string;
  object: ObjectDefinition;
  values: Record<string, unknown>;
  children: { field: string; records: TreeRecord[] }[];
}

export interface TreeFault {
  referenceId: string;
  errors: SaveError[];
}

/** Reads the nested records; a key that holds `records` is a child relationship. */
export function readTree(
  request: Pick<ResourceRequest, 'bodyFormat'>,
  object: ObjectDefinition,
  nodes: readonly Record<string, unknown>[],
): { roots: TreeRecord[]; faults: TreeFault[] } {
  const faults: TreeFault[] = [];
  const types = new Set<string>();
  const seen = new Set<string>();
  let count = 0;
  const roots = nodes.map((item) => read(object, item, 1)).filter((record) => record !== undefined);
  if (count > MAX_RECORDS) refuse('', `Trees cannot have more than ${MAX_RECORDS} records.`);
  if (types.size > MAX_TYPES) refuse('', `Trees cannot have more than ${MAX_TYPES} different types of records.`);
  return { roots, faults };

  function read(expected: ObjectDefinition, item: Record<string, unknown>, level: number): TreeRecord | undefined {
    count += 1;
    const { attributes: given, ...rest } = item;
    const parsed = attributes.safeParse(given);
    if (!parsed.success) return refuse('', 'Include a type and a referenceId in the attributes of each record.');
    const { type, referenceId } = parsed.data;
    if (seen.has(referenceId)) return refuse(referenceId, 'Duplicate ReferenceId provided in the request.');
    seen.add(referenceId);
    if (orgSchema.object(type) !== expected) {
      return refuse(referenceId, `The record type ${type} does not match the expected type ${expected.name}.`);
    }
    if (level > MAX_LEVELS) return refuse(referenceId, `Trees cannot be more than ${MAX_LEVELS} levels deep.`);
    types.add(expected.name);
    const record: TreeRecord = { referenceId, object: expected, values: {}, children: [] };
    for (const [name, value] of Object.entries(rest)) readMember(record, name, value, level);
    return { ...record, values: typedValues(request, expected, record.values) };
  }

  function readMember(record: TreeRecord, name: string, value: unknown, level: number): void {
    const nested = treeBody.safeParse(request.bodyFormat === 'xml' ? fitToSchema(treeBody, value) : value);
    if (!nested.success) {
      record.values[name] = value;
      return;
    }
    const relationship = orgSchema
      .childRelationships(record.object)
      .find(({ relationshipName }) => relationshipName?.toLowerCase() === name.toLowerCase());
    if (!relationship) {
      refuse(record.referenceId, `${name} is not a child relationship of ${record.object.name}.`);
      return;
    }
    const records = nested.data.records
      .map((child) => read(relationship.childObject, child, level + 1))
      .filter((child) => child !== undefined);
    record.children.push({ field: relationship.field.name, records });
  }

  function refuse(referenceId: string, message: string): undefined {
    faults.push({ referenceId, errors: [{ statusCode: 'INVALID_INPUT', message, fields: [] }] });
    return undefined;
  }
}
