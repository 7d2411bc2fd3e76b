import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import type { SessionDetails } from '../channel/protocol.ts';
import type { WorkerSession } from '../worker/tokenWorker.ts';
import type { Sessions } from './sessions.ts';
import type { RemoteTokenWorker } from './signInFlow.ts';

interface RegisterOptions {
  worker: RemoteTokenWorker;
  sessions: Sessions;
  apiVersion: string;
}

/**
 * Registers a session of the worker: reads its user, and merges it into the session that apps use already if it is a
 * wider grant of the same user.
 */
export function createRegisterSession({ worker, sessions, apiVersion }: RegisterOptions) {
  async function currentUser({ sessionId, userId, profile }: WorkerSession): Promise<Outcome<Record<string, unknown>>> {
    // The remembered profile, so that a start without network can still say who is signed in.
    if (profile) return success(profile);
    const user = await worker.request(sessionId, {
      endpoint: `/services/data/v${apiVersion}/sobjects/User/${userId}`,
      method: 'GET',
      headers: {},
      includeAuthorization: true,
    });
    if (!user.ok)
      return user.error.code === 'REQUEST_FAILED'
        ? failure('SIGN_IN_REFUSED', user.error.message, { ...user.error })
        : user;
    const body = user.data.body;
    if (body?.kind !== 'json' || typeof body.value !== 'object' || body.value === null)
      return outcomeFailure({ stage: 'code', refused: 'identity' });
    await worker.describeSession(sessionId, body.value as Record<string, unknown>);
    return success(body.value as Record<string, unknown>);
  }

  /** Registers a session in steps, between which somebody may sign out. */
  async function register(session: WorkerSession, isWanted: () => boolean): Promise<Outcome<SessionDetails>> {
    const { sessionId, orgUrl, consumerKey, scopes, userId, organizationId, tokenBinding, owner } = session;
    const tooLate = outcomeFailure({ stage: 'window', event: 'cancelled' });
    const user = isWanted() ? await currentUser(session) : tooLate;
    if (!user.ok) return user;
    const details: SessionDetails = { sessionId, orgUrl, consumerKey, scopes, tokenBinding, currentUser: user.data };
    const kept = { details, userId, organizationId, owner };
    await sessions.endLost(kept);
    if (!isWanted()) return tooLate;
    const shared = sessions.sameGrant(kept);
    if (shared === undefined) {
      sessions.add(kept);
      return success(details);
    }
    const widened = await worker.widenSession(shared, sessionId);
    if (!widened.ok) return widened;
    const wider: SessionDetails = {
      ...details,
      sessionId: shared,
      scopes: widened.data.scopes,
      tokenBinding: widened.data.tokenBinding,
    };
    sessions.widened(shared, wider);
    return isWanted() ? success(wider) : tooLate;
  }

  /**
   * @param signOutsBefore `sessions.signOuts()` when the sign-in began. What comes of it after a later "Sign out" is
   * ended at once.
   */
  return async function registerSession(
    session: WorkerSession,
    signOutsBefore: number,
  ): Promise<Outcome<SessionDetails>> {
    const registered = await register(session, () => sessions.signOuts() === signOutsBefore);
    if (!registered.ok) await worker.endSession(session.sessionId);
    return registered;
  };
}
