import { normalizeRecordId } from '../../../src/salesforce/recordId.ts';
import { OrgError } from './orgError.ts';
import type { FieldDefinition, StoredValue } from './schema/objectDefinition.ts';
import { formatDateTime } from './storedDate.ts';

/** Where the value stands in the request, for Salesforce's parser sentences. */
export interface ValuePosition {
  /** Column just behind the value in the one-line JSON of the record. */
  column: number;
}

function jsonToken(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  return 'VALUE_STRING';
}

function cannotDeserialize(type: string, value: unknown, position: ValuePosition): OrgError {
  const shown = typeof value === 'object' ? '' : ` value ${String(value)}`;
  const reason = `Cannot deserialize instance of ${type} from ${jsonToken(value)}${shown}`;
  const place = `at [line:1, column:${position.column}]`;
  return new OrgError(400, 'JSON_PARSER_ERROR', `${reason} or request may be missing a required field ${place}`);
}

function invalid(code: string, message: string, field: FieldDefinition): OrgError {
  return new OrgError(400, code, message, [field.name]);
}

function parseText(field: FieldDefinition, value: unknown, position: ValuePosition): string | null {
  if (typeof value !== 'string') throw cannotDeserialize('string', value, position);
  const text = field.type === 'textarea' ? value : value.trim();
  if (text === '') return null;
  if (field.length > 0 && text.length > field.length) {
    throw invalid(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${text} (max length=${field.length})`,
      field,
    );
  }
  return text;
}

function parseEmail(field: FieldDefinition, value: unknown, position: ValuePosition): string | null {
  const text = parseText(field, value, position);
  if (text !== null && !/^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+\.[^\s@<>(),;:"[\]]{2,}$/.test(text)) {
    throw invalid('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, field);
  }
  return text;
}

function parsePicklist(field: FieldDefinition, value: unknown, position: ValuePosition): string | null {
  const text = parseText(field, value, position);
  if (text === null) return null;
  const chosen = field.type === 'multipicklist' ? text.split(';').map((part) => part.trim()) : [text];
  const known = chosen.map((part) => {
    const entry = field.picklist.find((candidate) => candidate.value.toLowerCase() === part.toLowerCase());
    if (!entry && field.restrictedPicklist) {
      const message = `${field.label}: bad value for restricted picklist field: ${part}`;
      throw invalid('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, field);
    }
    return entry?.value ?? part;
  });
  return known.join(';');
}

function parseNumber(field: FieldDefinition, value: unknown, position: ValuePosition): number {
  const jsonType = field.type === 'int' ? 'int' : 'double';
  const readable =
    typeof value === 'number' || (typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value));
  const number = Number(value);
  if (!readable || !Number.isFinite(number)) throw cannotDeserialize(jsonType, value, position);
  if (field.type === 'int' && !Number.isInteger(number)) throw cannotDeserialize('int', value, position);
  const integerDigits = field.precision - field.scale;
  if (Math.abs(number) >= 10 ** (field.precision > 0 ? integerDigits : 18)) {
    throw invalid(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${number}`,
      field,
    );
  }
  return Number(number.toFixed(Math.min(field.scale, 15)));
}

function parseBoolean(value: unknown, position: ValuePosition): number {
  if (value === true || value === 'true') return 1;
  if (value === false || value === 'false') return 0;
  throw cannotDeserialize('boolean', value, position);
}

function parseDate(value: unknown, position: ValuePosition): string {
  const match = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(value) : null;
  const time = match ? Date.parse(`${match[1]}T00:00:00Z`) : NaN;
  if (!match || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== match[1]) {
    throw cannotDeserialize('date', value, position);
  }
  return match[1];
}

/** ISO 8601 with `Z`, `+0000` or `+00:00`, as the REST API reads it. */
function parseDateTime(value: unknown, position: ValuePosition): string {
  const match =
    typeof value === 'string'
      ? /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})$/.exec(value)
      : null;
  const zone = match?.[2]?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = match ? Date.parse(`${match[1]}${zone}`) : NaN;
  if (Number.isNaN(time)) throw cannotDeserialize('datetime', value, position);
  return formatDateTime(time);
}

function parseReference(field: FieldDefinition, value: unknown, position: ValuePosition): string | null {
  if (typeof value !== 'string') throw cannotDeserialize('reference', value, position);
  const text = value.trim();
  if (text === '') return null;
  const id = normalizeRecordId(text);
  if (id) return id;
  throw invalid('MALFORMED_ID', `${field.label}: id value of incorrect type: ${text}`, field);
}

/**
 * Turns one value of a JSON request into what the table stores. `null` clears; a checkbox cannot be null and becomes
 * false.
 *
 * @throws OrgError with Salesforce's code and sentence (reference: REST error table).
 */
export function parseFieldValue(field: FieldDefinition, value: unknown, position: ValuePosition): StoredValue {
  if (value === null || value === undefined) return field.type === 'boolean' ? 0 : null;
  switch (field.type) {
    case 'boolean':
      return parseBoolean(value, position);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return value === '' ? null : parseNumber(field, value, position);
    case 'date':
      return value === '' ? null : parseDate(value, position);
    case 'datetime':
      return value === '' ? null : parseDateTime(value, position);
    case 'email':
      return parseEmail(field, value, position);
    case 'picklist':
    case 'multipicklist':
      return parsePicklist(field, value, position);
    case 'id':
    case 'reference':
      return parseReference(field, value, position);
    default:
      return parseText(field, value, position);
  }
}
