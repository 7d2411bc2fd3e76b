import { log } from './logging.ts';
import { isObject } from './reply.ts';

/** What happened to a session that this app has, or could share. */
export interface SalesforceStateEvent {
  /**
   * `signedIn`: a person signed in, in whichever app. `signedOut`: the session was ended on purpose.
   * `signInRequired`: the session ran out; `connect()` signs in again.
   */
  state: 'signedIn' | 'signedOut' | 'signInRequired';
  /** Tells sessions apart; not a secret. */
  sessionId: string;
  orgUrl: string;
  consumerKey: string;
  userName?: string | undefined;
  /** With `signInRequired`: why, as a row of `docs/outcomes.md` and as a sentence for the person. */
  reason?: string | undefined;
  message?: string | undefined;
}

export type StateListener = (event: SalesforceStateEvent) => void;

/** A listener, with the last event that it was told of each session. */
export interface ToldListener {
  listener: StateListener;
  told: Map<string, SalesforceStateEvent>;
}

export const stateListeners = new Set<ToldListener>();

/**
 * A session passes these states in this order, and its id is never used again. An event that does not lead forward is
 * late or repeated, and is not delivered.
 */
const order = ['signedIn', 'signInRequired', 'signedOut'];

/** Hands the provider's `state` message to all listeners. */
export function deliverState(payload: unknown): void {
  if (!isStateEvent(payload)) {
    log('a state message could not be read');
    return;
  }
  for (const follower of [...stateListeners]) tell(follower, payload);
}

/**
 * Brings listeners up to date with all the sessions there are for this app.
 *
 * @param payload the provider's list of `state` messages, unchecked
 * @param known for each listener the sessions that it had been told of when the provider was asked. One that is not
 *   listed ended with a former provider: the listener is told so, unless another session of the same org and key is
 *   listed, which it is told of instead
 */
export function deliverStates(payload: unknown, known: ReadonlyMap<ToldListener, readonly string[]>): void {
  if (!Array.isArray(payload) || !payload.every(isStateEvent)) {
    log('the present states could not be read');
    return;
  }
  const present = payload;
  for (const [follower, sessionIds] of known) {
    for (const event of present) tell(follower, event);
    for (const sessionId of sessionIds) {
      const last = follower.told.get(sessionId)!;
      const isThere = present.some((event) => event.sessionId === sessionId);
      const isReplaced = present.some(
        ({ orgUrl, consumerKey }) => orgUrl === last.orgUrl && consumerKey === last.consumerKey,
      );
      if (isThere || isReplaced) continue;
      tell(follower, {
        ...last,
        state: 'signInRequired',
        message: 'The Salesforce provider was restarted. Please sign in again.',
      });
    }
  }
}

/** One listener that throws does not keep the event from the others. */
function tell({ listener, told }: ToldListener, event: SalesforceStateEvent): void {
  const last = told.get(event.sessionId);
  if (last && order.indexOf(event.state) <= order.indexOf(last.state)) return;
  told.set(event.sessionId, event);
  try {
    listener(event);
  } catch (error) {
    // Reported to the page's own error handling, as an `EventTarget` reports it.
    queueMicrotask(() => {
      throw error;
    });
  }
}

function isStateEvent(payload: unknown): payload is SalesforceStateEvent {
  return (
    isObject(payload) &&
    order.includes(payload.state as string) &&
    typeof payload.sessionId === 'string' &&
    typeof payload.orgUrl === 'string' &&
    typeof payload.consumerKey === 'string'
  );
}
