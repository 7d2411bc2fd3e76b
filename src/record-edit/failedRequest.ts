import type { ApiRequestError } from '../client/errors.ts';

/**
 * What Salesforce answered to a request that failed.
 *
 * @returns undefined when this is no `ApiRequestError` of a client. It goes by the name, as an app may have its client
 *   from the package, with classes of its own.
 */
export function failedRequest(error: unknown): Pick<ApiRequestError, 'status' | 'data'> | undefined {
  return error instanceof Error && error.name === 'ApiRequestError' ? (error as ApiRequestError) : undefined;
}
