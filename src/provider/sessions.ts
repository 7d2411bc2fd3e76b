import type { Failure } from '../outcomes/failure.ts';
import type { PlatformStatus, SessionDetails, StateEvent } from '../channel/protocol.ts';
import type { Caller } from './accessPolicy.ts';
import { systemTimers, type Timers } from '../time.ts';

/** A session as the provider keeps it: what apps learn of it, and whose it is. */
export interface KeptSession {
  details: SessionDetails;
  userId: string;
  organizationId: string;
  /** The app whose own session it is; empty for the shared one. */
  owner: string;
}

interface LiveSession extends KeptSession {
  state: 'signedIn' | 'signInRequired';
  /** Why somebody has to sign in again. */
  because?: Failure;
  /** Apps that use it now, by caller id. */
  users: Map<string, Caller>;
  /** Calls off the end of a session that lingers. */
  stopLingering?: () => void;
}

/** Which session an app wants. */
export interface SessionWish {
  orgUrl: string;
  consumerKey: string;
  scopes: readonly string[];
  owner: string;
}

interface SessionsOptions {
  lingerMs: number;
  /** Gets each change, and whose news it is. */
  onState: (event: StateEvent, concerns: (caller: Caller) => boolean) => void;
  /** Somebody signed out, or another person has taken over the shared session: what the one before was shown is to go. */
  onPersonLeft: () => void;
  /** Called when nobody uses the session any more, or it was signed out. */
  onEnd: (sessionId: string) => Promise<unknown>;
  timers?: Timers;
}

/** How long a new session waits for the app it was made for, which learns of it once the window is closed. */
const unclaimedMs = 60_000;

export type Sessions = ReturnType<typeof createSessions>;

