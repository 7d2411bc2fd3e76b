import type { ExecuteReply } from '../channel/orgRequests.ts';
import type { LaneReply } from '../channel/laneMessages.ts';
import { decodeBody, encodeBody, readBody } from './body.ts';
import { beginCall, type CallOptions } from './call.ts';
import { providerConnection } from './configure.ts';
import { ApiRequestError } from './errors.ts';
import type { AskedOnLane } from './lane.ts';
import { errorCode, log } from './logging.ts';
import { randomId } from './randomId.ts';
import { errorFromFailure, isObject, unreadableReply } from './reply.ts';
import { type ApiRequestHeaders, type HttpMethod, readRequest, type Request } from './request.ts';
import type { SalesforceRestApiResponse, SalesforceRestApiSObjectUser } from './restApi.ts';
import type { Session } from './session.ts';

/** The last argument of `executeApiRequest`. */
export interface RequestOptions extends CallOptions {
  /** `bytes`: the answer as `ArrayBuffer`, whatever its content type, as for a file whose charset nobody names. */
  answerAs?: 'auto' | 'bytes' | undefined;
  /** How old an answer may be, in milliseconds; 0: from the org. The provider's configuration says it otherwise. */
  maxAge?: number | undefined;
  /** `background` for what nobody waits for: it comes after what a person waits for. */
  priority?: 'user' | 'background' | undefined;
  /**
   * A write that does no harm when it arrives twice: a `PATCH` of a record by an external id, or with
   * `If-Unmodified-Since`. The provider sends it again when its answer was lost, and refuses this of other writes.
   */
  isIdempotent?: boolean | undefined;
}

/** A connection to a Salesforce org, shared with the other apps of the desktop. Holds no token. */
export interface SalesforceConnection {
  /** Consumer key of the connected app (or external client app) that the session belongs to. */
  consumerKey: string;
  /** The signed-in user's record. */
  currentUser: SalesforceRestApiSObjectUser;
  /** Origin of the org. */
  orgUrl: string;
  /** Ends this app's use of the connection. Always resolves; later requests reject with `ApiRequestError`. */
  disconnect: () => Promise<void>;
  /**
   * Sends a request to the org's REST API. `vXX.X` in the path stands for the API version the provider is set to.
   * When the provider restarts, `GET` and `HEAD` requests under way are sent again; others reject, since nobody knows
   * whether they arrived.
   *
   * @typeParam T - what the caller expects `data` to be; not checked
   * @param apiEndpoint - path on the org, e.g. `/services/data/vXX.X/sobjects/Contact/003…`
   * @param httpMethod - `GET` if omitted
   * @param data - the body: an object (sent as JSON), a string (as it is), `FormData`, `URLSearchParams`, `Blob`,
   *   `ArrayBuffer` or a view of one
   * @param headers - further headers, as `fetch` takes them; `Authorization` is set by the provider
   * @param includeAuthorization - `false` for endpoints that want no access token
   * @param options - `{ signal, timeout, answerAs }`
   * @returns status, data and content type. JSON arrives as an object, text as a string, URL-encoded forms as
   *   `FormData`, anything else as `ArrayBuffer`
   * @throws `ParameterError` for parameters that make no request, before anything is sent
   * @throws {@link ApiRequestError} Salesforce answered with any status outside 200 to 299, 300 and 304 included
   *   (`REQUEST_FAILED`, with `status` and `data`), or `ENDPOINT_NOT_ALLOWED`, `NETWORK_FAILED`, `REQUEST_TIMED_OUT`,
   *   `REQUEST_CANCELLED`,
   *   `PROVIDER_UNAVAILABLE`, and `SESSION_ENDED` after `disconnect()`
   * @throws `AuthTokenExpiredError` `SIGN_IN_REQUIRED` or `SESSION_ENDED`: call `connect()` again
   * @throws the reason of `options.signal`, at once when it aborts
   * @example
   * ```ts
   * const { data } = await salesforce.executeApiRequest<SalesforceRestApiSObjectContact>(
   *   `/services/data/vXX.X/sobjects/Contact/${id}`, 'GET', undefined, undefined, true, { timeout: 5_000 },
   * );
   * ```
   */
  executeApiRequest<T = unknown>(
    apiEndpoint: string,
    httpMethod?: HttpMethod,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the published signature of @openfin/salesforce
    data?: any,
    headers?: ApiRequestHeaders,
    includeAuthorization?: boolean,
    options?: RequestOptions,
  ): Promise<SalesforceRestApiResponse<T>>;
  /** @internal */
  expireTokens: (expireAccessTokenOnly?: boolean) => Promise<void>;
}

/** The session behind each connection, for what is beside it. */
export const sessionOf = new WeakMap<object, Session>();

/**
 * Ends a request when the provider has vanished and the runtime has not reported it. Longer than the provider's own
 * time limit for a request.
 */
