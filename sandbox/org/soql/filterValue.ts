import { normalizeRecordId } from '../../../src/salesforce/recordId.ts';
import type { OrgError } from '../database/orgError.ts';
import type { FieldDefinition, FieldType } from '../database/schema/objectDefinition.ts';
import { formatDateTime } from '../database/storedDate.ts';
import type { SqlValue } from '../database/sqlEngine.ts';
import { dateLiteralRange, dayOf, dayText } from './dateLiterals.ts';
import type { QueryEnvironment } from './queryScope.ts';
import { filterError, malformedQuery } from './soqlError.ts';
import { stringValue } from './stringLiteral.ts';
import { fromLocal, toLocal } from './timeZone.ts';

/** What a literal becomes: one value, or a range from `start` up to but without `end`. */
export type FilterValue = { kind: 'value'; value: SqlValue } | { kind: 'range'; start: string; end: string };

const DAY_MS = 86_400_000;
const FIRST_WRITTEN = Date.parse('0001-01-02T00:00:00Z');
const LAST_WRITTEN = Date.parse('9999-12-31T00:00:00Z');

const numeric: readonly FieldType[] = ['int', 'double', 'currency', 'percent'];
/** Salesforce's names of the types in its sentence about literals of the wrong type. */
const sentenceTypes: Partial<Record<FieldType, string>> = {
  datetime: 'dateTime',
  currency: 'currency',
  percent: 'percent',
  int: 'int',
  double: 'double',
};

function wrongType(environment: QueryEnvironment, field: FieldDefinition, path: string): OrgError {
  const type = sentenceTypes[field.type] ?? (field.type === 'boolean' || field.type === 'date' ? field.type : 'string');
  const quotes = type === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  const sentence = `value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes}`;
  return filterError('INVALID_FIELD', environment.soql, path, sentence);
}

function value(stored: SqlValue): FilterValue {
  return { kind: 'value', value: stored };
}

function idValue(environment: QueryEnvironment, path: string, text: string): FilterValue {
  if (text === '') return value(null);
  const id = normalizeRecordId(text);
  if (id) return value(id);
  throw filterError('INVALID_QUERY_FILTER_OPERATOR', environment.soql, path, `invalid ID field: ${text}`);
}

/** Whether a moment can be written with a year of four digits, in any time zone. */
function isWritten(time: number): boolean {
  return time >= FIRST_WRITTEN && time < LAST_WRITTEN;
}

function dateTimeValue(literal: string): FilterValue {
  const time = Date.parse(literal.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (!isWritten(time)) throw malformedQuery(`Invalid dateTime: ${literal}`);
  return value(formatDateTime(time));
}

function dateValue(literal: string): FilterValue {
  const time = Date.parse(`${literal}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== literal)
    throw malformedQuery(`Invalid date: ${literal}`);
  return value(literal);
}

/** The week starts on Sunday for US locales, on Monday for the others of this org. */
function weekStartOf(locale: string): number {
  return locale.endsWith('_US') ? 0 : 1;
}

function dateRange(environment: QueryEnvironment, field: FieldDefinition, literal: string): FilterValue {
  const today = dayOf(toLocal(environment.now, environment.timeZone));
  const range = dateLiteralRange(literal, today, weekStartOf(environment.locale));
  if (!range) throw malformedQuery(`unexpected token: '${literal}'`);
  if (!isWritten(range.start * DAY_MS) || !isWritten(range.end * DAY_MS))
    throw malformedQuery(`Date literal is out of range: ${literal}`);
  const start = dayText(range.start);
  const end = dayText(range.end);
  if (field.type === 'date') return { kind: 'range', start, end };
  const moment = (day: string): string =>
    formatDateTime(fromLocal(Date.parse(`${day}T00:00:00Z`), environment.timeZone));
  return { kind: 'range', start: moment(start), end: moment(end) };
}

/**
 * Turns a literal of the query into what the column holds.
 *
 * @param literalType The parser's name of the literal's kind.
 * @throws OrgError `INVALID_FIELD` when literal and field type do not go together.
 */
export function filterValue(
  environment: QueryEnvironment,
  field: FieldDefinition,
  path: string,
  literal: string,
  literalType: string,
): FilterValue {
  const isDate = field.type === 'date' || field.type === 'datetime';
  switch (literalType) {
    case 'NULL':
      return value(null);
    case 'STRING': {
      if (field.type === 'id' || field.type === 'reference') return idValue(environment, path, stringValue(literal));
      if (isDate || numeric.includes(field.type) || field.type === 'boolean') break;
      const text = stringValue(literal);
      return value(text === '' ? null : text);
    }
    case 'BOOLEAN':
      if (field.type === 'boolean') return value(literal.toUpperCase() === 'TRUE' ? 1 : 0);
      break;
    case 'INTEGER':
    case 'DECIMAL':
      if (numeric.includes(field.type)) return value(Number(literal));
      break;
    case 'INTEGER_WITH_CURRENCY_PREFIX':
    case 'DECIMAL_WITH_CURRENCY_PREFIX':
      if (field.type === 'currency') return value(Number(literal.slice(3)));
      break;
    case 'DATE':
      if (field.type === 'date') return dateValue(literal);
      break;
    case 'DATETIME':
      if (field.type === 'datetime') return dateTimeValue(literal);
      break;
    case 'DATE_LITERAL':
    case 'DATE_N_LITERAL':
      if (isDate) return dateRange(environment, field, literal);
      break;
    case 'APEX_BIND_VARIABLE':
      throw malformedQuery('Bind variables only allowed in Apex code');
    default:
      throw malformedQuery(`unexpected token: '${literal}'`);
  }
  throw wrongType(environment, field, path);
}
