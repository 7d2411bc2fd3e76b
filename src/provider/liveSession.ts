import type { Failure } from '../outcomes/failure.ts';
import type { SessionDetails, StateEvent } from '../channel/protocol.ts';
import type { Caller } from './accessPolicy.ts';
import type { Audience } from './audience.ts';

/** A session as the provider keeps it: what apps learn of it, and whose it is. */
export interface KeptSession {
  details: SessionDetails;
  userId: string;
  organizationId: string;
  /** The app whose own session it is; empty for the shared one. */
  owner: string;
}

export interface LiveSession extends KeptSession {
  state: 'signedIn' | 'signInRequired';
  /** Why somebody has to sign in again. */
  because?: Failure;
  /** Apps that use it now, by caller id. */
  users: Map<string, Caller>;
  /** Calls off the end of a session that lingers. */
  stopLingering?: () => void;
}

/** Which session an app wants. */
export interface WantedSession {
  orgUrl: string;
  consumerKey: string;
  scopes: readonly string[];
  owner: string;
}

export const isOfApp = (
  { details }: LiveSession,
  { orgUrl, consumerKey }: Pick<WantedSession, 'orgUrl' | 'consumerKey'>,
): boolean => details.orgUrl === orgUrl && details.consumerKey === consumerKey;

export const isOf = (session: LiveSession, wanted: Omit<WantedSession, 'scopes'>): boolean =>
  isOfApp(session, wanted) && session.owner === wanted.owner;

/** Whether no app uses it that keeps a session alive. */
export function isAbandoned({ users }: LiveSession): boolean {
  return ![...users.values()].some(({ keepsSession }) => keepsSession);
}

export function userName({ currentUser }: SessionDetails): string {
  const name = currentUser['Name'] ?? currentUser['Username'];
  return typeof name === 'string' ? name : 'unknown user';
}

export function eventOf({ details, because }: LiveSession, state: StateEvent['state']): StateEvent {
  const { sessionId, orgUrl, consumerKey } = details;
  const why = because && { reason: because.reason ?? because.code, message: because.message };
  return { state, sessionId, orgUrl, consumerKey, userName: userName(details), ...(state === 'signInRequired' && why) };
}

/**
 * Whose news a session is: the callers' that use it, and of those that could share it the ones that have no other
 * session of its org and key. An app's own session is nobody else's matter. To be asked before sessions are taken away.
 */
export function audienceOf(session: LiveSession, all: Iterable<LiveSession>): Audience {
  const { details, owner, users } = session;
  const others = [...all].filter((other) => other !== session && isOfApp(other, details));
  const served = new Set(others.flatMap((other) => [...other.users.keys()]));
  return ({ id, app }) => users.has(id) || ((owner === '' || owner === app.name) && !served.has(id));
}
