import { failure, success } from '../outcomes/failure.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import { configuredWorker, type ConfiguredWorker } from './configuredWorker.ts';
import { workerSettings } from './settings.ts';
import { plainEnvironment, type WorkerEnvironment } from './workerEnvironment.ts';
import type { TokenWorker } from './workerVerbs.ts';

export type { TokenWorker, WorkerEvents, WorkerSession } from './workerVerbs.ts';

const notConfigured = failure('INTERNAL', 'The token worker has not been configured.');

/**
 * The token worker's methods, without its message port. Before `configure` there is no session, and none can be
 * started.
 */
export function createTokenWorker(given: Partial<WorkerEnvironment> = {}): TokenWorker {
  let worker: ConfiguredWorker | undefined;

  return {
    async configure(settings, events) {
      if (worker) return failure('INTERNAL', 'The token worker is configured already.');
      const parsed = workerSettings.safeParse(settings);
      if (!parsed.success)
        return failure('INVALID_PARAMETER', `The token worker's settings are wrong: ${parsed.error.message}`);
      worker = configuredWorker(parsed.data, events, { ...plainEnvironment, ...given });
      return success(undefined);
    },

    restoreSessions: async () => worker?.restoreSessions() ?? notConfigured,
    startSignIn: async (request) => worker?.startSignIn(request) ?? notConfigured,
    startDeviceSignIn: async (request) => worker?.startDeviceSignIn(request) ?? notConfigured,
    signInAsServer: async (request, owner) => worker?.signInAsServer(request, owner) ?? notConfigured,
    waitForSignIn: async (signInId, owner) => worker?.waitForSignIn(signInId, owner) ?? notConfigured,
    deliverRedirect: async (redirectUrl) => worker?.deliverRedirect(redirectUrl) ?? notConfigured,
    isRedeeming: async (signInId) => worker?.isRedeeming(signInId) ?? false,
    abandonSignIn: async (signInId) => worker?.abandonSignIn(signInId),
    widenSession: async (sessionId, widerSessionId) => worker?.widenSession(sessionId, widerSessionId) ?? sessionEnded,
    describeSession: async (sessionId, profile) => worker?.describeSession(sessionId, profile),
    grantSession: async (caller, sessionId, user) => worker?.grantSession(caller, sessionId, user),
    withdrawSession: async (callerId, sessionId) => worker?.withdrawSession(callerId, sessionId),
    openLane: async (caller, port) => (worker ? worker.openLane(caller, port) : port.close()),
    dismissCaller: async (callerId) => worker?.dismissCaller(callerId),
    execute: async (caller, request) =>
      worker?.execute(caller, request) ?? { outcome: sessionEnded, line: { app: caller.app, action: 'execute' } },
    cancelCall: async (callerId, requestId) => worker?.cancelCall(callerId, requestId),
    subscribe: async (caller, asked) => worker?.subscribe(caller, asked) ?? sessionEnded,
    look: async (callerId, asked) => worker?.look(callerId, asked),
    unsubscribe: async (callerId, asked) => worker?.unsubscribe(callerId, asked),
    request: async (sessionId, request) => worker?.request(sessionId, request) ?? sessionEnded,
    diagnose: async (request) => worker?.diagnose(request) ?? notConfigured,
    checkSessions: async () => worker?.checkSessions(),
    renewOwed: async () => worker?.renewOwed(),
    expireTokens: async (sessionId, accessTokenOnly) =>
      worker?.expireTokens(sessionId, accessTokenOnly) ?? sessionEnded,
    endSession: async (sessionId) => worker?.endSession(sessionId) ?? success(undefined),
    shutDown: async () => worker?.shutDown(),
  };
}
