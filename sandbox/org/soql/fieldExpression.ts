import type { FieldDefinition, FieldType } from '../database/schema/objectDefinition.ts';
import type { SqlValue } from '../database/sqlEngine.ts';
import { bind, resolvePath } from './queryScope.ts';
import type { QueryScope } from './queryScope.ts';
import { invalidField, malformedQuery, positionOf, soqlError } from './soqlError.ts';
import { stringValue } from './stringLiteral.ts';

/** A function call as the parser gives it, in SELECT, WHERE, GROUP BY or ORDER BY. */
export interface FunctionCall {
  functionName?: string;
  parameters?: readonly unknown[];
  rawValue?: string;
}

/** SQL of a field or function, with a field definition that tells its type. */
export interface Expression {
  sql: string;
  field: FieldDefinition;
  /** As written, for error messages. */
  path: string;
}

const numeric: readonly FieldType[] = ['int', 'double', 'currency', 'percent'];
const month = (text: string): string => `CAST(substr(${text}, 6, 2) AS INTEGER)`;
const day = (text: string): string => `CAST(substr(${text}, 9, 2) AS INTEGER)`;
const dayOfYear = (text: string): string => `CAST(strftime('%j', substr(${text}, 1, 10)) AS INTEGER)`;

/** SQL of each date function over a stored date or date-time. The fiscal year is the calendar year. */
const dateFunctions: Record<string, (text: string) => string> = {
  CALENDAR_YEAR: (text) => `CAST(substr(${text}, 1, 4) AS INTEGER)`,
  CALENDAR_QUARTER: (text) => `((${month(text)} + 2) / 3)`,
  CALENDAR_MONTH: month,
  FISCAL_YEAR: (text) => `CAST(substr(${text}, 1, 4) AS INTEGER)`,
  FISCAL_QUARTER: (text) => `((${month(text)} + 2) / 3)`,
  FISCAL_MONTH: month,
  DAY_IN_MONTH: day,
  DAY_IN_WEEK: (text) => `(CAST(strftime('%w', substr(${text}, 1, 10)) AS INTEGER) + 1)`,
  DAY_IN_YEAR: dayOfYear,
  DAY_ONLY: (text) => `substr(${text}, 1, 10)`,
  HOUR_IN_DAY: (text) => `CAST(substr(${text}, 12, 2) AS INTEGER)`,
  WEEK_IN_MONTH: (text) => `((${day(text)} + 6) / 7)`,
  WEEK_IN_YEAR: (text) => `((${dayOfYear(text)} + 6) / 7)`,
};

export const aggregateNames = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

/** Whether the call itself is an aggregate, as `MIN(Amount)`. */
export function isAggregate(call: FunctionCall): boolean {
  return aggregateNames.includes((call.functionName ?? '').toUpperCase());
}

/** Whether the call is an aggregate or has one inside, as `FORMAT(MIN(Amount))`. */
export function containsAggregate(call: FunctionCall | undefined): boolean {
  if (!call) return false;
  return isAggregate(call) || (call.parameters ?? []).some((inner) => isCall(inner) && containsAggregate(inner));
}

/** Whether the call is a date function, as `CALENDAR_YEAR(CreatedDate)`. */
export function isDateFunction(call: FunctionCall): boolean {
  return (call.functionName ?? '').toUpperCase() in dateFunctions;
}

function isCall(parameter: unknown): parameter is FunctionCall {
  return typeof parameter === 'object' && parameter !== null && 'functionName' in parameter;
}

/** SQL of a path or a call. */
export function parameterExpression(scope: QueryScope, parameter: unknown): Expression {
  if (isCall(parameter)) return functionExpression(scope, parameter);
  if (typeof parameter !== 'string') throw malformedQuery('unexpected token: function parameter');
  return { ...resolvePath(scope, parameter), path: parameter };
}

function typed(field: FieldDefinition, type: FieldType): FieldDefinition {
  return { ...field, type, picklist: [] };
}

function aggregate(scope: QueryScope, name: string, parameter: unknown): Expression {
  if (parameter === undefined) {
    if (name === 'COUNT')
      return { sql: 'COUNT(*)', field: typed(scope.object.fields[0] as FieldDefinition, 'int'), path: 'COUNT()' };
    throw malformedQuery(`unexpected token: ')'`);
  }
  const { sql, field, path } = parameterExpression(scope, parameter);
  const wrong = (name === 'SUM' || name === 'AVG') && !numeric.includes(field.type);
  const notOrdered =
    (name === 'MIN' || name === 'MAX') &&
    (field.type === 'boolean' || field.type === 'id' || field.type === 'reference');
  if (wrong || notOrdered || !field.filterable || field.type === 'address') {
    const sentence = `field ${field.name} does not support aggregate operator ${name}`;
    throw soqlError('MALFORMED_QUERY', scope.environment.soql, positionOf(scope.environment.soql, path), sentence);
  }
  if (name === 'COUNT') return { sql: `COUNT(${sql})`, field: typed(field, 'int'), path };
  if (name === 'COUNT_DISTINCT') return { sql: `COUNT(DISTINCT ${sql})`, field: typed(field, 'int'), path };
  const type = name === 'AVG' && field.type === 'int' ? 'double' : field.type;
  return { sql: `${name}(${sql})`, field: typed(field, type), path };
}