const requestLimitMs = 180_000;
const disconnectLimitMs = 30_000;

/** Makes the connection an app holds from a session that the provider granted. */
export function openConnection(session: Session): SalesforceConnection {
  const { orgUrl, consumerKey, currentUser } = session.details;
  const assertOpen = () => {
    if (session.ended.signal.aborted)
      throw new ApiRequestError('This connection was disconnected: call connect() again.', undefined, {
        code: 'SESSION_ENDED',
      });
  };
  const connection: SalesforceConnection = {
    orgUrl,
    consumerKey,
    currentUser: currentUser as SalesforceRestApiSObjectUser,
    async executeApiRequest<T>(
      apiEndpoint: string,
      httpMethod: HttpMethod = 'GET',
      data?: unknown,
      headers?: ApiRequestHeaders,
      includeAuthorization?: boolean,
      options: RequestOptions = {},
    ) {
      assertOpen();
      return execute(
        session,
        readRequest(apiEndpoint, httpMethod, data, headers, includeAuthorization),
        options,
      ) as Promise<SalesforceRestApiResponse<T>>;
    },
    async disconnect() {
      if (session.ended.signal.aborted) return;
      session.ended.abort();
      await disconnect(session);
    },
    async expireTokens(expireAccessTokenOnly = false) {
      assertOpen();
      await useSession(session, 'expireTokens', requestLimitMs, { accessTokenOnly: expireAccessTokenOnly });
    },
  };
  sessionOf.set(connection, session);
  return connection;
}

async function execute(
  session: Session,
  request: Request,
  options: RequestOptions,
): Promise<SalesforceRestApiResponse> {
  const { data, ...rest } = request;
  const body = readBody(data);
  const call = beginCall(requestLimitMs, () => unanswered(requestLimitMs), options, 'The request');
  let sent = false;
  const repeatable = () => !sent || request.method === 'GET' || request.method === 'HEAD';
  return providerConnection().perform(
    call,
    { repeatable, unavailable: () => unavailable(request.method) },
    async (channel) => {
      const sessionId = await session.idOn(channel, call);
      const { lane } = channel;
      const payload = {
        requestId: randomId(),
        sessionId,
        ...rest,
        body: lane ? body : body && (await encodeBody(body)),
        answerAs: options.answerAs,
        maxAgeMs: options.maxAge,
        priority: options.priority,
        isIdempotent: options.isIdempotent,
        timeoutMs: call.remainingMs(),
      } as AskedOnLane;
      sent = true;
      return readResponse(await channel.exchange('execute', payload, call, lane));
    },
  );
}

async function disconnect(session: Session): Promise<void> {
  try {
    await useSession(session, 'disconnect', disconnectLimitMs);
  } catch (error) {
    // A failure does not concern the app, which has no use for the session any more.
    log(`disconnect failed: ${errorCode(error)}`);
  }
}

/** Says something of a session that needs no answer but that it was heard. */
async function useSession(
  session: Session,
  action: 'disconnect' | 'expireTokens',
  limitMs: number,
  more: object = {},
): Promise<void> {
  const call = beginCall(limitMs, () => unanswered(limitMs));
  await providerConnection().perform(
    call,
    { repeatable: () => true, unavailable: () => unavailable(action) },
    async (channel) => channel.exchange(action, { sessionId: await session.idOn(channel, call), ...more }, call),
  );
}

function readResponse(reply: unknown): SalesforceRestApiResponse {
  if (!isObject(reply) || typeof reply.status !== 'number') throw unreadableReply('execute');
  const { status, type, body, unreadable } = reply as ExecuteReply & LaneReply;
  const data = body === undefined ? undefined : decode(body, unreadable);
  // As in @openfin/salesforce, `type` is the content type of `data` and is absent where there is no data.
  return { status, ...(data !== undefined && { data }), ...(Boolean(data) && type !== undefined && { type }) };
}

function decode(body: NonNullable<ExecuteReply['body']>, unreadable: LaneReply['unreadable']): unknown {
  try {
    return decodeBody(body, Boolean(unreadable));
  } catch {
    throw isObject(unreadable) ? errorFromFailure(unreadable) : unreadableReply('execute');
  }
}

function unanswered(limitMs: number): ApiRequestError {
  return new ApiRequestError(
    `The Salesforce provider did not answer within ${limitMs / 1000} s. Whether the request reached Salesforce is not known.`,
    undefined,
    { code: 'PROVIDER_UNAVAILABLE' },
  );
}

function unavailable(what: string): ApiRequestError {
  return new ApiRequestError(
    `The Salesforce provider went away during this ${what} request. Whether it reached Salesforce is not known.`,
    undefined,
    { code: 'PROVIDER_UNAVAILABLE' },
  );
}
