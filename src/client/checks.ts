import { isFieldName } from '../salesforce/fieldName.ts';
import { normalizeRecordId } from '../salesforce/recordId.ts';
import type { SalesforceConnection } from './connection.ts';
import { ParameterError } from './errors.ts';

/**
 * What the functions beside the connection need of one: an app's tests may hand them an object with this function only.
 */
export type Connection = Pick<SalesforceConnection, 'executeApiRequest'>;

/** @throws {@link ParameterError} for what is no connection */
export function checkConnection(connection: unknown): void {
  if (typeof (connection as Connection | undefined)?.executeApiRequest !== 'function')
    throw new ParameterError('The first argument must be a connection, as connect() gives it');
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An options object, of which only these members may be there: a misspelt option would be no option, in silence.
 *
 * @throws {@link ParameterError} for what is no object, or has other members
 */
export function checkOptions(options: unknown, known: readonly string[]): void {
  if (!isPlainObject(options)) throw new ParameterError(`The options must be an object: { ${known.join(', ')} }`);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ParameterError(`There is no option ${JSON.stringify(unknown)}: { ${known.join(', ')} }`);
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal))
    throw new ParameterError('signal must be an AbortSignal');
}

/** @throws {@link ParameterError} for what is no API name of an object */
export function checkType(type: unknown): asserts type is string {
  if (typeof type !== 'string' || !isFieldName(type))
    throw new ParameterError(`${told(type)} is no API name of an object, such as Contact or Invoice__c`);
}

/** @throws {@link ParameterError} for what is no API name of a field; with `path`, for what is no path to one either */
export function checkField(field: unknown, { path = false } = {}): asserts field is string {
  const names = typeof field === 'string' ? (path ? field.split('.') : [field]) : [];
  if (names.length === 0 || !names.every(isFieldName))
    throw new ParameterError(
      `${told(field)} is no API name of a field, such as LastName${path ? ' or Owner.Name' : ''}`,
    );
}

/** @throws {@link ParameterError} for what is no list of fields, or an empty one */
export function checkFields(fields: unknown): asserts fields is readonly string[] {
  if (!Array.isArray(fields) || fields.length === 0) throw new ParameterError('The fields must be a list of names');
  for (const field of fields) checkField(field, { path: true });
}

/**
 * The id in its form of 18 characters.
 *
 * @throws {@link ParameterError} for what is no record id
 */
export function checkedId(id: unknown): string {
  const normalized = typeof id === 'string' ? normalizeRecordId(id) : undefined;
  if (normalized === undefined) throw new ParameterError(`${told(id)} is no record id of 15 or 18 characters`);
  return normalized;
}

/** @throws {@link ParameterError} for anything but a boolean or undefined */
export function checkFlag(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') throw new ParameterError(`${name} must be true or false`);
}

/** A value in a message: short, and a record's data only as far as it makes the mistake plain. */
export function told(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `A value of type ${typeof value}`;
}
