import type { z } from '../zod.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { objectOf, type lookRequest, type subscribeRequest, type unsubscribeRequest } from '../channel/liveMessages.ts';
import type { cancelRequest, executeRequest, ExecuteReply } from '../channel/orgRequests.ts';
import type { CheckResult, diagnoseRequest, expireTokensRequest, SessionDetails } from '../channel/protocol.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import { fillApiVersion } from '../salesforce/apiVersionPlaceholder.ts';
import { tellableEndpoint } from '../salesforce/endpointText.ts';
import { doorCaller, type Caller } from './accessPolicy.ts';
import type { Audit } from './audit.ts';
import { auditedIntent } from './auditedIntent.ts';
import { auditedUser } from './auditedUser.ts';
import type { CallsUnderWay } from '../calls/callsUnderWay.ts';
import { defaultOrg, type ProviderConfiguration } from './configuration.ts';
import type { Host } from './hosts/host.ts';
import type { Sessions } from './sessions.ts';
import { sharedSessionOf } from './wantedSession.ts';
import type { RemoteTokenWorker } from './signInFlow.ts';

export interface OrgServiceOptions {
  configuration: ProviderConfiguration;
  worker: RemoteTokenWorker;
  calls: CallsUnderWay;
  sessions: Sessions;
  audit: Audit;
  describeAgent?: Host['describeAgent'] | undefined;
}

/** Requests of callers to an org, within a session that they use. */
export function createOrgService({ configuration, worker, calls, sessions, audit, describeAgent }: OrgServiceOptions) {
  function usable(caller: Caller, sessionId: string): Outcome<SessionDetails> {
    const session = sessions.get(sessionId);
    return session && sessions.isUsedBy(sessionId, caller) ? success(session) : sessionEnded;
  }

  return {
    execute(caller: Caller, request: z.output<typeof executeRequest>): Promise<Outcome<ExecuteReply>> {
      const endpoint = fillApiVersion(request.endpoint, configuration.apiVersion);
      return audit(
        { app: caller.app.name, action: request.method, target: tellableEndpoint(endpoint), ...auditedIntent(caller) },
        async (line) => {
          const answered = await worker.execute(doorCaller(caller), request);
          Object.assign(line, answered.line);
          return answered.outcome;
        },
      );
    },

    cancel: (caller: Caller, { requestId }: z.output<typeof cancelRequest>): Promise<Outcome<null>> =>
      audit({ app: caller.app.name, action: 'cancel' }, async () => {
        calls.cancel(caller, requestId);
        await worker.cancelCall(caller.id, requestId);
        return success(null);
      }),

    /** Live data for a caller without a lane. The audit line names the object, and never the statement. */
    subscribe(caller: Caller, request: z.output<typeof subscribeRequest>): Promise<Outcome<null>> {
      const target = objectOf(request.target);
      const user = auditedUser(sessions.get(request.sessionId));
      return audit({ app: caller.app.name, action: 'live.subscribe', ...(target && { target }), ...user }, () =>
        worker.subscribe(doorCaller(caller), request),
      );
    },

    /** Of whether somebody looks, and of an end, there is no audit line: both ask the org for nothing. */
    look: async (caller: Caller, request: z.output<typeof lookRequest>): Promise<Outcome<null>> => {
      await worker.look(caller.id, request);
      return success(null);
    },

    unsubscribe: async (caller: Caller, request: z.output<typeof unsubscribeRequest>): Promise<Outcome<null>> => {
      await worker.unsubscribe(caller.id, request);
      return success(null);
    },

    /** For embedded orgs only: expires tokens as an administrator's revocation would. */
    expireTokens: (
      caller: Caller,
      { sessionId, accessTokenOnly }: z.output<typeof expireTokensRequest>,
    ): Promise<Outcome<null>> =>
      audit({ app: caller.app.name, action: 'expireTokens' }, async (line) => {
        const session = usable(caller, sessionId);
        if (!session.ok) return session;
        Object.assign(line, auditedUser(session.data));
        const embedded = configuration.orgs.some(({ orgUrl, embedded }) => embedded && orgUrl === session.data.orgUrl);
        if (!embedded) return failure('ENDPOINT_NOT_ALLOWED', 'Tokens can be expired on the embedded org only.');
        const expired = await worker.expireTokens(sessionId, accessTokenOnly);
        return expired.ok ? success(null) : expired;
      }),

    /** One check of the doctor on the default org, with the session that all apps share if there is one. */
    diagnose(caller: Caller, { run, check }: z.output<typeof diagnoseRequest>): Promise<Outcome<CheckResult>> {
      const org = defaultOrg(configuration);
      const { orgUrl, consumerKey, scopes, identityProviders, flow } = org;
      return audit({ app: caller.app.name, action: 'diagnose', target: check }, async () => {
        const sessionId = sessions.find(sharedSessionOf(org))?.sessionId;
        const agent = await describeAgent?.();
        const answersUnnamed = configuration.allowedApps.some(({ isUnnamed }) => isUnnamed);
        return worker.diagnose({
          run,
          check,
          orgUrl,
          consumerKey,
          scopes,
          identityProviders,
          flow,
          apiVersion: configuration.apiVersion,
          ...(sessionId && { sessionId }),
          ...(agent && { desktopAgent: { ...agent, answersUnnamed } }),
        });
      });
    },
  };
}
