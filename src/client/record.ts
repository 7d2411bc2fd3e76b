import { urlSegment } from '../salesforce/urlSegment.ts';
import { readOptionNames, withReadOptions, request, type ReadOptions } from './apiRequest.ts';
import {
  checkConnection,
  checkedId,
  checkField,
  checkFields,
  checkFlag,
  checkOptions,
  checkType,
  type Connection,
  told,
} from './checks.ts';
import { ParameterError } from './errors.ts';
import { checkedValues } from './fieldValues.ts';
import type { FieldOf, FieldValues, RecordWith, SObjectName } from './sobjectTypes.ts';

/** What writing takes as its last argument. */
export interface WriteOptions extends ReadOptions {
  /**
   * Saves also where a duplicate rule would only warn. Without it such a rule refuses, with the records that it found
   * (`duplicatesOf`).
   *
   * @see REST API Developer Guide, "Duplicate Rule Header"
   */
  allowDuplicates?: boolean | undefined;
}

/** Writing that refuses to overwrite what somebody else has changed. */
export interface UpdateOptions extends WriteOptions {
  /**
   * Changes the record only if it is as it was then, to the second: otherwise `ApiRequestError` with status 412.
   *
   * @see REST API Developer Guide, "Conditional Request Headers"
   */
  ifUnmodifiedSince?: Date | undefined;
}

/** An upsert, which may be sent twice. */
export interface UpsertOptions extends WriteOptions {
  /**
   * Sends it again when its answer was lost. `created` is then false also where the first attempt has made the record.
   */
  isIdempotent?: boolean | undefined;
}

/** An object of the org, for new records. */
export interface RecordOfType<Type extends SObjectName> {
  /**
   * Makes a record.
   *
   * @returns its id
   * @see REST API Developer Guide, "sObject Basic Information", POST
   */
  create(values: FieldValues<Type>, options?: WriteOptions): Promise<string>;
  /**
   * Changes the record that has this value in an external id field, or makes one.
   *
   * @param externalField - API name of the field
   * @param value - not empty: for an empty one Salesforce would make a record each time
   * @throws `ApiRequestError` with status 300 where several records have it, of which none is changed
   * @see REST API Developer Guide, "Insert or Update (Upsert) a Record Using an External ID"
   */
  upsert(
    externalField: FieldOf<Type>,
    value: string | number,
    values: FieldValues<Type>,
    options?: UpsertOptions,
  ): Promise<{ id: string; created: boolean }>;
}

/** A record of the org. */
export interface RecordWithId<Type extends SObjectName> {
  /**
   * Reads fields, also of records that lookups lead to (`Owner.Name`).
   *
   * @throws `ApiRequestError` with status 404 where there is no such record, or none that the person may see
   * @see REST API Developer Guide, "sObject Rows", GET
   */
  read<const Field extends FieldOf<Type>>(
    fields: readonly Field[],
    options?: ReadOptions,
  ): Promise<RecordWith<Type, Field>>;
  /**
   * Changes fields; null empties one.
   *
   * @see REST API Developer Guide, "sObject Rows", PATCH
   */
  update(values: FieldValues<Type>, options?: UpdateOptions): Promise<void>;
  /**
   * Deletes the record.
   *
   * @see REST API Developer Guide, "sObject Rows", DELETE
   */
  delete(options?: ReadOptions): Promise<void>;
}

const sobjects = '/services/data/vXX.X/sobjects';

/** For new records of an object. See the other form. */
export function record<Type extends SObjectName>(connection: Connection, type: Type): RecordOfType<Type>;
/**
 * One record, or with no id an object for new ones. Nothing is sent before one of its functions is called.
 *
 * @param connection - as `connect()` gives it
 * @param type - API name of the object, e.g. `Contact`, `Invoice__c`
 * @param id - 15 or 18 characters
 * @throws {@link ParameterError} for what can be no object, id, field or value, before anything is sent; beyond that
 *   each function rejects as {@link request} does
 * @example
 * ```ts
 * const { Name, Email } = await record(salesforce, 'Contact', id).read(['Name', 'Email']);
 * await record(salesforce, 'Contact', id).update({ Phone: '+44 20 7946 0000' });
 * const newId = await record(salesforce, 'Contact').create({ LastName: 'Lovelace' });
 * ```
 */
