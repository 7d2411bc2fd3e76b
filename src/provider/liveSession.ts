import type { Failure } from '../outcomes/failure.ts';
import type { SessionDetails, StateEvent } from '../channel/protocol.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audience } from './audience.ts';

/** A session as the provider keeps it: the details that apps get, and its owner. */
export interface KeptSession {
  details: SessionDetails;
  userId: string;
  organizationId: string;
  /** The app that the session belongs to; empty for the shared session. */
  owner: string;
}

export interface LiveSession extends KeptSession {
  state: 'signedIn' | 'signInRequired';
  /** Why somebody has to sign in again. */
  because?: Failure;
  /** Apps that use it now, by caller id. */
  users: Map<string, Caller>;
  /** Cancels the end of a session that lingers. */
  stopLingering?: () => void;
}

/** The session that an app asks for. */
export interface WantedSession {
  orgUrl: string;
  consumerKey: string;
  scopes: readonly string[];
  owner: string;
}

/** Whether a session is of this org and consumer key. */
export const isOfApp = (
  { details }: LiveSession,
  { orgUrl, consumerKey }: Pick<WantedSession, 'orgUrl' | 'consumerKey'>,
): boolean => details.orgUrl === orgUrl && details.consumerKey === consumerKey;

/** Whether a session is of this org, consumer key and owner. */
export const isOf = (session: LiveSession, wanted: Omit<WantedSession, 'scopes'>): boolean =>
  isOfApp(session, wanted) && session.owner === wanted.owner;

/** Whether no caller uses the session that keeps one alive. */
export function isAbandoned({ users }: LiveSession): boolean {
  return ![...users.values()].some(({ keepsSession }) => keepsSession);
}

/** The user's name as it is shown to people. */
export function userName({ currentUser }: SessionDetails): string {
  const name = currentUser['Name'] ?? currentUser['Username'];
  return typeof name === 'string' ? name : 'unknown user';
}

/** The state of a session as apps are told it; with `signInRequired` the reason too. */
export function eventOf({ details, because }: LiveSession, state: StateEvent['state']): StateEvent {
  const { sessionId, orgUrl, consumerKey } = details;
  const why = because && { reason: because.reason ?? because.code, message: because.message };
  return { state, sessionId, orgUrl, consumerKey, userName: userName(details), ...(state === 'signInRequired' && why) };
}

/**
 * The callers to be told of a session: those that use it, and those that could share it and have no other session of
 * its org and key. An app's own session concerns that app only. To be called before sessions are removed.
 */
export function audienceOf(session: LiveSession, all: Iterable<LiveSession>): Audience {
  const { details, owner, users } = session;
  const others = [...all].filter((other) => other !== session && isOfApp(other, details));
  const served = new Set(others.flatMap((other) => [...other.users.keys()]));
  return ({ id, app }) => users.has(id) || ((owner === '' || owner === app.name) && !served.has(id));
}
