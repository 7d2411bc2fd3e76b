import { isFieldName } from '../salesforce/fieldName.ts';
import { isPlainObject, told } from './checks.ts';
import { ParameterError } from './errors.ts';

/**
 * Values of fields as they are sent. What JSON would turn into null in silence, and so empty the field, is refused:
 * NaN, an infinite number, a `Date` that is none, and undefined within a list.
 *
 * @returns a copy, with `Date`s as dateTimes in UTC and without members that are undefined
 * @throws {@link ParameterError} for what is no object of fields and values
 */
export function checkedValues(values: unknown): Record<string, unknown> {
  if (!isPlainObject(values) || isOther(values))
    throw new ParameterError('The values must be an object of fields and their values: { LastName: … }');
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        if (!isFieldName(name)) throw new ParameterError(`${told(name)} is no API name of a field`);
        return [name, checkedValue(name, value)];
      }),
  );
}

function checkedValue(name: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ParameterError(`${name} is ${value}, which is no number that could be sent`);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new ParameterError(`${name} is a Date that is none`);
    return value.toISOString();
  }
  if (['bigint', 'function', 'symbol', 'undefined'].includes(typeof value))
    throw new ParameterError(`${name} is a value of type ${typeof value}, which JSON cannot express`);
  if (Array.isArray(value)) return value.map((item) => checkedValue(name, item));
  return isPlainObject(value) && !isOther(value) ? checkedMembers(name, value) : value;
}

/** Members of a compound value or of a record that stands for its id. */
function checkedMembers(name: string, members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .map(([member, value]) => [member, checkedValue(`${name}.${member}`, value)]),
  );
}

/** Instances of classes say by themselves how they are written (`toJSON`). */
function isOther(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}
