import { log } from './logging.ts';
import { isObject } from './reply.ts';

/** What happened to a session that apps share. */
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

export const stateListeners = new Set<StateListener>();

/** Hands the provider's `state` message to all listeners; one that throws does not keep it from the others. */
export function deliverState(payload: unknown): void {
  if (!isStateEvent(payload)) {
    log('a state message could not be read');
    return;
  }
  for (const listener of [...stateListeners]) {
    try {
      listener(payload);
    } catch (error) {
      // As an event target does: visible to the page's own error handling.
      queueMicrotask(() => { throw error; });
    }
  }
}

function isStateEvent(payload: unknown): payload is SalesforceStateEvent {
  return isObject(payload) && ['signedIn', 'signedOut', 'signInRequired'].includes(payload.state as string)
    && typeof payload.sessionId === 'string' && typeof payload.orgUrl === 'string'
    && typeof payload.consumerKey === 'string';
}
