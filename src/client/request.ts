import { ParameterError } from './errors.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Headers of a request, by name. */
export type ApiRequestHeaders = Record<string, string>;

/** A request as it goes to the provider, except that its data is not encoded yet. */
export interface Request {
  endpoint: string;
  method: HttpMethod;
  headers: ApiRequestHeaders;
  includeAuthorization: boolean | undefined;
  data: unknown;
}

/**
 * Checks the parameters of a request, which plain JavaScript may pass in any form. The endpoint is passed on unchanged,
 * as the provider judges it.
 *
 * @throws {@link ParameterError} for parameters that make no request, or that cannot be sent without loss
 */
export function readRequest(
  endpoint: unknown,
  httpMethod: unknown,
  data: unknown,
  headers: unknown,
  includeAuthorization: unknown,
): Request {
  if (typeof endpoint !== 'string') throw new ParameterError('The API endpoint must be a string');
  if (typeof httpMethod !== 'string') throw new ParameterError('The HTTP method must be a string');
  const method = httpMethod.toUpperCase() as HttpMethod;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  if (!hasBody && data !== undefined && data !== null)
    throw new ParameterError(`A ${method} request has no data: put it into the query`);
  return {
    endpoint,
    method,
    headers: readHeaders(headers),
    includeAuthorization: includeAuthorization === undefined ? undefined : Boolean(includeAuthorization),
    data: hasBody ? data : undefined,
  };
}

/** Takes what `fetch` takes, and refuses what it refuses (Fetch, "fill a Headers object"). */
function readHeaders(headers: unknown): ApiRequestHeaders {
  try {
    return Object.fromEntries(new Headers((headers ?? {}) as HeadersInit));
  } catch {
    throw new ParameterError('The headers cannot be sent: they must be an object of names and values that HTTP allows');
  }
}
