import { deferred } from '../deferred.ts';
import { failure, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import type { OrgClient } from './orgClient.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

export interface FinishedSignIn {
  client: OrgClient;
  tokens: GrantedTokens;
}

export type PendingSignIns = ReturnType<typeof createPendingSignIns>;

/** Sign-ins in progress, whichever flow they take: each is waited for once, and can be abandoned. */
export function createPendingSignIns() {
  const pending = new Map<string, { finished: Promise<Outcome<FinishedSignIn>>; finish: (outcome: Outcome<FinishedSignIn>) => void; abandoned: AbortController; isRedeeming: boolean }>();

  return {
    /** @returns the id, the way to finish it, and a signal for when nobody wants it any more. */
    add(): { signInId: string; finish: (outcome: Outcome<FinishedSignIn>) => void; redeeming: () => void; abandoned: AbortSignal } {
      const signInId = crypto.randomUUID();
      const { promise: finished, resolve: finish } = deferred<Outcome<FinishedSignIn>>();
      const abandoned = new AbortController();
      const signIn = { finished, finish, abandoned, isRedeeming: false };
      pending.set(signInId, signIn);
      return { signInId, finish, redeeming: () => void (signIn.isRedeeming = true), abandoned: abandoned.signal };
    },

    /** Settles when the sign-in has ended, one way or another. To be asked once. */
    async wait(signInId: string): Promise<Outcome<FinishedSignIn>> {
      const signIn = pending.get(signInId);
      if (!signIn) return failure('SIGN_IN_CANCELLED', 'This sign-in is over.', { reason: 'window.cancelled' });
      const outcome = await signIn.finished;
      pending.delete(signInId);
      return outcome;
    },

    /** Whether the org has answered on its pages, and only its token endpoint is waited for. */
    isRedeeming: (signInId: string): boolean => pending.get(signInId)?.isRedeeming ?? false,

    abandon(signInId: string): void {
      const signIn = pending.get(signInId);
      signIn?.abandoned.abort();
      signIn?.finish(outcomeFailure({ stage: 'window', event: 'cancelled' }));
    },
  };
}
