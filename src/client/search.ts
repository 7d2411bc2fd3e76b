import { isSoslText, type SoslText } from '../salesforce/soslText.ts';
import { urlSegment } from '../salesforce/urlSegment.ts';
import { readOptionNames, request, type ReadOptions } from './apiRequest.ts';
import { checkConnection, checkOptions, type Connection } from './checks.ts';
import { ParameterError } from './errors.ts';
import type { SalesforceRestApiSObject, SalesforceRestApiSearchResult } from './restApi.ts';

/**
 * Searches by SOSL.
 *
 * @typeParam Row - what the caller expects a record to be; not checked
 * @param statement - made by `sosl`, so that no value in it is pasted
 * @returns the records, of all objects in the order of the statement, at most 2,000
 * @throws {@link ParameterError} for parameters that make no search, and the errors of `request`; Salesforce answers
 *   `INVALID_SEARCH` for a single character
 * @see REST API Developer Guide, "Search"; SOQL and SOSL Reference, "SOSL Syntax"
 * @example
 * ```ts
 * const found = await search(salesforce, sosl`FIND {${words}*} IN NAME FIELDS RETURNING Contact(Id, Name)`);
 * ```
 */
export async function search<Row extends object = SalesforceRestApiSObject>(
  connection: Connection,
  statement: SoslText,
  options: ReadOptions = {},
): Promise<Row[]> {
  checkConnection(connection);
  if (!isSoslText(statement))
    throw new ParameterError('The statement must be made by sosl`…`, which quotes the values in it');
  checkOptions(options, readOptionNames);
  const path = `/services/data/vXX.X/search?q=${urlSegment(statement.toString())}`;
  const { data } = await request<SalesforceRestApiSearchResult>(connection, path, options);
  return (data?.searchRecords ?? []) as unknown as Row[];
}
