import type { SessionDetails, StateEvent } from '../channel/protocol.ts';
import type { Caller } from './accessPolicy.ts';

interface LiveSession {
  details: SessionDetails;
  state: 'signedIn' | 'signInRequired';
  /** Apps that use it now, by caller id. */
  users: Map<string, Caller>;
  lingering?: ReturnType<typeof setTimeout>;
}

interface SessionsOptions {
  lingerMs: number;
  onState: (event: StateEvent) => void;
  /** Called when nobody uses the session any more, or it was signed out. */
  onEnd: (sessionId: string) => Promise<unknown>;
}

export type Sessions = ReturnType<typeof createSessions>;

/** Which sessions there are and which apps use them. One session serves every app that asks for the same org and key. */
export function createSessions({ lingerMs, onState, onEnd }: SessionsOptions) {
  const live = new Map<string, LiveSession>();

  function publish(session: LiveSession, state: StateEvent['state']): void {
    const { sessionId, orgUrl, consumerKey } = session.details;
    onState({ state, sessionId, orgUrl, consumerKey, userName: userName(session.details) });
  }

  async function end(sessionId: string): Promise<void> {
    const session = live.get(sessionId);
    if (!session) return;
    clearTimeout(session.lingering);
    live.delete(sessionId);
    publish(session, 'signedOut');
    await onEnd(sessionId);
  }

  function isAbandoned({ users }: LiveSession): boolean {
    return ![...users.values()].some(({ keepsSession }) => keepsSession);
  }

  return {
    /** The session of this org and key whose grant covers the scopes, if somebody is signed in. */
    find(orgUrl: string, consumerKey: string, scopes: readonly string[]): SessionDetails | undefined {
      for (const { details, state } of live.values()) {
        const covers = scopes.every((scope) => details.scopes.includes(scope) || details.scopes.includes('full'));
        if (state === 'signedIn' && details.orgUrl === orgUrl && details.consumerKey === consumerKey && covers) return details;
      }
      return undefined;
    },

    add(details: SessionDetails): void {
      const session: LiveSession = { details, state: 'signedIn', users: new Map() };
      live.set(details.sessionId, session);
      publish(session, 'signedIn');
    },

    get(sessionId: string): SessionDetails | undefined {
      return live.get(sessionId)?.details;
    },

    isUsedBy(sessionId: string, caller: Caller): boolean {
      return live.get(sessionId)?.users.has(caller.id) ?? false;
    },

    use(sessionId: string, caller: Caller): void {
      const session = live.get(sessionId);
      if (!session) return;
      if (caller.keepsSession) clearTimeout(session.lingering);
      session.users.set(caller.id, caller);
    },

    /** Ends this app's use; the last one out ends the session. */
    async leave(sessionId: string, caller: Caller): Promise<void> {
      const session = live.get(sessionId);
      if (!session?.users.delete(caller.id)) return;
      if (caller.keepsSession && isAbandoned(session)) await end(sessionId);
    },

    /** An app's connection is gone without a word. It may only be reloading, so a session left alone lingers a while. */
    callerGone(callerId: string): void {
      for (const [sessionId, session] of live) {
        const kept = session.users.get(callerId)?.keepsSession;
        session.users.delete(callerId);
        if (!kept || !isAbandoned(session)) continue;
        session.lingering = setTimeout(() => void end(sessionId), lingerMs);
      }
    },

    /** The org ended the grant: only a person can renew it. */
    lost(sessionId: string): void {
      const session = live.get(sessionId);
      if (!session || session.state === 'signInRequired') return;
      session.state = 'signInRequired';
      publish(session, 'signInRequired');
    },

    /** A new sign-in takes the place of lost sessions of the same org and key. */
    async endLost(orgUrl: string, consumerKey: string): Promise<void> {
      const lost = [...live.values()].filter(
        ({ state, details }) => state === 'signInRequired' && details.orgUrl === orgUrl && details.consumerKey === consumerKey,
      );
      for (const { details } of lost) {
        live.delete(details.sessionId);
        await onEnd(details.sessionId);
      }
    },

    async endAll(): Promise<void> {
      await Promise.all([...live.keys()].map(end));
    },

    list() {
      return [...live.values()].map(({ details, state, users }) => ({
        sessionId: details.sessionId, orgUrl: details.orgUrl, consumerKey: details.consumerKey,
        userName: userName(details), state,
        apps: [...new Set([...users.values()].filter(({ app }) => app.role === 'app').map(({ app }) => app.name))],
      }));
    },
  };
}

function userName({ currentUser }: SessionDetails): string {
  const name = currentUser['Name'] ?? currentUser['Username'];
  return typeof name === 'string' ? name : 'unknown user';
}
