import { deferred } from '../deferred.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import type { SessionDetails } from '../channel/protocol.ts';
import { createRequestQueue } from '../calls/requestQueue.ts';
import { createSignInRun, type SignInParameters, type SignInRunOptions } from './signInRun.ts';
import { WindowTurns, type Asker } from './windowTurns.ts';

interface SignInsOptions extends SignInRunOptions {
  onBusyChanged: () => void;
}

interface RunningSignIn {
  outcome: Promise<Outcome<SessionDetails>>;
  waiting: number;
  abandon: () => void;
  visible: boolean;
}

export type SignIns = ReturnType<typeof createSignIns>;

/**
 * Sign-ins in progress. Callers that want the same org, key and scopes at the same time share one window and outcome. A
 * person is asked one thing at a time, so other sign-ins with a window wait for their turn.
 */
export function createSignIns(options: SignInsOptions) {
  const { configuration, onBusyChanged } = options;
  const run = createSignInRun(options);
  const running = new Map<string, RunningSignIn>();
  const turns = new WindowTurns(configuration.limits.signInsPerApp);
  const unseen = createRequestQueue(unseenLimits);

  function start(
    key: string,
    parameters: SignInParameters,
    asker: Asker,
    satisfied: () => SessionDetails | undefined,
  ): RunningSignIn {
    const abandoned = deferred<Outcome<never>>();
    const abandonedSignal = new AbortController();
    const visible = parameters.interaction === 'allowed';
    let gone: Promise<void> = Promise.resolve();
    const signInNow = async (): Promise<Outcome<SessionDetails>> => {
      // The sign-in before this one may have brought a session that will do.
      const existing = satisfied();
      if (existing) return success(existing);
      const ended = await run(parameters, abandoned.promise);
      ({ gone } = ended);
      return ended.outcome;
    };
    const inTurn = async (): Promise<Outcome<SessionDetails>> => {
      const turn = turns.take(asker);
      try {
        const first = await Promise.race([turn.begun.then(() => undefined), abandoned.promise]);
        return first ?? (await signInNow());
      } finally {
        // No two windows at a time: the next one waits until this one is gone, although its callers do not.
        void gone.finally(turn.end);
      }
    };
    const outcome = (
      visible
        ? inTurn()
        : Promise.race([
            unseen.run({ app: asker.app, rank: 'user', signal: abandonedSignal.signal }, signInNow),
            abandoned.promise,
          ])
    ).finally(() => {
      if (running.get(key) === signIn) running.delete(key);
      onBusyChanged();
    });
    const signIn: RunningSignIn = {
      waiting: 0,
      visible,
      outcome,
      abandon() {
        // A later caller starts a new sign-in.
        if (running.get(key) === signIn) running.delete(key);
        abandoned.resolve(outcomeFailure({ stage: 'window', event: 'cancelled' }));
        abandonedSignal.abort();
      },
    };
    running.set(key, signIn);
    onBusyChanged();
    return signIn;
  }

  return {
    /**
     * Joins the sign-in for the same org, key, owner and scopes, or starts one. When the last caller gives up, it is
     * abandoned. An app that has too many under way gets `TOO_MANY_REQUESTS`.
     *
     * @param asker who asks: a request of the person goes before those of apps
     * @param satisfied Returns an existing session that will do. Called once it is this sign-in's turn.
     */
    async signIn(
      parameters: SignInParameters,
      asker: Asker,
      satisfied: () => SessionDetails | undefined,
      signal?: AbortSignal,
    ): Promise<Outcome<SessionDetails>> {
      const { orgUrl, consumerKey, owner, scopes, interaction, extraParameters } = parameters;
      const key = JSON.stringify([
        orgUrl,
        consumerKey,
        owner,
        [...scopes].sort(),
        interaction,
        Object.entries(extraParameters).sort(),
      ]);
      if (!running.has(key) && interaction === 'allowed' && turns.isFull(asker)) {
        return failure(
          'TOO_MANY_REQUESTS',
          `${asker.app} is waiting for ${configuration.limits.signInsPerApp} sign-ins already. Finish or cancel them first.`,
        );
      }
      const signIn = running.get(key) ?? start(key, parameters, asker, satisfied);
      signIn.waiting += 1;
      const gaveUp = deferred<Outcome<never>>();
      const giveUp = (): void => {
        signIn.waiting -= 1;
        if (signIn.waiting === 0) signIn.abandon();
        gaveUp.resolve(givenUp(signal?.reason));
      };
      if (signal?.aborted) giveUp();
      signal?.addEventListener('abort', giveUp);
      const outcome = await Promise.race([signIn.outcome, gaveUp.promise]);
      signal?.removeEventListener('abort', giveUp);
      return outcome;
    },

    /** Abandons all sign-ins, visible and silent, when somebody signs out. */
    abandonAll(): void {
      for (const { abandon } of [...running.values()]) abandon();
    },

    /** True while a person is expected to act. */
    isBusy: (): boolean => [...running.values()].some(({ visible }) => visible),
  };
}

/** What a caller gets that has given up, for the reason of its signal. */
const givenUp = (reason: unknown): Outcome<never> =>
  reason instanceof DOMException && reason.name === 'TimeoutError'
    ? failure('REQUEST_TIMED_OUT', 'Connecting took longer than its timeout.')
    : failure('REQUEST_CANCELLED', 'The request was cancelled.');

/** Limits for silent sign-ins: each is a window or frame and a request to the org, and an app does not need several. */
const unseenLimits = { atOnce: 2, ofAppsAtOnce: 2, perApp: 1, waitingPerApp: 4 };
