/** An app's access to Salesforce: shared with the other apps of the desktop, and never lost without a word. */
import { ApiError, connect, getConnection, onStateChange, type SalesforceConnection } from 'salesforce-interop/client';

export type Access =
  | { kind: 'starting' }
  | { kind: 'unavailable'; message: string }
  | { kind: 'signedOut'; message?: string }
  | { kind: 'connecting' }
  | { kind: 'connected'; connection: SalesforceConnection };

export interface SalesforceAccess {
  /** From a click: asks the person to sign in if nobody did yet. */
  connect(): Promise<void>;
  /** Looks again whether there is a session to share. */
  retry(): Promise<void>;
}

/** A sentence for a person about what went wrong. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) {
    switch (error.code) {
      case 'SIGN_IN_REQUIRED':
      case 'SESSION_ENDED':
        return 'Your Salesforce session has ended. Connect again to go on.';
      case 'NETWORK_FAILED':
      case 'ORG_UNREACHABLE':
        return 'Salesforce cannot be reached right now. Check the network and try again.';
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

/** Follows the shared session from now on; `onAccess` gets every change. */
export function followSalesforce(onAccess: (access: Access) => void): SalesforceAccess {
  let connecting = false;

  async function retry(): Promise<void> {
    if (connecting) return;
    try {
      const connection = await getConnection();
      onAccess(connection ? { kind: 'connected', connection } : { kind: 'signedOut' });
    } catch (error) {
      onAccess({ kind: 'unavailable', message: describeError(error) });
    }
  }

  onStateChange(({ state }) => {
    if (state === 'signedIn') void retry();
    else if (state === 'signInRequired') onAccess({ kind: 'signedOut', message: 'Your Salesforce session has ended. Connect again to go on.' });
    else onAccess({ kind: 'signedOut', message: 'You signed out of Salesforce.' });
  });
  void retry();

  return {
    retry,
    async connect() {
      connecting = true;
      onAccess({ kind: 'connecting' });
      try {
        onAccess({ kind: 'connected', connection: await connect() });
      } catch (error) {
        onAccess({ kind: 'signedOut', message: describeError(error) });
      } finally {
        connecting = false;
      }
    },
  };
}