export function record<Type extends SObjectName>(connection: Connection, type: Type, id: string): RecordWithId<Type>;
export function record(
  connection: Connection,
  type: string,
  ...ids: [id?: string]
): RecordOfType<string> | RecordWithId<string> {
  checkConnection(connection);
  checkType(type);
  // An id that an app has failed to find must not turn into "for new ones".
  return ids.length === 0
    ? recordOfType(connection, `${sobjects}/${type}`)
    : recordWithId(connection, `${sobjects}/${type}/${checkedId(ids[0])}`);
}

function recordOfType(connection: Connection, path: string): RecordOfType<string> {
  return {
    async create(values, options = {}) {
      const answer = await write<{ id: string }>(connection, path, 'POST', checkedValues(values), options);
      return answer.data!.id;
    },
    async upsert(externalField, value, values, options = {}) {
      checkField(externalField);
      const body = checkedValues(values);
      if (externalField in body)
        throw new ParameterError(`${externalField} stands in the path and must not stand among the values too`);
      const row = `${path}/${externalField}/${urlSegment(externalValue(externalField, value))}`;
      const { status, data } = await write<{ id: string }>(connection, row, 'PATCH', body, options, ['isIdempotent']);
      return { id: data!.id, created: status === 201 };
    },
  };
}

function recordWithId(connection: Connection, path: string): RecordWithId<string> {
  return {
    async read(fields, options = {}) {
      checkFields(fields);
      checkOptions(options, readOptionNames);
      const { data } = await request(connection, `${path}?fields=${fields.join(',')}`, options);
      return data as RecordWith<string, (typeof fields)[number]>;
    },
    async update(values, options = {}) {
      await write(connection, path, 'PATCH', checkedValues(values), options, ['ifUnmodifiedSince']);
    },
    async delete(options = {}) {
      checkOptions(options, readOptionNames);
      await request(connection, path, { ...options, method: 'DELETE' });
    },
  };
}

async function write<T>(
  connection: Connection,
  path: string,
  method: 'POST' | 'PATCH',
  body: Record<string, unknown>,
  options: UpdateOptions & UpsertOptions,
  further: readonly string[] = [],
) {
  if ('Id' in body) throw new ParameterError('The Id is not among what can be written: it says which record is meant');
  const { ifUnmodifiedSince, ...rest } = options;
  checkOptions(options, [...writeOptionNames, ...further]);
  if (ifUnmodifiedSince !== undefined && !(ifUnmodifiedSince instanceof Date && ifUnmodifiedSince.getTime() > 0))
    throw new ParameterError('ifUnmodifiedSince must be a Date');
  const { headers, ...reading } = writing(rest);
  const condition = ifUnmodifiedSince && { 'If-Unmodified-Since': ifUnmodifiedSince.toUTCString() };
  return request<T>(connection, path, { ...reading, method, body, headers: { ...headers, ...condition } });
}

export const writeOptionNames = /* @__PURE__ */ withReadOptions('allowDuplicates');

/** Write options as those of a request. */
export function writing({ allowDuplicates, ...options }: UpsertOptions) {
  checkFlag('allowDuplicates', allowDuplicates);
  const headers: Record<string, string> = allowDuplicates ? { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } : {};
  return { ...options, headers };
}

/** @throws {@link ParameterError} for a value that leads nowhere, or elsewhere */
export function externalValue(field: string, value: unknown): string {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== 'string' || text.trim() === '')
    throw new ParameterError(`The value of ${field} must be a text that is not empty, or a number`);
  // In a path these are no values but ways, also when they are encoded (WHATWG URL, "double-dot path segment").
  if (text === '.' || text === '..')
    throw new ParameterError(
      `${told(text)} cannot stand in a path: records(…).upsert() takes it as the value of ${field}`,
    );
  return text;
}
