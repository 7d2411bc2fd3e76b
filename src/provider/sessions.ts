import type { Failure } from '../outcomes/failure.ts';
import type { PlatformStatus, SessionDetails, StateEvent } from '../channel/protocol.ts';
import { systemTimers, type Timers } from '../time.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audience } from './audience.ts';
import {
  audienceOf,
  eventOf,
  isAbandoned,
  isOf,
  isOfApp,
  userName,
  type KeptSession,
  type LiveSession,
  type WantedSession,
} from './liveSession.ts';

interface SessionsOptions {
  lingerMs: number;
  /** Called with each change, and the callers to be told of it. */
  onState: (event: StateEvent, audience: Audience) => void;
  /**
   * Called when somebody signed out, or another person has taken over the shared session: what was shown to the last
   * person has to go.
   */
  onPersonLeft: () => void;
  /** Called when nobody uses the session any more, or it was signed out. */
  onEnd: (sessionId: string) => Promise<unknown>;
  timers?: Timers;
}

/** Milliseconds for which a new session waits for its app, which learns of it once the sign-in window is closed. */
const unclaimedMs = 60_000;

/** The sessions and the callers that use them. One session serves every app that asks for the same org and key. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #live = new Map<string, LiveSession>();
  /** The user who last had the shared session of an org and key. */
  readonly #lastPeople = new Map<string, string>();
  #signOuts = 0;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** The session of this org and key whose grant covers the scopes, if somebody is signed in. */
  find(wanted: WantedSession): SessionDetails | undefined {
    for (const session of this.#live.values()) {
      const { details, state } = session;
      const covers = wanted.scopes.every((scope) => details.scopes.includes(scope) || details.scopes.includes('full'));
      if (state === 'signedIn' && isOf(session, wanted) && covers) return details;
    }
    return undefined;
  }

  /** Scopes that a sign-in for this session has to ask for, so that connected apps keep theirs. */
  scopesWith(wanted: WantedSession): string[] {
    const held = [...this.#live.values()]
      .filter((session) => session.state === 'signedIn' && isOf(session, wanted))
      .flatMap(({ details }) => details.scopes);
    return [...new Set([...wanted.scopes, ...held])];
  }

  /** The existing session of the same user that a new grant belongs to. */
  sameGrant({ details, userId, organizationId, owner }: KeptSession): string | undefined {
    const same = [...this.#live.values()].find(
      (session) =>
        session.state === 'signedIn' &&
        isOf(session, { ...details, owner }) &&
        session.userId === userId &&
        session.organizationId === organizationId,
    );
    return same?.details.sessionId;
  }

  /**
   * How often all sessions have been ended. Anything that began before the last time belongs to a person who has signed
   * out.
   */
  signOuts(): number {
    return this.#signOuts;
  }

  add(kept: KeptSession): void {
    const {
      details: { orgUrl, consumerKey },
      owner,
      userId,
    } = kept;
    const place = JSON.stringify([orgUrl, consumerKey]);
    if (owner === '' && (this.#lastPeople.get(place) ?? userId) !== userId) this.#options.onPersonLeft();
    if (owner === '') this.#lastPeople.set(place, userId);
    const session: LiveSession = { ...kept, state: 'signedIn', users: new Map() };
    this.#live.set(kept.details.sessionId, session);
    this.#publish(session, 'signedIn');
    this.#lingerIfAbandoned(session, unclaimedMs);
  }

  /** The session's grant has become wider. */
  widened(sessionId: string, details: SessionDetails): void {
    const session = this.#live.get(sessionId);
    if (session) session.details = details;
  }

  get(sessionId: string): SessionDetails | undefined {
    return this.#live.get(sessionId)?.details;
  }

  isUsedBy(sessionId: string, caller: Caller): boolean {
    return this.#live.get(sessionId)?.users.has(caller.id) ?? false;
  }

  /** Whether a page of this app, not only an intent of it, has a session of this org and key. */
  isConnected(app: string, org: Pick<WantedSession, 'orgUrl' | 'consumerKey'>): boolean {
    return [...this.#live.values()].some(
      (session) =>
        isOfApp(session, org) && [...session.users.values()].some((user) => user.keepsSession && user.app.name === app),
    );
  }

  /** @returns false when the session has ended meanwhile. */
  use(sessionId: string, caller: Caller): boolean {
    const session = this.#live.get(sessionId);
    if (!session) return false;
    if (caller.keepsSession) session.stopLingering?.();
    session.users.set(caller.id, caller);
    return true;
  }

  /** The present states, for a caller that begins to listen. */
  states(caller: Caller): StateEvent[] {
    return [...this.#live.values()]
      .filter((session) => audienceOf(session, this.#live.values())(caller))
      .map((session) => eventOf(session, session.state));
  }

  /** Ends this app's use. A session without users lingers before it ends. */
  leave(sessionId: string, caller: Caller): void {
    const session = this.#live.get(sessionId);
    if (session?.users.delete(caller.id) && caller.keepsSession) this.#lingerIfAbandoned(session);
  }

  /** An app's connection ended without `disconnect`. The page may only be reloading. */
  callerGone(callerId: string): void {
    for (const session of this.#live.values()) {
      const kept = session.users.get(callerId)?.keepsSession;
      session.users.delete(callerId);
      if (kept) this.#lingerIfAbandoned(session);
    }
  }

  /** The org ended the grant: only a person can renew it. */
  lost(sessionId: string, because: Failure): void {
    const session = this.#live.get(sessionId);
    if (!session || session.state === 'signInRequired') return;
    session.state = 'signInRequired';
    session.because = because;
    this.#publish(session, 'signInRequired');
  }

  /** The org has renewed a session that was reported as lost. */
  recovered(sessionId: string): void {
    const session = this.#live.get(sessionId);
    if (session?.state !== 'signInRequired') return;
    session.state = 'signedIn';
    delete session.because;
    this.#publish(session, 'signedIn');
  }

  /** A new sign-in takes the place of lost sessions of the same org, key and owner. */
  async endLost({ details: wanted, owner }: KeptSession): Promise<void> {
    const lost = [...this.#live.values()].filter(
      (session) => session.state === 'signInRequired' && isOf(session, { ...wanted, owner }),
    );
    for (const { details, stopLingering } of lost) {
      stopLingering?.();
      this.#live.delete(details.sessionId);
    }
    await Promise.all(lost.map(({ details }) => this.#options.onEnd(details.sessionId)));
  }

  async endAll(): Promise<void> {
    this.#signOuts += 1;
    this.#lastPeople.clear();
    this.#options.onPersonLeft();
    await this.#end([...this.#live.values()]);
  }

  list(): PlatformStatus['sessions'] {
    return [...this.#live.values()].map(({ details, state, users, because, owner, userId }) => ({
      sessionId: details.sessionId,
      orgUrl: details.orgUrl,
      consumerKey: details.consumerKey,
      userId,
      userName: userName(details),
      state,
      tokenBinding: details.tokenBinding ?? 'bearer',
      ...(because && { message: because.message }),
      ...(owner && { owner }),
      apps: [...new Set([...users.values()].filter(({ app }) => app.role === 'app').map(({ app }) => app.name))],
    }));
  }

  #publish(session: LiveSession, state: StateEvent['state']): void {
    this.#options.onState(eventOf(session, state), audienceOf(session, this.#live.values()));
  }

  async #end(ending: readonly LiveSession[]): Promise<void> {
    const { onState, onEnd } = this.#options;
    const news = ending.map(
      (session) => [eventOf(session, 'signedOut'), audienceOf(session, this.#live.values())] as const,
    );
    for (const { details, stopLingering } of ending) {
      stopLingering?.();
      this.#live.delete(details.sessionId);
    }
    for (const [event, audience] of news) onState(event, audience);
    await Promise.all(ending.map(({ details }) => onEnd(details.sessionId)));
  }

  /** Keeps a session without users for a while, for an app that reloads or is opened next. */
  #lingerIfAbandoned(session: LiveSession, atLeastMs = 0): void {
    if (!isAbandoned(session)) return;
    const { timers = systemTimers, lingerMs } = this.#options;
    session.stopLingering?.();
    session.stopLingering = timers.after(Math.max(lingerMs, atLeastMs), () => void this.#end([session]));
  }
}
