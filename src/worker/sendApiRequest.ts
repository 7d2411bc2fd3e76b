import * as oauth from 'oauth4webapi';
import { success, type Failure, type Outcome } from '../outcomes/failure.ts';
import { decide, outcomeFailure, type Evidence } from '../outcomes/outcomes.ts';
import type { LaneAnswerBody } from '../channel/laneBodies.ts';
import { apiVersionOf, missingVersion } from '../salesforce/apiVersions.ts';
import type { ApiAnswer } from './pipeline/apiAnswer.ts';
import type { ApiRequest } from './pipeline/apiRequest.ts';
import type { createCacheRule } from './cacheRule.ts';
import { readAnswer } from './bodyCodec.ts';
import { endpointUrl, type EndpointRules } from './endpointUrl.ts';
import { networkEvidence } from './evidence.ts';
import type { AccessToken } from './heldTokens.ts';
import { asComposite, isTooLong, partOf } from './longUrl.ts';
import { isMaintenancePage } from './maintenancePage.ts';
import { isPage } from './oauthHttp.ts';
import { prepareRequest, type PreparedRequest } from './prepareRequest.ts';
import { jsonOf } from './rest/jsonOf.ts';
import { pauseBeforeRepeat } from './rest/repeats.ts';
import { refusalEvidence, requestFailure } from './rest/refusals.ts';
import type { createServedVersions } from './servedVersions.ts';
import type { Session } from './session.ts';
import { judgeSubrequests } from './subrequests.ts';
import type { Environment } from './environment.ts';

export interface ApiRequestOptions extends Pick<Environment, 'fetch' | 'isOnline' | 'delay'> {
  signal: AbortSignal;
  endpoints: EndpointRules;
  longestAnswerBytes: number;
  cacheRule: ReturnType<typeof createCacheRule>;
  servedVersions: ReturnType<typeof createServedVersions>;
  /** Whether no other user's requests go to the same instance now. */
  alone: boolean;
  /** How often a read is sent again that the network or an org that was away has prevented. */
  mostRepeats: number;
  /** Whether a repetition of this write changes nothing that the first time did not. */
  isRepeatable?: boolean;
  /** Whether it only reads, though it is a POST: reads in a composite request. */
  isReadByPost?: boolean;
  /** Told of each answer: what the org says of its limits, and how many bytes the body has. */
  onAnswer?: (headers: Headers, size: number) => void;
}

/** Paths at which Salesforce answers JSON or XML, never a web page. */
const dataPath = /^\/services\/data(\/|$)/;

/**
 * Sends one request to the session's instance. When the org says that the access token has expired, or that it has
 * moved to another instance, which a token answer names, the token is renewed once and the request sent once more. The
 * answer to that is final, unless the newer token had been requested before the first refusal: when somebody ends all
 * sessions, a token of a renewal under way is ended too.
 */
