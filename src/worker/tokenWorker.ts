import { failure, success, type Outcome } from '../channel/failure.ts';
import type { ExecuteReply } from '../channel/protocol.ts';
import { sendApiRequest, type ApiRequest } from './apiRequest.ts';
import { createSession, type Session } from './session.ts';
import { createSignIns, type SignInRequest, type StartedSignIn } from './signIn.ts';
import { workerSettings, type WorkerSettings } from './settings.ts';

/** What the provider learns of a session. */
export interface WorkerSession {
  sessionId: string;
  orgUrl: string;
  consumerKey: string;
  scopes: string[];
  userId: string;
  organizationId: string;
}

/** The verbs that cross the worker's border. Their answers never hold a token, code, verifier or `state`. */
export interface TokenWorker {
  /** To be called once, first; a second call is refused, so that nobody can point the worker elsewhere. */
  configure(settings: WorkerSettings, onSessionLost: (sessionId: string) => void): Promise<Outcome<void>>;
  startSignIn(request: SignInRequest): Promise<Outcome<StartedSignIn>>;
  /** Settles when the sign-in has ended in a session or a failure. */
  waitForSignIn(signInId: string): Promise<Outcome<WorkerSession>>;
  /** The whole URL of the redirect, where the host sees it. The return page hands it over by itself. */
  deliverRedirect(redirectUrl: string): Promise<Outcome<void>>;
  abandonSignIn(signInId: string): Promise<void>;
  request(sessionId: string, requestId: string, request: ApiRequest): Promise<Outcome<ExecuteReply>>;
  cancel(requestId: string): Promise<void>;
  expireTokens(sessionId: string, accessTokenOnly: boolean): Promise<Outcome<void>>;
  /** Forgets the tokens at once and revokes them at the org. */
  endSession(sessionId: string): Promise<Outcome<void>>;
}

interface TokenWorkerOptions {
  fetch?: typeof globalThis.fetch;
  /** Where return pages hand over redirect URLs; absent where the host delivers them. */
  openSignInReturnChannel?: (name: string) => Pick<BroadcastChannel, 'onmessage'>;
}

/**
 * The token worker's logic, without its message port: everything secret lives in closures behind these verbs.
 */
export function createTokenWorker({ fetch = globalThis.fetch.bind(globalThis), openSignInReturnChannel }: TokenWorkerOptions = {}): TokenWorker {
  const sessions = new Map<string, Session>();
  const running = new Map<string, AbortController>();
  let configured: { settings: WorkerSettings; signIns: ReturnType<typeof createSignIns>; onSessionLost: (sessionId: string) => void } | undefined;

  const unknownSession = failure('SESSION_ENDED', 'This Salesforce session has ended. Please connect again.');
  const notConfigured = failure('INTERNAL', 'The token worker has not been configured.');

  return {
    async configure(settings, onSessionLost) {
      if (configured) return failure('INTERNAL', 'The token worker is configured already.');
      const parsed = workerSettings.safeParse(settings);
      if (!parsed.success) return failure('INVALID_PARAMETER', `The token worker's settings are wrong: ${parsed.error.message}`);
      const { orgs, extraOrigins, requestTimeoutMs, signInReturnChannel } = parsed.data;
      const signIns = createSignIns(orgs, extraOrigins, { fetch, timeoutMs: requestTimeoutMs });
      configured = { settings: parsed.data, signIns, onSessionLost };
      if (signInReturnChannel && openSignInReturnChannel) {
        openSignInReturnChannel(signInReturnChannel).onmessage = ({ data }) => {
          if (typeof data === 'string') void signIns.deliverRedirect(data);
        };
      }
      return success(undefined);
    },

    async startSignIn(request) {
      return configured?.signIns.start(request) ?? notConfigured;
    },

    async waitForSignIn(signInId) {
      if (!configured) return notConfigured;
      const { settings, signIns, onSessionLost } = configured;
      const finished = await signIns.wait(signInId);
      if (!finished.ok) return finished;
      const { org, server, tokens } = finished.data;
      const id = crypto.randomUUID();
      const http = { fetch, timeoutMs: settings.requestTimeoutMs };
      const session = createSession({
        id, orgUrl: org.orgUrl, consumerKey: org.consumerKey, server, tokens, http, onLost: () => onSessionLost(id),
      });
      sessions.set(id, session);
      const { orgUrl, consumerKey, scopes, userId, organizationId } = session;
      return success({ sessionId: id, orgUrl, consumerKey, scopes, userId, organizationId });
    },

    async deliverRedirect(redirectUrl) {
      return configured?.signIns.deliverRedirect(redirectUrl) ?? notConfigured;
    },

    async abandonSignIn(signInId) {
      configured?.signIns.abandon(signInId);
    },

    async request(sessionId, requestId, request) {
      const session = sessions.get(sessionId);
      if (!session || !configured) return unknownSession;
      const controller = new AbortController();
      running.set(requestId, controller);
      const timeout = AbortSignal.timeout(request.timeoutMs ?? configured.settings.requestTimeoutMs);
      try {
        return await sendApiRequest(session, request, {
          fetch,
          signal: AbortSignal.any([controller.signal, timeout]),
          endpointPrefixes: configured.settings.endpointPrefixes,
        });
      } finally {
        running.delete(requestId);
      }
    },

    async cancel(requestId) {
      running.get(requestId)?.abort();
    },

    async expireTokens(sessionId, accessTokenOnly) {
      return sessions.get(sessionId)?.expireTokens(accessTokenOnly) ?? unknownSession;
    },

    async endSession(sessionId) {
      const session = sessions.get(sessionId);
      sessions.delete(sessionId);
      return session?.end() ?? success(undefined);
    },
  };
}
