import { unsubscribeRequest } from '../channel/liveMessages.ts';
import { success } from '../outcomes/failure.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import { asReply } from './bodyCodec.ts';
import { createDeviceSignIns } from './deviceSignIn.ts';
import { createDiagnosis } from './diagnosis.ts';
import { createPendingSignIns } from './pendingSignIns.ts';
import { createServerSignIn } from './serverSignIn.ts';
import type { WorkerSettings } from './settings.ts';
import { createSignIns } from './signIn.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';
import { workerParts } from './workerParts.ts';
import type { TokenWorker, WorkerEvents } from './workerVerbs.ts';

/** The methods of a worker that has its settings. */
export type ConfiguredWorker = Omit<TokenWorker, 'configure'>;

/** Creates a worker with these settings. Everything secret stays behind its methods. */
export function configuredWorker(
  settings: WorkerSettings,
  events: WorkerEvents,
  environment: WorkerEnvironment,
): ConfiguredWorker {
  const { orgs, held, requests, pipeline, door, live, lanes, clock, records } = workerParts(
    settings,
    events,
    environment,
  );
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
    request: (sessionId, request) => requests.request(sessionId, request),
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
      return held.widen(sessionId, widerSessionId).finally(() => {
        pipeline.forget(sessionId);
        live.sessionChanged(sessionId);
      });
    },
    describeSession: (sessionId, profile) => held.describe(sessionId, profile),
    grantSession: async (caller, sessionId, user) => door.grant(caller, sessionId, user),
    async withdrawSession(callerId, sessionId) {
      door.withdraw(callerId, sessionId);
      live.withdraw(callerId, sessionId);
    },
    openLane: async (caller, port) => lanes.open(caller, port),
    async dismissCaller(callerId) {
      lanes.close(callerId);
      door.leave(callerId);
      live.leave(callerId);
    },
    async execute(caller, request) {
      const { outcome, line } = await door.execute(caller, request);
      return { outcome: asReply(outcome), line };
    },
    cancelCall: async (callerId, requestId) => door.cancel(callerId, requestId),
    async subscribe(caller, asked) {
      const { data } = unsubscribeRequest.safeParse(asked);
      return live.subscribe(caller, asked, (news) =>
        events.live(caller.id, { subscriptionId: data!.subscriptionId, news }),
      );
    },
    look: async (callerId, asked) => live.look(callerId, asked),
    unsubscribe: async (callerId, asked) => live.unsubscribe(callerId, asked),
    request: requests.request,
    diagnose,
    async checkSessions() {
      await held.check();
      live.wake();
    },
    renewOwed: () => held.renewOwed(),
    expireTokens: async (sessionId, accessTokenOnly) =>
      held.find(sessionId)?.expireTokens(accessTokenOnly) ?? sessionEnded,
    async endSession(sessionId) {
      door.endSession(sessionId);
      live.endSession(sessionId);
      pipeline.forget(sessionId);
      const ended = await held.end(sessionId);
      await records.flush();
      return ended;
    },

    async shutDown() {
      pending.abandonAll();
      live.shutDown();
      await Promise.all([records.flush(), held.shutDown()]);
    },
  };
}
