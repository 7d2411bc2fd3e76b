/** An app's access to Salesforce: it shares the session of the desktop, and is told of each loss of it. */
import { ApiError, connect, getConnection, onStateChange, type SalesforceConnection } from 'salesforce-interop/client';

/** One person's time on a page. Answers that arrive after they have left are not shown. */
export interface Visit {
  connection: SalesforceConnection;
  /** Aborts when they have left: by signing out, or because another person is signed in. */
  left: AbortSignal;
}

export type Access =
  | { kind: 'starting' }
  | { kind: 'unavailable'; message: string }
  /** Nobody is signed in, or somebody has to sign in again: `hasEnded`. */
  | { kind: 'signedOut'; message?: string; hasEnded?: boolean }
  | { kind: 'connecting' }
  | ({ kind: 'connected' } & Visit);

export interface SalesforceAccess {
  /** To be called on a click: asks the person to sign in if nobody has. */
  connect(): Promise<void>;
  /** Looks again whether there is a session to share. */
  retry(): Promise<void>;
}

export interface FollowedSalesforce extends SalesforceAccess {
  /** To be called when a request of this visit has failed because its session is over. */
  ended(visit: Visit, error: unknown): void;
}

const sessionEnded = 'Your Salesforce session has ended. Connect again to go on.';

/** A sentence for a person about what went wrong. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) {
    switch (error.code) {
      case 'SIGN_IN_REQUIRED':
      case 'SESSION_ENDED':
        return sessionEnded;
      case 'NETWORK_FAILED':
      case 'ORG_UNREACHABLE':
        return 'Salesforce cannot be reached right now. Check the network and try again.';
      case 'REQUEST_TIMED_OUT':
      case 'TEMPORARILY_UNAVAILABLE':
        return 'Salesforce takes too long to answer. Try again in a moment.';
      case 'TOO_MANY_REQUESTS':
        return 'Too much is under way. Try again in a moment.';
      case 'ORG_MISCONFIGURED':
      case 'APP_NOT_ALLOWED':
      case 'ENDPOINT_NOT_ALLOWED':
      case 'PROTOCOL_MISMATCH':
        return 'Salesforce is not set up for this app. Please tell your IT department.';
      case 'INTERNAL':
        return `Something went wrong. If it happens again, tell your IT department${
          error.correlationId === undefined ? '' : `, with the number ${error.correlationId}`
        }.`;
      default:
        return error.message;
    }
  }
  return error instanceof Error ? error.message : 'Something unexpected happened.';
}

/** True when only signing in again helps. */
export function needsSignIn(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'SIGN_IN_REQUIRED' || error.code === 'SESSION_ENDED');
}

/**
 * Follows the shared session from now on.
 *
 * @param onAccess gets every change, and has to remove all that was shown before: another visit is another person's, or
 *   nobody's.
 */
export function followSalesforce(onAccess: (access: Access) => void): FollowedSalesforce {
  let connecting = false;
  let current: { visit: Visit; leave: AbortController } | undefined;
  /** Increased by each change, so that an older search for a session is discarded. */
  let news = 0;

  function leave(access: Exclude<Access, { kind: 'connected' }>): void {
    news += 1;
    current?.leave.abort();
    current = undefined;
    onAccess(access);
  }

  function enter(connection: SalesforceConnection): void {
    const isSame =
      current?.visit.connection.currentUser.Id === connection.currentUser.Id &&
      current.visit.connection.orgUrl === connection.orgUrl;
    if (isSame) return;
    current?.leave.abort();
    const controller = new AbortController();
    current = { leave: controller, visit: { connection, left: controller.signal } };
    onAccess({ kind: 'connected', ...current.visit });
  }

  async function retry(): Promise<void> {
    if (connecting) return;
    const asOf = (news += 1);
    try {
      const connection = await getConnection();
      if (asOf !== news) return;
      if (connection) enter(connection);
      else leave({ kind: 'signedOut' });
    } catch (error) {
      if (asOf === news) leave({ kind: 'unavailable', message: describeError(error) });
    }
  }

  onStateChange(({ state }) => {
    if (state === 'signedIn') void retry();
    else if (state === 'signInRequired') leave({ kind: 'signedOut', message: sessionEnded, hasEnded: true });
    else leave({ kind: 'signedOut', message: 'You signed out of Salesforce.' });
  });
  void retry();

  return {
    retry,
    ended(visit, error) {
      if (!visit.left.aborted) leave({ kind: 'signedOut', message: describeError(error), hasEnded: true });
    },
    async connect() {
      connecting = true;
      leave({ kind: 'connecting' });
      const asOf = news;
      try {
        const connection = await connect();
        if (asOf === news) enter(connection);
      } catch (error) {
        leave({ kind: 'signedOut', message: describeError(error) });
      } finally {
        connecting = false;
      }
    },
  };
}
