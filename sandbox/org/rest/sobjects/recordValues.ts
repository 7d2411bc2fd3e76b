import { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';
import type { FieldDefinition, ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { jsonParserError } from '../http/jsonSyntaxError.ts';
import { missingBody } from '../http/requestBody.ts';
import type { ResourceRequest } from '../resource.ts';

const recordSchema = z.record(z.string(), z.unknown());
const NUMBER_TYPES: readonly string[] = ['int', 'double', 'currency', 'percent'];

/**
 * The field values of a record in a request body; `attributes` is dropped, XML text becomes the field's type.
 *
 * @param pathField Field given by the path, which the body may not repeat.
 * @throws OrgError 400 `JSON_PARSER_ERROR` or `INVALID_FIELD`.
 */
export function readRecordValues(
  request: ResourceRequest,
  object: ObjectDefinition,
  pathField?: string,
): Record<string, unknown> {
  if (request.body === undefined) throw missingBody();
  const body = parseRecord(request.body);
  const values = request.bodyFormat === 'xml' ? insideRoot(body, object) : body;
  const repeated = Object.keys(values).find((name) => name.toLowerCase() === pathField?.toLowerCase());
  if (repeated !== undefined) {
    throw new OrgError(400, 'INVALID_FIELD', `The ${pathField} field should not be specified in the sobject data.`);
  }
  return typedValues(request, object, values);
}

/** Field values from anywhere in a request body: in XML all are text, and become what their field's type says. */
export function typedValues(
  { bodyFormat }: Pick<ResourceRequest, 'bodyFormat'>,
  object: ObjectDefinition,
  values: Record<string, unknown>,
): Record<string, unknown> {
  return bodyFormat === 'xml' ? convertTexts(values, object) : values;
}

/** The record inside its root element, as a subrequest in XML has it: `<richInput><Account>…`. */
function insideRoot(values: Record<string, unknown>, object: ObjectDefinition): Record<string, unknown> {
  const [entry, ...others] = Object.entries(values);
  if (!entry || others.length > 0 || entry[0].toLowerCase() !== object.name.toLowerCase()) return values;
  return parseRecord(entry[1] === '' ? {} : entry[1]);
}

/** @throws OrgError 400 `JSON_PARSER_ERROR` when the value is no object. */
function parseRecord(value: unknown): Record<string, unknown> {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) {
    const token = Array.isArray(value)
      ? 'START_ARRAY'
      : `VALUE_${value === null ? 'NULL' : (typeof value).toUpperCase()}`;
    throw jsonParserError(`Can not deserialize SObject out of ${token} token at [line:1, column:1]`);
  }
  const { attributes: _attributes, ...values } = parsed.data;
  return values;
}

function convertTexts(values: Record<string, unknown>, object: ObjectDefinition): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    convertText(value, orgSchema.field(object, name)),
  ]);
  return Object.fromEntries(entries);
}

function convertText(value: unknown, field: FieldDefinition | undefined): unknown {
  if (typeof value !== 'string' || !field) return value;
  if (value === '') return null;
  if (field.type === 'boolean') return value === 'true' || value === '1';
  // What is no number stays as it is, for the database to refuse.
  if (NUMBER_TYPES.includes(field.type)) return Number.isNaN(Number(value)) ? value : Number(value);
  return value;
}