function addressColumns(scope: QueryScope, path: string): [latitude: string, longitude: string] {
  const { field } = resolvePath(scope, path);
  if (!field.addressParts)
    throw invalidField(scope.environment.soql, path, `field '${field.name}' is not a geolocation or address field`);
  const prefix = path.slice(0, path.lastIndexOf('.') + 1);
  const part = (name: string): string => resolvePath(scope, prefix + name).sql;
  return [part(field.addressParts.latitude), part(field.addressParts.longitude)];
}

function distance(scope: QueryScope, parameters: readonly unknown[]): Expression {
  const [location, point, unit] = parameters;
  if (typeof location !== 'string' || !isCall(point) || typeof unit !== 'string')
    throw malformedQuery('unexpected token: DISTANCE');
  const unitName = stringValue(unit);
  if (unitName !== 'mi' && unitName !== 'km')
    throw malformedQuery(`Invalid distance unit: ${unitName}. Valid units are 'mi' and 'km'`);
  const [latitude, longitude] = addressColumns(scope, location);
  const here = (point.parameters ?? []).map((coordinate) => bind(scope, Number(coordinate)));
  const field = typed(resolvePath(scope, location).field, 'double');
  const sql = `sf_distance(${latitude}, ${longitude}, ${here.join(', ')}, ${bind(scope, unitName)})`;
  return { sql, field: { ...field, filterable: true, sortable: true }, path: location };
}

/** What a date function is of: `convertTimezone(…)` in it moves a moment to the user's time zone. */
function inTimeZone(scope: QueryScope, parameter: unknown): Expression {
  if (!isCall(parameter) || (parameter.functionName ?? '').toUpperCase() !== 'CONVERTTIMEZONE')
    return parameterExpression(scope, parameter);
  const moment = parameterExpression(scope, parameter.parameters?.[0]);
  if (moment.field.type !== 'datetime') {
    throw malformedQuery(`convertTimezone can only be used with dateTime fields: ${moment.field.name}`);
  }
  return { ...moment, sql: `sf_local(${moment.sql})` };
}

/** A compound field is no value of its own: only `SELECT` and `DISTANCE` take it. */
export function refuseCompound(scope: QueryScope, { field, path }: Expression, name: string): void {
  if (field.type !== 'address') return;
  throw invalidField(
    scope.environment.soql,
    path,
    `field '${field.name}' is a compound field and can not be used in ${name}`,
  );
}

/**
 * SQL of a function call.
 *
 * @throws OrgError `MALFORMED_QUERY` for a function SOQL does not have, or not for this field.
 */
export function functionExpression(scope: QueryScope, call: FunctionCall): Expression {
  const name = (call.functionName ?? '').toUpperCase();
  const parameters = call.parameters ?? [];
  if (name === 'DISTANCE') return distance(scope, parameters);
  if (aggregateNames.includes(name)) return aggregate(scope, name, parameters[0]);
  const dateSql = dateFunctions[name];
  const inner = dateSql ? inTimeZone(scope, parameters[0]) : parameterExpression(scope, parameters[0]);
  refuseCompound(scope, inner, name);
  const isDate = inner.field.type === 'date' || inner.field.type === 'datetime';
  if (dateSql) {
    if (!isDate) throw malformedQuery(`${name} can only be used with date or dateTime fields: ${inner.field.name}`);
    return {
      sql: dateSql(inner.sql),
      field: typed(inner.field, name === 'DAY_ONLY' ? 'date' : 'int'),
      path: inner.path,
    };
  }
  switch (name) {
    case 'CONVERTTIMEZONE':
      throw malformedQuery('convertTimezone can only be used inside a date function');
    case 'TOLABEL':
    case 'CONVERTCURRENCY':
    case 'FORMAT':
      return inner;
    default:
      throw malformedQuery(`unexpected token: '${call.functionName ?? ''}'`);
  }
}

/** Distance on the globe; null when either place is unknown. Salesforce uses the same great-circle formula. */
export function greatCircleDistance(
  latitude: SqlValue,
  longitude: SqlValue,
  toLatitude: number,
  toLongitude: number,
  unit: string,
): number | null {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  const radians = Math.PI / 180;
  const sines =
    Math.sin(((toLatitude - latitude) * radians) / 2) ** 2 +
    Math.cos(latitude * radians) *
      Math.cos(toLatitude * radians) *
      Math.sin(((toLongitude - longitude) * radians) / 2) ** 2;
  return 2 * (unit === 'mi' ? 3958.8 : 6371) * Math.asin(Math.min(1, Math.sqrt(sines)));
}