export async function sendApiRequest(
  session: Session,
  request: ApiRequest,
  options: ApiRequestOptions,
): Promise<Outcome<ApiAnswer>> {
  const urlAt = (instanceUrl: string): Outcome<URL> =>
    endpointUrl(request.endpoint, request.method, instanceUrl, options.endpoints);
  const url = urlAt(session.instanceUrl);
  if (!url.ok) return url;
  const prepared = prepareRequest(request);
  if (!prepared.ok) return prepared;
  const judged = await judgeSubrequests(url.data, request.body, prepared.data, options.endpoints);
  if (!judged.ok) return judged;
  // A token is sent to the instance that came with it and to no other.
  const askOnce = async (token: AccessToken): Promise<Answer> => {
    const at = urlAt(token.instanceUrl);
    const { includeAuthorization, answerAs } = request;
    const sent: SentRequest = { ...prepared.data, url: at.ok ? at.data : url.data, includeAuthorization, answerAs };
    if (!isTooLong(sent, token)) return ask(sent, options, token);
    const composite = answerAs === 'bytes' ? undefined : asComposite(sent);
    return composite
      ? ask({ ...composite, isComposite: true }, options, token)
      : { status: 0, evidence: { stage: 'request', refused: 'urlTooLong' } };
  };

  const isWrite = request.method !== 'GET' && request.method !== 'HEAD' && !options.isReadByPost;
  const askWith = async (token: AccessToken): Promise<Answer> => {
    try {
      return await askOnce(token);
    } catch (error) {
      return { status: 0, evidence: lostEvidence(error, isWrite, options) };
    }
  };

  const usable = await session.usableAccessToken();
  if (!usable.ok) return usable;
  let token = usable.data;
  let answer = await askWith(token);
  for (
    let renewals = 0, isFresh = false;
    renewals < 2 && !isFresh && request.includeAuthorization && isWorthRenewing(answer);
    renewals += 1
  ) {
    const renewed = await session.renewedAccessToken(token);
    if (!renewed.ok) return renewed;
    if (options.signal.aborted) break;
    ({ token, isFresh } = renewed.data);
    answer = await askWith(token);
  }
  for (let repeats = 0; repeats < options.mostRepeats; repeats += 1) {
    const pauseMs =
      isWrite && !options.isRepeatable ? undefined : pauseBeforeRepeat(repeats, answer.evidence, answer.retryAfterMs);
    if (pauseMs === undefined) break;
    await options.delay(pauseMs, options.signal);
    if (options.signal.aborted) break;
    answer = await askWith(token);
  }
  if (options.signal.aborted && answer.evidence)
    return requestFailure(lostEvidence(options.signal.reason, isWrite, options), answer);
  const { evidence, status, type, body } = answer;
  const missing = status === 404 || status === 410 ? await versionFailure(url.data, answer, token, options) : undefined;
  if (missing) return missing;
  if (evidence) return requestFailure(evidence, answer);
  if (!type || !body) return success({ status });
  const isData = body.kind === 'jsonBytes' && dataPath.test(url.data.pathname);
  return success({ status, type, body, ...(isData && { unreadable: unreadableAnswer(status) }) });
}

const unreadableAnswer = (status: number): Failure =>
  outcomeFailure({ stage: 'request', noAnswer: 'unreadable', status }).error;

/**
 * Why no answer came. The caller aborts with an AbortError, the time limit with a TimeoutError. A write may have been
 * carried out all the same.
 */
function lostEvidence(error: unknown, isWrite: boolean, { signal, isOnline }: ApiRequestOptions): Evidence {
  if (signal.aborted && (signal.reason as DOMException).name === 'AbortError')
    return { stage: 'request', noAnswer: 'cancelled' };
  const { noAnswer } = networkEvidence(signal.aborted ? signal.reason : error, isOnline);
  if (isWrite && noAnswer === 'timedOut') return { stage: 'request', noAnswer: 'writeTimedOut' };
  if (isWrite && noAnswer === 'unreachable') return { stage: 'request', noAnswer: 'writeLost' };
  return { stage: 'request', noAnswer };
}

/** Explains a path that was not found, where the org does not have its API version. */
async function versionFailure(
  { pathname }: URL,
  { status, body }: Answer,
  { instanceUrl }: AccessToken,
  options: ApiRequestOptions,
): Promise<Outcome<never> | undefined> {
  const version = apiVersionOf(pathname);
  const served = version === undefined ? [] : await options.servedVersions(new URL(instanceUrl), options.signal);
  const sentence = version === undefined ? undefined : missingVersion(version, served);
  if (!sentence) return undefined;
  const message = `${sentence} The platform team can set apiVersion of the provider to one of these.`;
  const data = jsonOf(body);
  return outcomeFailure(
    { stage: 'request', refused: 'versionMissing' },
    { status, message, ...(data !== undefined && { data }) },
  );
}

const isWorthRenewing = ({ evidence }: Answer): boolean => evidence !== undefined && decide(evidence).retry === 'now';

interface SentRequest extends PreparedRequest, Pick<ApiRequest, 'answerAs'> {
  /** True for a query that was sent as the only part of a composite request. */
  isComposite?: true;
  url: URL;
  includeAuthorization: boolean;
}

interface Answer {
  status: number;
  type?: string | undefined;
  body?: LaneAnswerBody | undefined;
  /** Pause that the org asks for, where it names one. */
  retryAfterMs?: number;
  /** What is wrong with the answer; undefined for a good one. */
  evidence: Evidence | undefined;
}

