import { request, type ApiRequestOptions } from './apiRequest.ts';
import { checkConnection, type Connection } from './checks.ts';
import { ParameterError } from './errors.ts';
import type { SalesforceRestApiResponse } from './restApi.ts';

/**
 * Asks a service that the org has written in Apex.
 *
 * @typeParam T - what the caller expects `data` to be; not checked
 * @param path - its `urlMapping` and what follows, e.g. `/coverage/v1/001…`; what varies in it is for
 *   `encodeURIComponent`
 * @param options - as of `request`
 * @throws `ParameterError` for what is no path, before anything is sent; else as `request`: what an Apex class answers
 *   as an error is `data`
 * @see Apex Developer Guide, "Exposing Apex Classes as REST Web Services"
 */
export async function apexRest<T = unknown>(
  connection: Connection,
  path: string,
  options: ApiRequestOptions = {},
): Promise<SalesforceRestApiResponse<T>> {
  checkConnection(connection);
  if (typeof path !== 'string' || !/^\/[^/]/.test(path))
    throw new ParameterError('The path must be that of an Apex class, beginning with /');
  return request<T>(connection, `/services/apexrest${path}`, options);
}
