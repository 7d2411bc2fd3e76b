import type { CallOptions } from './call.ts';
import { checkConnection, checkFlag, checkOptions, type Connection } from './checks.ts';
import type { RequestOptions } from './connection.ts';
import { ApiRequestError, ParameterError, type SalesforceFault } from './errors.ts';
import type { ApiRequestHeaders, HttpMethod } from './request.ts';
import type { SalesforceRestApiResponse } from './restApi.ts';

/** What every function that asks the org takes as its last argument. */
export interface ReadOptions extends CallOptions, Pick<RequestOptions, 'maxAge' | 'priority'> {}

/** The last argument of {@link request}. */
export interface ApiRequestOptions extends ReadOptions {
  /** `GET` if omitted. */
  method?: HttpMethod | undefined;
  /**
   * An object (sent as JSON), a string (as it is), `FormData`, `URLSearchParams`, `Blob`, `ArrayBuffer` or a view of
   * one.
   */
  body?: unknown;
  /** Further headers, as `fetch` takes them. */
  headers?: ApiRequestHeaders | undefined;
  /** `bytes`: the answer as `ArrayBuffer`, whatever its content type. */
  answerAs?: 'auto' | 'bytes' | undefined;
  /**
   * A write that does no harm when it arrives twice: a `PATCH` of a record by an external id, or with
   * `If-Unmodified-Since`. The provider sends it again when its answer was lost, and refuses this of other writes.
   */
  isIdempotent?: boolean | undefined;
}

/** Names of the options that go with any read. */
export const readOptionNames = ['signal', 'timeout', 'maxAge', 'priority'] as const;
/** The same with others. A call that bundlers know to be pure, which an array with a spread is not to them. */
export const withReadOptions = (...names: string[]): readonly string[] => [...names, ...readOptionNames];
const optionNames = /* @__PURE__ */ withReadOptions('method', 'body', 'headers', 'answerAs', 'isIdempotent');

/**
 * Sends a request to the org's REST API, as `connection.executeApiRequest` does, with everything in one object. `vXX.X`
 * in the path stands for the API version that the provider is set to.
 *
 * @typeParam T - what the caller expects `data` to be; not checked
 * @param connection - as `connect()` gives it
 * @param path - path on the org, e.g. `/services/data/vXX.X/limits`
 * @returns status, data and content type, as `executeApiRequest`
 * @throws {@link ParameterError} for parameters that make no request, before anything is sent
 * @throws {@link ApiRequestError} as `executeApiRequest`, except that its message names the fields at fault
 * @throws `AuthTokenExpiredError`, and the reason of `options.signal`, as `executeApiRequest`
 * @example
 * ```ts
 * const { data } = await request<{ Name: string }>(salesforce, `/services/data/vXX.X/sobjects/Account/${id}`, {
 *   timeout: 5_000,
 * });
 * ```
 */
export async function request<T = unknown>(
  connection: Connection,
  path: string,
  options: ApiRequestOptions = {},
): Promise<SalesforceRestApiResponse<T>> {
  checkConnection(connection);
  checkOptions(options, optionNames);
  const { method, body, headers, ...rest } = options;
  const { answerAs, maxAge, priority } = rest;
  if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge >= 0))
    throw new ParameterError('maxAge must be a whole number of milliseconds, 0 or more');
  if (priority !== undefined && priority !== 'user' && priority !== 'background')
    throw new ParameterError("priority must be 'user' or 'background'");
  if (answerAs !== undefined && answerAs !== 'auto' && answerAs !== 'bytes')
    throw new ParameterError("answerAs must be 'auto' or 'bytes'");
  checkFlag('isIdempotent', rest.isIdempotent);
  try {
    return await connection.executeApiRequest<T>(path, method, body, headers, true, rest);
  } catch (error) {
    throw withFields(error);
  }
}

/** The same error with the fields that are at fault in its message, where it does not name them. */
function withFields(error: unknown): unknown {
  if (!(error instanceof ApiRequestError)) return error;
  const sentence = [error.message, ...error.errors.flatMap(fieldSentences)].reduce((text, part) =>
    text.includes(part) ? text : `${text} ${part}`,
  );
  if (sentence === error.message) return error;
  const { code, correlationId, reason, data } = error;
  return new ApiRequestError(sentence, error.status, { code, correlationId, reason, data });
}

/**
 * What a fault says of fields: their names where its message has none of them; for the User Interface API, whose
 * message says only that something went wrong, each fault that is inside. Nobody has checked the form of an error
 * answer.
 */
function fieldSentences({ message, fields, output }: SalesforceFault): string[] {
  const unnamed = listOf(fields).filter((field) => !String(message).includes(String(field)));
  const inside = Object.entries(output?.fieldErrors ?? {}).flatMap(([field, faults]) =>
    listOf(faults).map((fault) => `${field}: ${fault?.message ?? fault?.errorCode}`),
  );
  const ofRecord = listOf(output?.errors).map((fault) => fault?.message ?? '');
  return [...(unnamed.length > 0 ? [`(${unnamed.join(', ')})`] : []), ...inside, ...ofRecord];
}

function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}
