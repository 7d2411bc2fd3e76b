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

/** What a flow is given for a sign-in that it begins. */
interface AddedSignIn {
  signInId: string;
  /** To be called with how it ended. */
  finish: (outcome: Outcome<FinishedSignIn>) => Promise<void>;
  /** To be called once the org has answered on its pages. */
  redeeming: () => void;
  /** Aborted when nobody wants it any more. */
  abandoned: AbortSignal;
}

export type PendingSignIns = ReturnType<typeof createPendingSignIns>;

/** Sign-ins in progress, whichever flow they take: each is waited for once, and can be abandoned. */
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
        // A grant that nobody waits for any more must not stay.
        if (abandoned.signal.aborted && outcome.ok) await revoke(outcome.data);
        settle(outcome);
      };
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
      if (signIn) abandon(signIn);
    },

    /** The worker goes away: whatever is in progress, or begins yet, is abandoned. */
    abandonAll(): void {
      isOver = true;
      for (const signIn of pending.values()) abandon(signIn);
    },
  };
}

async function revoke({ client, tokens: { refreshToken, accessToken } }: FinishedSignIn): Promise<void> {
  await client.revoke(refreshToken ?? accessToken);
}
