import { deferred } from '../channel/deferred.ts';
import { failure, type Outcome } from '../channel/failure.ts';
import { outcomeFailure } from '../channel/outcomes.ts';
import type { OrgClient } from './orgClient.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

export interface FinishedSignIn {
  client: OrgClient;
  tokens: GrantedTokens;
}

export type PendingSignIns = ReturnType<typeof createPendingSignIns>;

/** Sign-ins in progress, whichever flow they take: each is waited for once, and can be abandoned. */
export function createPendingSignIns() {
  const pending = new Map<string, { finished: Promise<Outcome<FinishedSignIn>>; finish: (outcome: Outcome<FinishedSignIn>) => void; abandoned: AbortController }>();

  return {
    /** @returns the id, the way to finish it, and a signal for when nobody wants it any more. */
    add(): { signInId: string; finish: (outcome: Outcome<FinishedSignIn>) => void; abandoned: AbortSignal } {
      const signInId = crypto.randomUUID();
      const { promise: finished, resolve: finish } = deferred<Outcome<FinishedSignIn>>();
      const abandoned = new AbortController();
      pending.set(signInId, { finished, finish, abandoned });
      return { signInId, finish, abandoned: abandoned.signal };
    },

    /** Settles when the sign-in has ended, one way or another. To be asked once. */
    async wait(signInId: string): Promise<Outcome<FinishedSignIn>> {
      const signIn = pending.get(signInId);
      if (!signIn) return failure('SIGN_IN_CANCELLED', 'This sign-in is over.', { reason: 'window.cancelled' });
      const outcome = await signIn.finished;
      pending.delete(signInId);
      return outcome;
    },

    abandon(signInId: string): void {
      const signIn = pending.get(signInId);
      signIn?.abandoned.abort();
      signIn?.finish(outcomeFailure({ stage: 'window', event: 'cancelled' }));
    },
  };
}
