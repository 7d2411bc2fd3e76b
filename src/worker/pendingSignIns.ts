import { deferred } from '../deferred.ts';
import { failure, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import type { OrgClient } from './orgClient.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

export interface FinishedSignIn {
  client: OrgClient;
  tokens: GrantedTokens;
}

interface PendingSignIn {
  finished: Promise<Outcome<FinishedSignIn>>;
  settle: (outcome: Outcome<FinishedSignIn>) => void;
  abandoned: AbortController;
  isRedeeming: boolean;
}

/** The functions that a flow gets for a sign-in that it begins. */
interface AddedSignIn {
  signInId: string;
  /** To be called with the outcome. */
  finish: (outcome: Outcome<FinishedSignIn>) => Promise<void>;
  /** To be called once the org has redirected or approved, and only the token request is left. */
  redeeming: () => void;
  /** Aborted when the sign-in is not wanted any more. */
  abandoned: AbortSignal;
}

export type PendingSignIns = ReturnType<typeof createPendingSignIns>;

/** Sign-ins in progress, of any flow. Each is waited for once, and can be abandoned. */
export function createPendingSignIns() {
  const pending = new Map<string, PendingSignIn>();
  let isOver = false;

  function abandon({ abandoned, settle }: PendingSignIn): void {
    abandoned.abort();
    settle(outcomeFailure({ stage: 'window', event: 'cancelled' }));
  }

  return {
    add(): AddedSignIn {
      const signInId = crypto.randomUUID();
      const { promise: finished, resolve: settle } = deferred<Outcome<FinishedSignIn>>();
      const abandoned = new AbortController();
      const signIn: PendingSignIn = { finished, settle, abandoned, isRedeeming: false };
      pending.set(signInId, signIn);
      if (isOver) abandon(signIn);
      const finish = async (outcome: Outcome<FinishedSignIn>): Promise<void> => {
        // A grant of an abandoned sign-in is revoked.
        if (abandoned.signal.aborted && outcome.ok) await revoke(outcome.data);
        settle(outcome);
      };
      return { signInId, finish, redeeming: () => void (signIn.isRedeeming = true), abandoned: abandoned.signal };
    },

    /** Settles when the sign-in has ended, in any way. To be called once for each. */
    async wait(signInId: string): Promise<Outcome<FinishedSignIn>> {
      const signIn = pending.get(signInId);
      if (!signIn) return failure('SIGN_IN_CANCELLED', 'This sign-in is over.', { reason: 'window.cancelled' });
      const outcome = await signIn.finished;
      pending.delete(signInId);
      return outcome;
    },

    /** Whether the org's pages are done, and only the token endpoint has to answer. */
    isRedeeming: (signInId: string): boolean => pending.get(signInId)?.isRedeeming ?? false,

    abandon(signInId: string): void {
      const signIn = pending.get(signInId);
      if (signIn) abandon(signIn);
    },

    /** Abandons all sign-ins, and those that begin later: the worker goes away. */
    abandonAll(): void {
      isOver = true;
      for (const signIn of pending.values()) abandon(signIn);
    },
  };
}

async function revoke({ client, tokens: { refreshToken, accessToken } }: FinishedSignIn): Promise<void> {
  await client.revoke(refreshToken ?? accessToken);
}
