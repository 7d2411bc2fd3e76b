import type { z } from '../zod.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import type { connectRequest, getConnectionRequest, SessionDetails, StateEvent } from '../channel/protocol.ts';
import { sessionEnded } from '../outcomes/sessionEnded.ts';
import { boundedSignal, timeoutError } from '../time.ts';
import { doorCaller, type Caller } from './accessPolicy.ts';
import type { Audit } from './audit.ts';
import { auditedIntent } from './auditedIntent.ts';
import { auditedUser } from './auditedUser.ts';
import type { CallsUnderWay } from '../calls/callsUnderWay.ts';
import type { WantedSession } from './liveSession.ts';
import { createNewSessions, type NewSessionsOptions } from './newSessions.ts';
import type { RemoteTokenWorker } from './signInFlow.ts';
import { sharedSessionOf, wantedSessionOf } from './wantedSession.ts';
import { signInPlace } from './signedOutMark.ts';
import type { Asker } from './windowTurns.ts';

export interface SessionServiceOptions extends NewSessionsOptions {
  calls: CallsUnderWay;
  worker: RemoteTokenWorker;
  /** Settles when the provider has tried to restore the sessions from before its start. */
  resumed: Promise<void>;
  audit: Audit;
}

type ConnectRequest = z.output<typeof connectRequest>;
type GetConnectionRequest = z.output<typeof getConnectionRequest>;

/** Requests of callers about sessions: to get one, to list them, to leave one, to end them all. */
export function createSessionService(options: SessionServiceOptions) {
  const { configuration, calls, worker, sessions, signIns, audit, resumed, signedOut } = options;
  const newSessions = createNewSessions(options);

  /** Gives a caller a session, which it uses from then on: the existing one, or what `otherwise` brings. */
  function obtain<T extends SessionDetails | null>(
    action: 'connect' | 'getConnection',
    caller: Caller,
    request: GetConnectionRequest,
    gone: Outcome<T>,
    otherwise: (wanted: WantedSession, signal: AbortSignal) => Promise<Outcome<T>>,
  ): Promise<Outcome<T | SessionDetails>> {
    const { orgUrl, requestId, timeoutMs } = request;
    const client = caller.client !== undefined && { client: caller.client };
    const entry = { app: caller.app.name, action, ...target(orgUrl), ...client, ...auditedIntent(caller) };
    return audit(entry, async (line) => {
      const wanted = wantedSessionOf(configuration, caller, request);
      if (!wanted.ok) return wanted;
      const session = await calls.run<T | SessionDetails>(caller, { requestId }, async ({ signal }) => {
        await resumed;
        const existing = sessions.find(wanted.data);
        if (existing) return success(existing);
        if (timeoutMs === undefined) return otherwise(wanted.data, signal);
        const bound = boundedSignal(timeoutMs, timeoutError, signal);
        try {
          return await otherwise(wanted.data, bound.signal);
        } finally {
          bound.end();
        }
      });
      if (!session.ok || !session.data) return session;
      const { sessionId } = session.data;
      const { user } = Object.assign(line, auditedUser(session.data));
      if (!sessions.use(sessionId, caller)) return gone;
      await worker.grantSession(doorCaller(caller), sessionId, user);
      return session;
    });
  }

  return {
    /** Uses the shared session, or leads a person through signing in. */
    connect: (caller: Caller, request: ConnectRequest): Promise<Outcome<SessionDetails>> =>
      obtain<SessionDetails>('connect', caller, request, sessionEnded, (wanted, signal) =>
        newSessions.byPerson(wanted, request, askerOf(caller), signal),
      ),

    /** The existing session, or null. Never shows anything to a person. */
    getConnection: (caller: Caller, request: GetConnectionRequest): Promise<Outcome<SessionDetails | null>> =>
      obtain<SessionDetails | null>('getConnection', caller, request, success(null), (wanted, signal) =>
        newSessions.silently(wanted, askerOf(caller), signal),
      ),

    /** Ends this app's use of the session. A session without users lingers before it is ended and revoked. */
    disconnect: (caller: Caller, sessionId: string): Promise<Outcome<null>> =>
      audit({ app: caller.app.name, action: 'disconnect', ...auditedUser(sessions.get(sessionId)) }, async () => {
        sessions.leave(sessionId, caller);
        await worker.withdrawSession(caller.id, sessionId);
        return success(null);
      }),

    /** The state of the sessions that concern this app. */
    states: (caller: Caller): Promise<Outcome<StateEvent[]>> =>
      audit({ app: caller.app.name, action: 'states' }, async () => {
        await resumed;
        return success(sessions.states(caller));
      }),

    /** Ends every session for every app and revokes it. */
    signOut: (caller: Caller): Promise<Outcome<null>> =>
      audit({ app: caller.app.name, action: 'signOut' }, async () => {
        signedOut.set(configuration.orgs.flatMap((org) => [org.orgUrl, signInPlace(org)]));
        const revoked = sessions.endAll();
        signIns.abandonAll();
        await revoked;
        return success(null);
      }),

    /**
     * At start: the shared session of each org that gives one without a person, the default org first. One after
     * another, as an app has one silent try at a time, and only so many that wait. An org that fails keeps no other
     * from its try.
     */
    async resume(): Promise<void> {
      for (const wanted of configuration.orgs.map(sharedSessionOf)) {
        if (sessions.find(wanted)) continue;
        await audit({ app: 'provider', action: 'resume', target: wanted.orgUrl }, () =>
          newSessions.silently(wanted, { app: 'provider', isPersons: false }),
        );
      }
    },
  };
}

/** A click on the platform's page is a request of the person; every other request is an app's. */
const askerOf = ({ app }: Caller): Asker => ({ app: app.name, isPersons: app.role === 'platform' });

function target(orgUrl: string | undefined): { target?: string } {
  return orgUrl && URL.canParse(orgUrl) ? { target: new URL(orgUrl).origin } : {};
}
