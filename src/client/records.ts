import { readOptionNames, request, type ReadOptions } from './apiRequest.ts';
import {
  checkConnection,
  checkedId,
  checkField,
  checkFields,
  checkOptions,
  checkType,
  type Connection,
} from './checks.ts';
import { ApiError, ApiRequestError, ParameterError, type SalesforceFault } from './errors.ts';
import { checkedValues } from './fieldValues.ts';
import { writeOptionNames, writing, type WriteOptions } from './record.ts';
import type { FieldOf, FieldValues, RecordWith, SObjectName } from './sobjectTypes.ts';

/** What writing many records takes as its last argument. `timeout` bounds each request, not the whole. */
export interface WriteManyOptions extends WriteOptions {
  /**
   * `true`: either all records are saved or none. Salesforce promises that for 200 records, so that more are refused.
   * `'perCollection'`: each 200 by themselves, in order; after the first that failed, nothing more is sent.
   * `false`, the default: each record by itself.
   *
   * @see REST API Developer Guide, "allOrNone Parameters in Composite and Collections Requests"
   */
  allOrNone?: boolean | 'perCollection' | undefined;
}

/** What became of one record. */
export interface SaveResult {
  success: boolean;
  /** Of the record, where it is known. */
  id?: string | undefined;
  /** Whether an upsert has made it. */
  created?: boolean | undefined;
  /**
   * Why not: `NOT_SENT` for what comes after a failure with `allOrNone: 'perCollection'`, else Salesforce's own codes.
   * Each message names the fields at fault.
   */
  errors: readonly SalesforceFault[];
}

/**
 * A collection could not be sent, or its answer was lost, after others had been saved: what is known of each record is
 * in `results`, by position; undefined for those of which nothing is known or that were not sent.
 */
export class PartlySavedError extends ApiRequestError {
  // A static block, as the other classes have, would stay in every bundle.
  override readonly name = 'PartlySavedError';
  readonly results: readonly (SaveResult | undefined)[];

  constructor(results: readonly (SaveResult | undefined)[], failed: ApiError) {
    const { code, correlationId, reason } = failed;
    const { status, data } = failed as ApiRequestError;
    const saved = results.filter((result) => result?.success).length;
    super(`${failed.message} Of ${results.length} records, ${saved} had been saved before.`, status, {
      code,
      correlationId,
      reason,
      data,
    });
    this.results = results;
    this.cause = failed;
  }
}

/** Many records of an object. */
export interface Records<Type extends SObjectName> {
  /**
   * Reads fields of records.
   *
   * @returns a record for each id, in their order; null for one that does not exist or that the person may not see
   * @see REST API Developer Guide, "Get Records Using sObject Collections"
   */
  read<const Field extends FieldOf<Type>>(
    ids: readonly string[],
    fields: readonly Field[],
    options?: ReadOptions,
  ): Promise<(RecordWith<Type, Field> | null)[]>;
  /** Makes records. @see REST API Developer Guide, "Create Records Using sObject Collections" */
  create(rows: readonly FieldValues<Type>[], options?: WriteManyOptions): Promise<SaveResult[]>;
  /** Changes records, each by its `Id`. @see REST API Developer Guide, "Update Records Using sObject Collections" */
  update(rows: readonly (FieldValues<Type> & { Id: string })[], options?: WriteManyOptions): Promise<SaveResult[]>;
  /**
   * Changes the records that have the values of an external id field, or makes them. Each row must have a value there.
   *
   * @see REST API Developer Guide, "Upsert Records Using sObject Collections"
   */
  upsert(
    externalField: FieldOf<Type>,
    rows: readonly FieldValues<Type>[],
    options?: WriteManyOptions,
  ): Promise<SaveResult[]>;
  /** Deletes records. @see REST API Developer Guide, "Delete Records Using sObject Collections" */
  delete(ids: readonly string[], options?: WriteManyOptions): Promise<SaveResult[]>;
}

const collections = '/services/data/vXX.X/composite/sobjects';
/** Most records that one request writes, and reads (REST API Developer Guide, "sObject Collections"). */
const mostWritten = 200;
const mostRead = 2_000;
/** Up to here ids stand in the path: only what is a GET may be shared, tried again and taken from a copy. */
const longestPath = 8_000;

/**
 * Thousands of records of one object: 200 are written and 2,000 read at once, one request after the other, so that
 * they do not lock each other's parents. A record that is refused does not reject: its result says why.
 *
 * @param type - API name of the object
 * @throws {@link ParameterError} for what can be no object, id, field or value, before anything is sent;
 *   {@link PartlySavedError} when a request fails after others have succeeded; else as {@link request}
 * @example
 * ```ts
 * const results = await records(salesforce, 'Contact').create([{ LastName: 'Lovelace' }, { LastName: 'Babbage' }]);
 * results.forEach(({ success, errors }, row) => success || console.log(`row ${row}: ${errors[0]?.message}`));
 * ```
 */
