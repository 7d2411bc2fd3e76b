import { deferred } from '../channel/deferred.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import type { SessionDetails } from '../channel/protocol.ts';
import type { TokenWorker, WorkerSession } from '../worker/tokenWorker.ts';
import type { ProviderConfiguration } from './configuration.ts';
import type { Host } from './hosts/host.ts';

export interface SignInParameters {
  orgUrl: string;
  consumerKey: string;
  scopes: string[];
  interaction: 'allowed' | 'none';
  extraParameters: Record<string, string>;
  windowOptions: Record<string, unknown>;
}

interface SignInsOptions {
  worker: RemoteTokenWorker;
  host: Host;
  configuration: ProviderConfiguration;
  onSignedIn: (session: SessionDetails) => Promise<void>;
  onBusyChanged: () => void;
}

/** The token worker as comlink shows it: the same verbs, every answer a promise. */
export type RemoteTokenWorker = Omit<TokenWorker, 'configure'>;

interface RunningSignIn {
  outcome: Promise<Outcome<SessionDetails>>;
  waiting: number;
  abandon: () => void;
  visible: boolean;
}

export type SignIns = ReturnType<typeof createSignIns>;

/** Sign-ins in progress. Callers that want the same org, key and scopes at the same time share one window and outcome. */
export function createSignIns({ worker, host, configuration, onSignedIn, onBusyChanged }: SignInsOptions) {
  const running = new Map<string, RunningSignIn>();

  function start(key: string, parameters: SignInParameters): RunningSignIn {
    const abandoned = deferred<Outcome<never>>();
    const signIn: RunningSignIn = {
      waiting: 0,
      visible: parameters.interaction === 'allowed',
      abandon() {
        // Whoever connects from now on starts anew.
        if (running.get(key) === signIn) running.delete(key);
        abandoned.resolve(failure('SIGN_IN_CANCELLED', 'The sign-in was cancelled.'));
      },
      outcome: run(parameters, abandoned.promise).finally(() => {
        if (running.get(key) === signIn) running.delete(key);
        onBusyChanged();
      }),
    };
    running.set(key, signIn);
    onBusyChanged();
    return signIn;
  }

  async function run(parameters: SignInParameters, abandoned: Promise<Outcome<never>>): Promise<Outcome<SessionDetails>> {
    const { orgUrl, consumerKey, scopes, interaction, extraParameters, windowOptions } = parameters;
    const started = await worker.startSignIn({ orgUrl, consumerKey, scopes, interaction, extraParameters });
    if (!started.ok) return started;
    const { signInId, authorizeUrl, redirectUri } = started.data;
    const signedIn = worker.waitForSignIn(signInId).then((session) => (session.ok ? register(session.data) : session));

    const opening = host.openSignInWindow(
      { signInId, url: authorizeUrl, redirectUri, orgUrl, visible: interaction === 'allowed', ...configuration.signInWindow, options: windowOptions },
      (url) => void worker.deliverRedirect(url),
    );
    const timeout = delay(interaction === 'none' ? silentSignInTimeoutMs : configuration.signInTimeoutMs);
    // The sign-in may be over before the host has finished opening its window.
    const outcome = await Promise.race([
      signedIn,
      abandoned,
      opening.then((opened) => (opened.ok ? opened.data.ended.then(endedByPerson) : opened)),
      timeout.elapsed.then(() =>
        interaction === 'none'
          ? failure('INTERACTION_REQUIRED', 'Salesforce did not sign in without a person.')
          : failure('SIGN_IN_TIMED_OUT', 'Signing in to Salesforce took too long. Please try again.'),
      ),
    ]);
    timeout.stop();
    const closing = delay(closingMs);
    await Promise.race([opening.then((opened) => (opened.ok ? opened.data.close() : undefined)), closing.elapsed]);
    closing.stop();
    // A browser may only think that the window was closed (COOP): such a sign-in may still end well within its time.
    const mayStillEnd = !outcome.ok && outcome.error.code === 'SIGN_IN_WINDOW_CLOSED' && interaction === 'allowed';
    if (mayStillEnd) setTimeout(() => void worker.abandonSignIn(signInId), configuration.signInTimeoutMs);
    else if (!outcome.ok) await worker.abandonSignIn(signInId);
    return outcome;
  }

  async function register(session: WorkerSession): Promise<Outcome<SessionDetails>> {
    const { sessionId, orgUrl, consumerKey, scopes, userId } = session;
    const user = await worker.request(sessionId, `current-user/${sessionId}`, {
      endpoint: `/services/data/v${configuration.apiVersion}/sobjects/User/${userId}`,
      method: 'GET', headers: {}, includeAuthorization: true,
    });
    if (!user.ok || user.data.body?.kind !== 'json') {
      await worker.endSession(sessionId);
      return user.ok ? failure('ORG_MISCONFIGURED', 'The org did not tell who is signed in.') : user;
    }
    const details: SessionDetails = { sessionId, orgUrl, consumerKey, scopes, currentUser: user.data.body.value as Record<string, unknown> };
    await onSignedIn(details);
    return success(details);
  }

  return {
    /** Joins the sign-in for the same org, key and scopes, or starts one. The last caller to give up abandons it. */
    async signIn(parameters: SignInParameters, signal?: AbortSignal): Promise<Outcome<SessionDetails>> {
      const key = JSON.stringify([parameters.orgUrl, parameters.consumerKey, [...parameters.scopes].sort(), parameters.interaction]);
      const signIn = running.get(key) ?? start(key, parameters);
      signIn.waiting += 1;
      const gaveUp = deferred<Outcome<never>>();
      const giveUp = (): void => {
        signIn.waiting -= 1;
        if (signIn.waiting === 0) signIn.abandon();
        gaveUp.resolve(failure('REQUEST_CANCELLED', 'The request was cancelled.'));
      };
      if (signal?.aborted) giveUp();
      signal?.addEventListener('abort', giveUp);
      const outcome = await Promise.race([signIn.outcome, gaveUp.promise]);
      signal?.removeEventListener('abort', giveUp);
      return outcome;
    },

    /** True while a person is expected to act. */
    isBusy: (): boolean => [...running.values()].some(({ visible }) => visible),
  };
}

/** How long callers wait for the window to be gone; a host that cannot close it must not hold them up. */
const closingMs = 2_000;

/** A hidden window that has not come back by then is showing a page that waits for a person. */
const silentSignInTimeoutMs = 10_000;

function endedByPerson(how: 'closed' | 'cancelled'): Outcome<never> {
  return how === 'closed'
    ? failure('SIGN_IN_WINDOW_CLOSED', 'The Salesforce sign-in window was closed before signing in.')
    : failure('SIGN_IN_CANCELLED', 'The sign-in to Salesforce was cancelled.');
}

function delay(ms: number): { elapsed: Promise<void>; stop(): void } {
  const { promise, resolve } = deferred<void>();
  const timer = setTimeout(resolve, ms);
  return { elapsed: promise, stop: () => clearTimeout(timer) };
}
