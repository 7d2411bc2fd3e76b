import { success } from '../outcomes/failure.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import { createApiRequests } from './apiRequests.ts';
import { asReply } from './bodyCodec.ts';
import { createDeviceSignIns } from './deviceSignIn.ts';
import { createDiagnosis } from './diagnosis.ts';
import { HeldSessions } from './heldSessions.ts';
import { createLanes } from './lanes.ts';
import { createOrgClock } from './orgClock.ts';
import { createOrgs } from './orgs.ts';
import { createPendingSignIns } from './pendingSignIns.ts';
import { createRequestPipeline } from './requestPipeline.ts';
import { createServerSignIn } from './serverSignIn.ts';
import { createDoor } from './pipeline/door.ts';
import type { WorkerSettings } from './settings.ts';
import { createSignIns } from './signIn.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';
import type { TokenWorker, WorkerEvents } from './workerVerbs.ts';

/** The methods of a worker that has its settings. */
export type ConfiguredWorker = Omit<TokenWorker, 'configure'>;

/** Creates a worker with these settings. Everything secret stays behind its methods. */
export function configuredWorker(
  settings: WorkerSettings,
  events: WorkerEvents,
  environment: WorkerEnvironment,
): ConfiguredWorker {
  const clock = createOrgClock(environment);
  const orgs = createOrgs({
    settings,
    environment,
    clock,
    onNotBound: (orgUrl) => events.trouble({ kind: 'notBound', orgUrl, willBeSentLater: false }),
  });
  const held = new HeldSessions({ settings, events, environment, clock, orgs });
  const requests = createApiRequests({ settings, environment, held });
  const pipeline = createRequestPipeline({ settings, environment, events, held, requests });
  const door = createDoor({
    apiVersion: settings.apiVersion,
    requestTimeoutMs: settings.requestTimeoutMs,
    longestRequestMs: settings.limits.longestRequestMs,
    ask: pipeline.ask,
    onCall: (record, cause) => events.called(record, cause),
  });
  const lanes = createLanes(door);
  const pending = createPendingSignIns();
  const signIns = createSignIns({ pending, ...orgs });
  const deviceSignIns = createDeviceSignIns({ pending, environment, ...orgs });
  const serverSignIn = createServerSignIn({ grant: environment.serverGrant, clock, ...orgs });
  const diagnose = createDiagnosis({
    environment,
    http: orgs.http,
    extraOrigins: settings.extraOrigins,
    findOrg: orgs.findOrg,
    findSession: (sessionId) => held.find(sessionId),
    request: (sessionId, request) => requests.request(sessionId, crypto.randomUUID(), request),
  });

  if (settings.signInReturnChannel && environment.openSignInReturnChannel) {
    environment.openSignInReturnChannel(settings.signInReturnChannel).onmessage = ({ data }) => {
      if (typeof data === 'string') void signIns.deliverRedirect(data);
    };
  }

  return {
    restoreSessions: async () => success(await held.restore()),
    startSignIn: signIns.start,
    startDeviceSignIn: deviceSignIns.start,

    async signInAsServer(request, owner = '') {
      const signedIn = await serverSignIn(request);
      return signedIn.ok ? held.hold({ ...signedIn.data, owner }) : signedIn;
    },

    async waitForSignIn(signInId, owner = '') {
      const finished = await pending.wait(signInId);
      return finished.ok ? held.hold({ ...finished.data, owner }) : finished;
    },

    deliverRedirect: signIns.deliverRedirect,
    isRedeeming: async (signInId) => pending.isRedeeming(signInId),
    abandonSignIn: async (signInId) => pending.abandon(signInId),
    widenSession(sessionId, widerSessionId) {
      pipeline.forget(sessionId);
      return held.widen(sessionId, widerSessionId).finally(() => pipeline.forget(sessionId));
    },
    describeSession: (sessionId, profile) => held.describe(sessionId, profile),
    grantSession: async (caller, sessionId, user) => door.grant(caller, sessionId, user),
    withdrawSession: async (callerId, sessionId) => door.withdraw(callerId, sessionId),
    openLane: async (caller, port) => lanes.open(caller, port),
    async dismissCaller(callerId) {
      lanes.close(callerId);
      door.leave(callerId);
    },
    async execute(caller, request) {
      const { outcome, line } = await door.execute(caller, request);
      return { outcome: asReply(outcome), line };
    },
    cancelCall: async (callerId, requestId) => door.cancel(callerId, requestId),
    request: requests.request,
    cancel: async (requestId) => requests.cancel(requestId),
    diagnose,
    checkSessions: () => held.check(),
    renewOwed: () => held.renewOwed(),
    expireTokens: async (sessionId, accessTokenOnly) =>
      held.find(sessionId)?.expireTokens(accessTokenOnly) ?? sessionEnded,
    endSession(sessionId) {
      door.endSession(sessionId);
      pipeline.forget(sessionId);
      return held.end(sessionId);
    },

    async shutDown() {
      pending.abandonAll();
      await held.shutDown();
    },
  };
}