export function records<Type extends SObjectName>(connection: Connection, type: Type): Records<Type> {
  checkConnection(connection);
  checkType(type);
  const attributes = { type };
  const save = (method: 'POST' | 'PATCH', path: string, rows: unknown[], options: WriteManyOptions) =>
    inCollections(rows, options, (some, { allOrNone, ...rest }) =>
      request(connection, path, { ...rest, method, body: { allOrNone, records: some } }),
    );
  return {
    read: (ids, fields, options = {}) => readMany(connection, type, ids, fields, options) as never,
    async create(rows, options = {}) {
      const written = listOf(rows).map((row) => ({ attributes, ...withoutId(checkedValues(row)) }));
      return save('POST', collections, written, options);
    },
    async update(rows, options = {}) {
      const written = listOf(rows).map((row) => {
        const { Id, ...values } = checkedValues(row);
        return { attributes, id: checkedId(Id), ...values };
      });
      return save('PATCH', collections, written, options);
    },
    async upsert(externalField, rows, options = {}) {
      checkField(externalField);
      const written = listOf(rows).map((row) => {
        const values = checkedValues(row);
        const value = values[externalField];
        if (value === undefined || value === null || String(value).trim() === '')
          throw new ParameterError(`Each row must have a value of ${externalField} that is not empty`);
        return { attributes, ...values };
      });
      return save('PATCH', `${collections}/${type}/${externalField}`, written, options);
    },
    async delete(ids, options = {}) {
      const all = listOf(ids).map(checkedId);
      return inCollections(all, options, (some, { allOrNone, ...rest }) =>
        request(connection, `${collections}?ids=${some.join(',')}&allOrNone=${allOrNone}`, {
          ...rest,
          method: 'DELETE',
        }),
      );
    },
  };
}

async function readMany(
  connection: Connection,
  type: string,
  ids: readonly string[],
  fields: readonly string[],
  options: ReadOptions,
): Promise<unknown[]> {
  checkFields(fields);
  checkOptions(options, readOptionNames);
  const all = listOf(ids).map(checkedId);
  const rows: unknown[] = [];
  for (let from = 0; from < all.length; from += mostRead) {
    const some = all.slice(from, from + mostRead);
    const path = `${collections}/${type}`;
    const inPath = `${path}?ids=${some.join(',')}&fields=${fields.join(',')}`;
    const { data } = await (inPath.length <= longestPath
      ? request<unknown[]>(connection, inPath, options)
      : request<unknown[]>(connection, path, { ...options, method: 'POST', body: { ids: some, fields } }));
    for (const row of data ?? []) rows.push(row);
  }
  return rows;
}

type Send<Row> = (
  rows: readonly Row[],
  options: Omit<ReturnType<typeof writing>, 'allOrNone'> & { allOrNone: boolean },
) => Promise<{ data?: unknown }>;

/** Sends rows 200 at a time. */
async function inCollections<Row>(
  rows: readonly Row[],
  { allOrNone = false, ...options }: WriteManyOptions,
  send: Send<Row>,
): Promise<SaveResult[]> {
  checkOptions({ ...options }, writeOptionNames);
  if (typeof allOrNone !== 'boolean' && allOrNone !== 'perCollection')
    throw new ParameterError("allOrNone must be true, false or 'perCollection'");
  if (allOrNone === true && rows.length > mostWritten)
    throw new ParameterError(
      `Salesforce saves at most ${mostWritten} records all or none, these are ${rows.length}: 'perCollection' holds for each ${mostWritten} by themselves`,
    );
  const sent = { ...writing(options), allOrNone: allOrNone !== false };
  const results: SaveResult[] = [];
  while (results.length < rows.length) {
    const some = rows.slice(results.length, results.length + mostWritten);
    try {
      const { data } = await send(some, sent);
      if (!Array.isArray(data) || data.length !== some.length)
        throw new ApiRequestError('Salesforce answered with another number of results than records were sent.');
      for (const result of data) results.push(readResult(result as RawResult));
    } catch (error) {
      if (results.length === 0 || !(error instanceof ApiError)) throw error;
      throw new PartlySavedError(
        rows.map((_, index) => results[index]),
        error,
      );
    }
    if (allOrNone === 'perCollection' && !results.at(-1)!.success)
      return rows.map((_, index) => results[index] ?? { success: false, errors: [notSent] });
  }
  return results;
}

const notSent: SalesforceFault = {
  errorCode: 'NOT_SENT',
  message: 'This record was not sent, as one of an earlier collection was refused.',
};

interface RawResult {
  success: boolean;
  id?: string;
  created?: boolean;
  errors?: readonly (SalesforceFault & { statusCode?: string })[];
}

/** Within collections the code of a fault is called `statusCode`. */
function readResult({ success, id, created, errors = [] }: RawResult): SaveResult {
  return {
    success: success === true,
    ...(id !== undefined && { id }),
    ...(created !== undefined && { created }),
    errors: errors.map(({ statusCode, ...fault }) => {
      const errorCode = statusCode ?? fault.errorCode;
      return { ...fault, ...(errorCode !== undefined && { errorCode }), message: named(fault) };
    }),
  };
}

function named({ message = '', fields = [] }: SalesforceFault): string {
  const unnamed = fields.filter((field) => !message.includes(field));
  return unnamed.length > 0 ? `${message} (${unnamed.join(', ')})` : message;
}

function listOf<T>(rows: readonly T[]): readonly T[] {
  if (!Array.isArray(rows)) throw new ParameterError('The records must be a list');
  return rows;
}

function withoutId(values: Record<string, unknown>): Record<string, unknown> {
  if ('Id' in values) throw new ParameterError("The Id of a new record is Salesforce's to give");
  return values;
}