async function ask(request: SentRequest, options: ApiRequestOptions, token: AccessToken): Promise<Answer> {
  const response = await send(request, options, token);
  const { status } = response;
  if (isRedirect(response)) return { status, evidence: { stage: 'request', noAnswer: 'redirected' } };
  const { type, body, size, isTooDeep } = await readAnswer(
    response,
    options.longestAnswerBytes,
    response.ok ? request.answerAs : 'auto',
  );
  options.onAnswer?.(response.headers, size);
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  const patience = seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {};
  if (isTooDeep) return { status, evidence: { stage: 'request', refused: 'tooDeep' } };
  const part = request.isComposite ? partOf(jsonOf(body)) : undefined;
  if (part) {
    const inner = { kind: 'json' as const, value: part.body };
    return {
      status: part.status,
      type,
      body: inner,
      evidence: part.status < 400 ? undefined : refusalEvidence(part.status, inner, response.headers),
    };
  }
  if (!response.ok)
    return { status, type, body, ...patience, evidence: refusalEvidence(status, body, response.headers) };
  const unusable = dataPath.test(request.url.pathname) ? notData(request, response, body) : undefined;
  return { status, type, body, ...patience, evidence: unusable && { stage: 'request', noAnswer: unusable, status } };
}

/** The statuses that `fetch` follows (Fetch, "redirect status"). 300 and 304 are answers of Salesforce. */
const redirects: readonly number[] = [301, 302, 303, 307, 308];

function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || redirects.includes(status);
}

/**
 * Why an answer with a good status is none of the data API: a web page, JSON that cannot be read, or no body where
 * there must be one.
 */
function notData(
  { method, answerAs }: SentRequest,
  { status, headers }: Response,
  body: LaneAnswerBody | undefined,
): 'captivePortal' | 'maintenance' | 'unreadable' | undefined {
  const type = headers.get('content-type') ?? '';
  if (isPage(type)) return body?.kind === 'text' && isMaintenancePage(body.text) ? 'maintenance' : 'captivePortal';
  if (!/^application\/json/i.test(type) || answerAs === 'bytes') return undefined;
  const isEmpty = body === undefined && method === 'GET' && status === 200;
  return isEmpty || (body && body.kind !== 'jsonBytes') ? 'unreadable' : undefined;
}

async function send(request: SentRequest, options: ApiRequestOptions, token: AccessToken): Promise<Response> {
  const { url, method, body, includeAuthorization } = request;
  const headers = new Headers(request.headers);
  const { signal } = options;
  // Redirects are not followed, as they could carry the token to another origin.
  const cache = options.cacheRule.mode(url, options.alone);
  const init: RequestInit = {
    method,
    headers,
    signal,
    redirect: 'manual',
    cache,
    credentials: 'omit',
    ...(body !== undefined && { body }),
  };
  if (includeAuthorization && !token.proofKey) headers.set('authorization', `Bearer ${token.value}`);
  const response = await (includeAuthorization && token.proofKey
    ? sendWithProof(url, init, options, token)
    : options.fetch(url, init));
  options.cacheRule.learn(url, response);
  return response;
}

/** Sends with a proof of possession (RFC 9449, 7.1), and once more when the org answers with a nonce for it (9). */
async function sendWithProof(
  url: URL,
  init: RequestInit,
  { fetch, signal }: ApiRequestOptions,
  token: AccessToken,
): Promise<Response> {
  const { body, method, headers } = init;
  let hasNonce = false;
  const attempt = async (): Promise<Response> => {
    try {
      return await oauth.protectedResourceRequest(
        token.value,
        method!,
        url,
        headers as Headers,
        body as oauth.ProtectedResourceRequestBody,
        {
          DPoP: token.proofKey!.handle,
          [oauth.allowInsecureRequests]: url.protocol === 'http:',
          signal: () => signal,
          [oauth.customFetch]: async (_url: string, { headers: withProof }: { headers: Record<string, string> }) => {
            const response = await fetch(url, { ...init, headers: withProof });
            hasNonce = Boolean(response.headers.get('dpop-nonce'));
            return response;
          },
        },
      );
    } catch (error) {
      // The library throws on any challenge, although the app has to see the answer itself.
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
