import * as oauth from 'oauth4webapi';
import { z } from '../zod.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import { decide, outcomeFailure, type Evidence } from '../channel/outcomes.ts';
import { encodedBody, httpMethod, type EncodedBody, type ExecuteReply } from '../channel/protocol.ts';
import type { createCacheRule } from './cacheRule.ts';
import { decodeBody, encodeBody } from './bodyCodec.ts';
import { endpointUrl } from './endpointUrl.ts';
import { networkEvidence } from './evidence.ts';
import type { AccessToken, Session } from './session.ts';
import type { Surroundings } from './surroundings.ts';

export const apiRequest = z.strictObject({
  endpoint: z.string(),
  method: httpMethod,
  headers: z.record(z.string(), z.string()),
  body: encodedBody.optional(),
  includeAuthorization: z.boolean(),
  /** Milliseconds; the settings' own when absent. */
  timeoutMs: z.number().int().positive().optional(),
});
export type ApiRequest = z.input<typeof apiRequest>;

export interface ApiRequestOptions extends Pick<Surroundings, 'fetch' | 'isOnline'> {
  signal: AbortSignal;
  endpointPrefixes: readonly string[];
  longestAnswerBytes: number;
  cacheRule: ReturnType<typeof createCacheRule>;
}

/** Salesforce's error answers: an array of these, or one of them (UI API). */
const salesforceError = z.object({ message: z.string(), errorCode: z.string().optional() });
const errorBody = z.union([z.array(salesforceError).nonempty(), salesforceError.transform((error) => [error] as const)]);
const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });

/** Headers that are the provider's to set, or that would let an app act with somebody else's rights. */
const refusedHeaders = /^(authorization|cookie|host|origin|referer|proxy-.*|sec-.*|dpop)$/i;

/** Where Salesforce answers JSON or XML, never a web page. */
const dataPath = /^\/services\/data(\/|$)/;

/**
 * Sends one request to the session's instance. When the org says that the access token has expired, it is renewed once
 * and the request sent once more; a second refusal is the answer.
 */
export async function sendApiRequest(session: Session, request: ApiRequest, options: ApiRequestOptions): Promise<Outcome<ExecuteReply>> {
  const url = endpointUrl(request.endpoint, session.instanceUrl, options.endpointPrefixes);
  if (!url.ok) return url;
  const refused = Object.keys(request.headers).find((name) => refusedHeaders.test(name));
  if (refused) return failure('INVALID_PARAMETER', `The header ${refused} is the provider's to set.`);

  let token = await session.usableAccessToken();
  if (!token.ok) return token;
  try {
    let response = await send(url.data, request, options, token.data);
    let evidence = await refusalEvidence(response);
    if (request.includeAuthorization && evidence && decide(evidence).retry === 'now') {
      token = await session.renewedAccessToken(token.data);
      if (!token.ok) return token;
      options.signal.throwIfAborted();
      response = await send(url.data, request, options, token.data);
      evidence = await refusalEvidence(response);
    }
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400 && response.status !== 304)) {
      return outcomeFailure({ stage: 'request', noAnswer: 'redirected' });
    }
    if (response.ok && dataPath.test(url.data.pathname) && /^text\/html/i.test(response.headers.get('content-type') ?? '')) {
      return outcomeFailure({ stage: 'request', noAnswer: 'captivePortal', status: response.status });
    }
    const { type, body } = await encodeBody(response, options.longestAnswerBytes);
    if (evidence) return requestFailure(evidence, response.status, body);
    return success({ status: response.status, ...(type && body && { type, body }) });
  } catch (error) {
    return outcomeFailure({ stage: 'request', ...networkEvidence(options.signal.aborted ? options.signal.reason : error, options.isOnline) });
  }
}

async function send(url: URL, request: ApiRequest, options: ApiRequestOptions, token: AccessToken): Promise<Response> {
  const { body, contentType } = decodeBody(request.body);
  const headers = new Headers({ accept: 'application/json', ...request.headers });
  const hasBody = body !== undefined && request.method !== 'GET' && request.method !== 'HEAD';
  if (hasBody && contentType && !headers.has('content-type')) headers.set('content-type', contentType);
  const { signal } = options;
  // An answer that redirects could carry the token to another origin.
  const cache = options.cacheRule.mode();
  const init: RequestInit = { method: request.method, headers, signal, redirect: 'manual', cache, credentials: 'omit', ...(hasBody && { body }) };
  if (request.includeAuthorization && !token.proofKey) headers.set('authorization', `Bearer ${token.value}`);
  const response = await (request.includeAuthorization && token.proofKey ? sendWithProof(url, init, options, token) : options.fetch(url, init));
  options.cacheRule.learn(response);
  return response;
}

/** With a proof of possession (RFC 9449, 7.1); once more when the org answers with a nonce to put into it (9). */
async function sendWithProof(url: URL, init: RequestInit, { fetch, signal }: ApiRequestOptions, token: AccessToken): Promise<Response> {
  const { body, method, headers } = init;
  let hasNonce = false;
  const attempt = async (): Promise<Response> => {
    try {
      return await oauth.protectedResourceRequest(token.value, method!, url, headers as Headers, body as oauth.ProtectedResourceRequestBody, {
        DPoP: token.proofKey!.handle,
        [oauth.allowInsecureRequests]: url.protocol === 'http:',
        signal: () => signal,
        [oauth.customFetch]: async (_url: string, { headers: withProof }: { headers: Record<string, string> }) => {
          const response = await fetch(url, { ...init, headers: withProof });
          hasNonce = Boolean(response.headers.get('dpop-nonce'));
          return response;
        },
      });
    } catch (error) {
      // The library throws on any challenge; the answer itself is what an app is to see.
      if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error;
      if (hasNonce && oauth.isDPoPNonceError(error)) throw error;
      return error.response;
    }
  };
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    hasNonce = false;
    try {
      return await attempt();
    } catch (second) {
      if (second instanceof oauth.WWWAuthenticateChallengeError) return second.response;
      throw second;
    }
  }
}

/** What an error answer says; undefined for a good one. Its body stays readable. */
async function refusalEvidence(response: Response): Promise<Evidence | undefined> {
  if (response.ok || response.status === 304 || response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) return undefined;
  const { status } = response;
  const body: unknown = status === 401 || status === 403 ? await response.clone().json().catch(() => undefined) : undefined;
  const salesforce = errorBody.safeParse(body);
  if (salesforce.success) return { stage: 'request', error: salesforce.data[0].errorCode ?? '', description: salesforce.data[0].message, status };
  const standard = oauthError.safeParse(body);
  if (standard.success) return { stage: 'request', error: standard.data.error, description: standard.data.error_description ?? '', status };
  return { stage: 'request', error: '', description: '', status };
}

function requestFailure(evidence: Evidence, status: number, body: EncodedBody | undefined): Outcome<never> {
  const data = body?.kind === 'json' ? body.value : undefined;
  const parsed = errorBody.safeParse(data);
  const known = parsed.success ? parsed.data[0].message : undefined;
  const ours = decide(evidence).id === 'request.proofRefused' ? {} : { message: known ?? `Salesforce answered with status ${status}.` };
  return outcomeFailure(evidence, { status, ...ours, ...(data !== undefined && { data }) });
}
