import { z } from '../zod.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import type { EncodedBody, ExecuteReply } from '../channel/protocol.ts';
import { decodeBody, encodeBody } from './bodyCodec.ts';
import { endpointUrl } from './endpointUrl.ts';
import { networkFailure } from './oauthFailure.ts';
import type { AccessToken, Session } from './session.ts';

export interface ApiRequest {
  endpoint: string;
  method: string;
  headers: Record<string, string>;
  body?: EncodedBody | undefined;
  includeAuthorization: boolean;
  timeoutMs?: number | undefined;
}

export interface ApiRequestOptions {
  fetch: typeof fetch;
  signal: AbortSignal;
  endpointPrefixes: readonly string[];
}

/** Salesforce's error answers: an array of these, or one of them (UI API). */
const errorBody = z.union([
  z.array(z.object({ message: z.string(), errorCode: z.string().optional() })).nonempty(),
  z.object({ message: z.string() }).transform((error) => [error] as const),
]);

/** Headers that are the provider's to set, or that would let an app act with somebody else's rights. */
const refusedHeaders = /^(authorization|cookie|host|origin|referer|proxy-.*|sec-.*|dpop)$/i;

/**
 * Sends one request to the session's instance. When the org says that the access token has expired, it is renewed once
 * and the request sent once more; a second refusal is the answer.
 */
export async function sendApiRequest(session: Session, request: ApiRequest, options: ApiRequestOptions): Promise<Outcome<ExecuteReply>> {
  const url = endpointUrl(request.endpoint, session.instanceUrl, options.endpointPrefixes);
  if (!url.ok) return url;
  const refused = Object.keys(request.headers).find((name) => refusedHeaders.test(name));
  if (refused) return failure('INVALID_PARAMETER', `The header ${refused} is the provider's to set.`);

  let token = session.currentAccessToken();
  if (!token.ok) return token;
  try {
    let response = await send(url.data, request, options, token.data);
    if (request.includeAuthorization && (await isExpiredSession(response))) {
      token = await session.renewedAccessToken(token.data);
      if (!token.ok) return token;
      options.signal.throwIfAborted();
      response = await send(url.data, request, options, token.data);
    }
    const { type, body } = await encodeBody(response);
    if (response.ok || response.status === 304) {
      return success({ status: response.status, ...(type && body && { type, body }) });
    }
    return requestFailure(response.status, body);
  } catch (error) {
    return networkFailure(options.signal.aborted ? options.signal.reason : error);
  }
}

function send(url: URL, request: ApiRequest, { fetch, signal }: ApiRequestOptions, token: AccessToken): Promise<Response> {
  const { body, contentType } = decodeBody(request.body);
  const headers = new Headers({ accept: 'application/json', ...request.headers });
  const hasBody = body !== undefined && request.method !== 'GET' && request.method !== 'HEAD';
  if (hasBody && contentType && !headers.has('content-type')) headers.set('content-type', contentType);
  if (request.includeAuthorization) headers.set('authorization', `Bearer ${token.value}`);
  return fetch(url, {
    method: request.method,
    headers,
    signal,
    // An answer that redirects could carry the token to another origin.
    redirect: 'error',
    credentials: 'omit',
    ...(hasBody && { body }),
  });
}

/** 401 alone may also mean a login IP restriction or a disabled API; only INVALID_SESSION_ID is mended by a refresh. */
async function isExpiredSession(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const text = await response.clone().text();
  return text.includes('INVALID_SESSION_ID') && !text.includes('This session is not valid for use with the REST API');
}

function requestFailure(status: number, body: EncodedBody | undefined): Outcome<never> {
  const data = body?.kind === 'json' ? body.value : undefined;
  const parsed = errorBody.safeParse(data);
  const message = parsed.success ? parsed.data[0].message : `Salesforce answered with status ${status}.`;
  return failure('REQUEST_FAILED', message, { status, ...(data !== undefined && { data }) });
}
