import { z } from '../zod.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import type { ExecuteReply } from '../channel/orgRequests.ts';
import type { CheckResult } from '../channel/protocol.ts';
import type { Answer, DoctorContext, ExaminedSession, NoAnswer, ProbeRequest } from '../doctor/doctorContext.ts';
import { checkIdsOfPage, createPageExamination } from '../doctor/pageExamination.ts';
import type { Examination } from '../doctor/runChecks.ts';
import type { ApiRequest } from './pipeline/apiRequest.ts';
import { networkEvidence } from './evidence.ts';
import { readBody } from './limitedBody.ts';
import type { HttpOptions } from './oauthHttp.ts';
import type { Session } from './session.ts';
import type { OrgSettings } from './settings.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';

const diagnosisRequest = z.strictObject({
  /** Checks of one run share the answers to their requests; a new run sends new requests. */
  run: z.string(),
  check: z.enum(checkIdsOfPage),
  orgUrl: z.string(),
  consumerKey: z.string(),
  scopes: z.array(z.string()),
  identityProviders: z.array(z.string()),
  flow: z.enum(['webServer', 'device']),
  apiVersion: z.string(),
  /** The session to examine. */
  sessionId: z.string().optional(),
  desktopAgent: z.strictObject({ name: z.string(), namesSource: z.boolean(), answersUnnamed: z.boolean() }).optional(),
});
export type DiagnosisRequest = Omit<z.input<typeof diagnosisRequest>, 'check'> & { check: string };

interface DiagnosisOptions {
  environment: Pick<WorkerEnvironment, 'now' | 'serverTime' | 'scriptUrl'>;
  http: HttpOptions;
  findOrg: (orgUrl: string, consumerKey: string) => OrgSettings | undefined;
  extraOrigins: readonly string[];
  findSession: (sessionId: string) => Session | undefined;
  request: (sessionId: string, request: ApiRequest) => Promise<Outcome<ExecuteReply>>;
}

const longestAnswerBytes = 512 * 1024;

/**
 * The doctor inside the token worker: it sees what the worker sees under the rules of the browser, and returns
 * sentences only.
 */
export function createDiagnosis({ environment, http, findOrg, extraOrigins, findSession, request }: DiagnosisOptions) {
  let current: { run: string; examination: Examination } | undefined;

  async function send(
    url: string,
    { method = 'GET', headers = {}, body }: ProbeRequest = {},
  ): Promise<Answer | NoAnswer> {
    const { fetch, timeoutMs, isOnline } = http;
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(timeoutMs),
        ...(body !== undefined && { body }),
      });
      const text = new TextDecoder().decode(await readBody(response, longestAnswerBytes));
      return {
        answered: true,
        status: response.status,
        header: (name) => response.headers.get(name),
        cookies: [],
        text,
      };
    } catch (error) {
      const { noAnswer } = networkEvidence(error, isOnline);
      return {
        answered: false,
        why: noAnswer === 'timedOut' ? 'timedOut' : 'unreadable',
        detail: noAnswer === 'offline' ? 'this machine is offline' : '',
      };
    }
  }

  function examined(sessionId: string, session: Session): ExaminedSession {
    return {
      scopes: session.scopes,
      tokenBinding: session.tokenBinding,
      isRenewable: session.isRenewable,
      renew: () => session.examineRenewal(),
      async get(endpoint) {
        const reply = await request(sessionId, { endpoint, method: 'GET', headers: {}, includeAuthorization: true });
        if (!reply.ok)
          return reply.error.status === undefined
            ? reply
            : success({ status: reply.error.status, json: reply.error.data });
        const { status, body } = reply.data;
        return success({ status, json: body?.kind === 'json' ? body.value : undefined });
      },
    };
  }

  return async function diagnose(input: DiagnosisRequest): Promise<Outcome<CheckResult>> {
    const parsed = diagnosisRequest.safeParse(input);
    if (!parsed.success) return failure('INVALID_PARAMETER', 'There is no such check.');
    const { run, check, orgUrl, consumerKey, scopes, identityProviders, flow, apiVersion, sessionId } = parsed.data;
    const org = findOrg(orgUrl, consumerKey);
    if (!org) return failure('INVALID_PARAMETER', 'This org and consumer key are not configured.');
    const { now, serverTime, scriptUrl } = environment;
    if (current?.run !== run) {
      const session = sessionId === undefined ? undefined : findSession(sessionId);
      const { origin } = new URL(org.redirectUri);
      const context: DoctorContext = {
        orgUrl,
        consumerKey,
        scopes,
        identityProviders,
        flow,
        apiVersion,
        origin,
        now,
        serverTime,
        send,
        redirectUri: org.redirectUri,
        dpop: org.dpop,
        extraOrigins,
        inBrowser: true,
        workerScriptUrl: scriptUrl ?? `${origin}/token-worker.js`,
        session: session && examined(sessionId!, session),
        desktopAgent: parsed.data.desktopAgent,
      };
      current = { run, examination: createPageExamination(context) };
    }
    return success(await current.examination.check(check));
  };
}