/** Which sessions there are and which apps use them. One session serves every app that asks for the same org and key. */
export function createSessions({ lingerMs, onState, onPersonLeft, onEnd, timers = systemTimers }: SessionsOptions) {
  const live = new Map<string, LiveSession>();
  let signOuts = 0;
  /** Who had the shared session of an org and key last. */
  const lastPeople = new Map<string, string>();

  function eventOf({ details, because }: LiveSession, state: StateEvent['state']): StateEvent {
    const { sessionId, orgUrl, consumerKey } = details;
    const why = because && { reason: because.reason ?? because.code, message: because.message };
    return { state, sessionId, orgUrl, consumerKey, userName: userName(details), ...(state === 'signInRequired' && why) };
  }

  /**
   * Whose news a session is: the callers' that use it, and of those that could share it the ones that have no other session
   * of its org and key. An app's own session is nobody else's matter. To be asked before sessions are taken away.
   */
  function concernsOf(session: LiveSession): (caller: Caller) => boolean {
    const { details, owner, users } = session;
    const others = [...live.values()].filter((other) => other !== session && isOfApp(other, details));
    const served = new Set(others.flatMap((other) => [...other.users.keys()]));
    return ({ id, app }) => users.has(id) || ((owner === '' || owner === app.name) && !served.has(id));
  }

  function publish(session: LiveSession, state: StateEvent['state']): void {
    onState(eventOf(session, state), concernsOf(session));
  }

  async function end(ending: readonly LiveSession[]): Promise<void> {
    const news = ending.map((session) => [eventOf(session, 'signedOut'), concernsOf(session)] as const);
    for (const { details, stopLingering } of ending) {
      stopLingering?.();
      live.delete(details.sessionId);
    }
    for (const [event, concerns] of news) onState(event, concerns);
    await Promise.all(ending.map(({ details }) => onEnd(details.sessionId)));
  }

  function isAbandoned({ users }: LiveSession): boolean {
    return ![...users.values()].some(({ keepsSession }) => keepsSession);
  }

  /** A session that nobody uses is kept a while, for an app that reloads or is opened next. */
  function lingerIfAbandoned(session: LiveSession, atLeastMs = 0): void {
    if (!isAbandoned(session)) return;
    session.stopLingering?.();
    session.stopLingering = timers.after(Math.max(lingerMs, atLeastMs), () => void end([session]));
  }

  const isOfApp = ({ details }: LiveSession, { orgUrl, consumerKey }: Pick<SessionWish, 'orgUrl' | 'consumerKey'>): boolean =>
    details.orgUrl === orgUrl && details.consumerKey === consumerKey;
  const isOf = (session: LiveSession, wish: Omit<SessionWish, 'scopes'>): boolean => isOfApp(session, wish) && session.owner === wish.owner;

  return {
    /** The session of this org and key whose grant covers the scopes, if somebody is signed in. */
    find(wish: SessionWish): SessionDetails | undefined {
      for (const session of live.values()) {
        const { details, state } = session;
        const covers = wish.scopes.every((scope) => details.scopes.includes(scope) || details.scopes.includes('full'));
        if (state === 'signedIn' && isOf(session, wish) && covers) return details;
      }
      return undefined;
    },

    /** Scopes that a sign-in for this wish has to ask for, so that the apps that are connected lose none. */
    scopesWith(wish: SessionWish): string[] {
      const held = [...live.values()].filter((session) => session.state === 'signedIn' && isOf(session, wish)).flatMap(({ details }) => details.scopes);
      return [...new Set([...wish.scopes, ...held])];
    },

    /** The live session that a new grant of this user belongs to. */
    sameGrant({ details, userId, organizationId, owner }: KeptSession): string | undefined {
      const same = [...live.values()].find(
        (session) => session.state === 'signedIn' && isOf(session, { ...details, owner }) && session.userId === userId && session.organizationId === organizationId,
      );
      return same?.details.sessionId;
    },

    /** How often everything was ended. What began before the last time belongs to whoever has signed out. */
    signOuts: (): number => signOuts,

    add(kept: KeptSession): void {
      const { details: { orgUrl, consumerKey }, owner, userId } = kept;
      const place = JSON.stringify([orgUrl, consumerKey]);
      if (owner === '' && (lastPeople.get(place) ?? userId) !== userId) onPersonLeft();
      if (owner === '') lastPeople.set(place, userId);
      const session: LiveSession = { ...kept, state: 'signedIn', users: new Map() };
      live.set(kept.details.sessionId, session);
      publish(session, 'signedIn');
      lingerIfAbandoned(session, unclaimedMs);
    },

    /** The session's grant has become wider. */
    widened(sessionId: string, details: SessionDetails): void {
      const session = live.get(sessionId);
      if (session) session.details = details;
    },

    get(sessionId: string): SessionDetails | undefined {
      return live.get(sessionId)?.details;
    },

    isUsedBy(sessionId: string, caller: Caller): boolean {
      return live.get(sessionId)?.users.has(caller.id) ?? false;
    },

    /** Whether a page of this app, not only an intent of it, has a session of this org and key. */
    isConnected: (app: string, org: Pick<SessionWish, 'orgUrl' | 'consumerKey'>): boolean =>
      [...live.values()].some((session) => isOfApp(session, org) && [...session.users.values()].some((user) => user.keepsSession && user.app.name === app)),

    /** @returns false when the session has ended meanwhile. */
    use(sessionId: string, caller: Caller): boolean {
      const session = live.get(sessionId);
      if (!session) return false;
      if (caller.keepsSession) session.stopLingering?.();
      session.users.set(caller.id, caller);
      return true;
    },

    /** What a caller that begins to listen has missed. */
    states: (caller: Caller): StateEvent[] =>
      [...live.values()].filter((session) => concernsOf(session)(caller)).map((session) => eventOf(session, session.state)),

    /** Ends this app's use. A session that nobody uses any more lingers before it ends. */
    leave(sessionId: string, caller: Caller): void {
      const session = live.get(sessionId);
      if (session?.users.delete(caller.id) && caller.keepsSession) lingerIfAbandoned(session);
    },

    /** An app's connection is gone without a word. It may only be reloading. */
    callerGone(callerId: string): void {
      for (const session of live.values()) {
        const kept = session.users.get(callerId)?.keepsSession;
        session.users.delete(callerId);
        if (kept) lingerIfAbandoned(session);
      }
    },

    /** The org ended the grant: only a person can renew it. */
    lost(sessionId: string, because: Failure): void {
      const session = live.get(sessionId);
      if (!session || session.state === 'signInRequired') return;
      session.state = 'signInRequired';
      session.because = because;
      publish(session, 'signInRequired');
    },

    /** The org has renewed a session after all. */
    recovered(sessionId: string): void {
      const session = live.get(sessionId);
      if (session?.state !== 'signInRequired') return;
      session.state = 'signedIn';
      delete session.because;
      publish(session, 'signedIn');
    },

    /** A new sign-in takes the place of lost sessions of the same org, key and owner. */
    async endLost({ details: wanted, owner }: KeptSession): Promise<void> {
      const lost = [...live.values()].filter((session) => session.state === 'signInRequired' && isOf(session, { ...wanted, owner }));
      for (const { details, stopLingering } of lost) {
        stopLingering?.();
        live.delete(details.sessionId);
      }
      await Promise.all(lost.map(({ details }) => onEnd(details.sessionId)));
    },

    async endAll(): Promise<void> {
      signOuts += 1;
      lastPeople.clear();
      onPersonLeft();
      await end([...live.values()]);
    },

    list(): PlatformStatus['sessions'] {
      return [...live.values()].map(({ details, state, users, because, owner, userId }) => ({
        sessionId: details.sessionId, orgUrl: details.orgUrl, consumerKey: details.consumerKey,
        userId, userName: userName(details), state, tokenBinding: details.tokenBinding ?? 'bearer',
        ...(because && { message: because.message }), ...(owner && { owner }),
        apps: [...new Set([...users.values()].filter(({ app }) => app.role === 'app').map(({ app }) => app.name))],
      }));
    },
  };
}

function userName({ currentUser }: SessionDetails): string {
  const name = currentUser['Name'] ?? currentUser['Username'];
  return typeof name === 'string' ? name : 'unknown user';
}
