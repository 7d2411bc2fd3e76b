import { deferred } from '../channel/deferred.ts';
import { failure, success, type Outcome } from '../channel/failure.ts';
import { outcomeFailure, type WindowEvent } from '../channel/outcomes.ts';
import type { SessionDetails } from '../channel/protocol.ts';
import type { WorkerSession } from '../worker/tokenWorker.ts';
import type { ProviderConfiguration } from './configuration.ts';
import { beginDeviceFlow, neverSilent } from './deviceFlow/deviceFlow.ts';
import type { Host } from './hosts/host.ts';
import { beginWebServerFlow, type BegunSignIn, type RemoteTokenWorker } from './signInFlow.ts';
import { systemTimers, type Timers } from './timers.ts';

export interface SignInParameters {
  orgUrl: string;
  consumerKey: string;
  scopes: string[];
  /** The app whose own session it is to be; empty for the shared one. */
  owner: string;
  interaction: 'allowed' | 'none';
  extraParameters: Record<string, string>;
  windowOptions: Record<string, unknown>;
}

interface SignInsOptions {
  worker: RemoteTokenWorker;
  host: Pick<Host, 'openSignInWindow' | 'isUnattended'>;
  configuration: ProviderConfiguration;
  /** The provider's own page for signing in on another device. */
  devicePageUrl: string;
  /** How often "Sign out" has ended everything. */
  signOuts: () => number;
  /** Takes the worker's session into the provider's books, unless somebody has signed out since the sign-in began. */
  onSignedIn: (session: WorkerSession, signOutsBefore: number) => Promise<Outcome<SessionDetails>>;
  onBusyChanged: () => void;
  timers?: Timers;
}

interface RunningSignIn {
  outcome: Promise<Outcome<SessionDetails>>;
  waiting: number;
  abandon: () => void;
  visible: boolean;
}

export type SignIns = ReturnType<typeof createSignIns>;

/**
 * Sign-ins in progress. Callers that want the same org, key and scopes at the same time share one window and outcome;
 * a person is asked one thing at a time, so other sign-ins with a window wait for their turn.
 */
export function createSignIns({ worker, host, configuration, devicePageUrl, signOuts, onSignedIn, onBusyChanged, timers = systemTimers }: SignInsOptions) {
  const running = new Map<string, RunningSignIn>();
  let turn: Promise<unknown> = Promise.resolve();

  function start(key: string, parameters: SignInParameters, satisfied: () => SessionDetails | undefined): RunningSignIn {
    const abandoned = deferred<Outcome<never>>();
    const visible = parameters.interaction === 'allowed';
    const before = visible ? turn : Promise.resolve();
    const outcome = (async (): Promise<Outcome<SessionDetails>> => {
      const first = await Promise.race([before.then(() => undefined), abandoned.promise]);
      if (first) return first;
      // The sign-in before this one may have brought what is wanted.
      const existing = satisfied();
      return existing ? success(existing) : run(parameters, abandoned.promise);
    })().finally(() => {
      if (running.get(key) === signIn) running.delete(key);
      onBusyChanged();
    });
    if (visible) turn = outcome.catch(() => undefined);
    const signIn: RunningSignIn = {
      waiting: 0,
      visible,
      outcome,
      abandon() {
        // Whoever connects from now on starts anew.
        if (running.get(key) === signIn) running.delete(key);
        abandoned.resolve(outcomeFailure({ stage: 'window', event: 'cancelled' }));
      },
    };
    running.set(key, signIn);
    onBusyChanged();
    return signIn;
  }

  function findOrg({ orgUrl, consumerKey }: SignInParameters) {
    return configuration.orgs.find((org) => org.orgUrl === orgUrl && org.consumerKey === consumerKey);
  }

  async function begin(parameters: SignInParameters): Promise<Outcome<BegunSignIn>> {
    const { orgUrl, consumerKey, scopes, interaction, extraParameters, owner } = parameters;
    const request = { orgUrl, consumerKey, scopes, extraParameters };
    if (findOrg(parameters)?.flow === 'device') {
      if (interaction === 'none') return neverSilent;
      return beginDeviceFlow({ worker, request, owner, pageUrl: devicePageUrl, patienceMs: configuration.signInTimeoutMs });
    }
    const timeoutMs = interaction === 'none' ? configuration.silentSignInTimeoutMs : configuration.signInTimeoutMs;
    return beginWebServerFlow({ worker, request: { ...request, interaction }, owner, timeoutMs });
  }

  async function run(parameters: SignInParameters, abandoned: Promise<Outcome<never>>): Promise<Outcome<SessionDetails>> {
    if (host.isUnattended) return runUnattended(parameters, abandoned);
    const { orgUrl, interaction, windowOptions } = parameters;
    const signOutsBefore = signOuts();
    const started = await begin(parameters);
    if (!started.ok) return started;
    const begun = started.data;
    const { signInId, url, redirectUri } = begun;
    const signedIn = begun.signedIn.then((session) => (session.ok ? onSignedIn(session.data, signOutsBefore) : session));

    const opening = host.openSignInWindow(
      {
        signInId, url, redirectUri, orgUrl, identityProviders: findOrg(parameters)?.identityProviders ?? [], visible: interaction === 'allowed',
        ...configuration.signInWindow, options: windowOptions,
      },
      (redirect) => void worker.deliverRedirect(redirect),
    );
    let lastPage: () => string | undefined = () => undefined;
    const timeout = delay(timers, begun.timeoutMs);
    // The sign-in may be over before the host has finished opening its window.
    const outcome = await Promise.race([
      signedIn,
      abandoned,
      begun.endedOnPage?.then((event) => windowOutcome(event, undefined)) ?? never,
      opening.then((opened) => {
        if (!opened.ok) return opened;
        lastPage = () => opened.data.lastPage?.();
        return opened.data.ended.then((event) => windowOutcome(event, lastPage()));
      }),
      timeout.elapsed.then(() => windowOutcome(interaction === 'none' ? 'unattended' : 'timedOut', lastPage())),
    ]);
    timeout.stop();
    begun.over?.(outcome);
    const closing = delay(timers, closingMs);
    await Promise.race([opening.then((opened) => (opened.ok ? opened.data.close() : undefined)), closing.elapsed]);
    closing.stop();
    // A browser may only think that the window was closed (COOP): such a sign-in may still end well within its time.
    const mayStillEnd = !outcome.ok && outcome.error.reason === 'window.closed' && begun.outlivesWindow;
    if (mayStillEnd) timers.after(configuration.signInTimeoutMs, () => void begun.abandon());
    else if (!outcome.ok) await begun.abandon();
    return outcome;
  }

  /** Nothing is shown, and the org answers at once. */
  function runUnattended({ orgUrl, consumerKey, scopes, owner }: SignInParameters, abandoned: Promise<Outcome<never>>): Promise<Outcome<SessionDetails>> {
    const signOutsBefore = signOuts();
    const signedIn = worker.signInAsServer({ orgUrl, consumerKey, scopes }, owner);
    return Promise.race([signedIn.then((session) => (session.ok ? onSignedIn(session.data, signOutsBefore) : session)), abandoned]);
  }

  return {
    /**
     * Joins the sign-in for the same org, key, owner and scopes, or starts one. The last caller to give up abandons it.
     *
     * @param satisfied The session that would do, asked once it is this sign-in's turn.
     */
    async signIn(parameters: SignInParameters, satisfied: () => SessionDetails | undefined, signal?: AbortSignal): Promise<Outcome<SessionDetails>> {
      const { orgUrl, consumerKey, owner, scopes, interaction, extraParameters } = parameters;
      const key = JSON.stringify([orgUrl, consumerKey, owner, [...scopes].sort(), interaction, Object.entries(extraParameters).sort()]);
      const signIn = running.get(key) ?? start(key, parameters, satisfied);
      signIn.waiting += 1;
      const gaveUp = deferred<Outcome<never>>();
      const giveUp = (): void => {
        signIn.waiting -= 1;
        if (signIn.waiting === 0) signIn.abandon();
        const timedOut = signal?.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
        gaveUp.resolve(timedOut ? failure('REQUEST_TIMED_OUT', 'Connecting took longer than its timeout.') : failure('REQUEST_CANCELLED', 'The request was cancelled.'));
      };
      if (signal?.aborted) giveUp();
      signal?.addEventListener('abort', giveUp);
      const outcome = await Promise.race([signIn.outcome, gaveUp.promise]);
      signal?.removeEventListener('abort', giveUp);
      return outcome;
    },

    /** "Sign out": nobody who is still on the way in comes in, seen or unseen. */
    abandonAll(): void {
      for (const { abandon } of [...running.values()]) abandon();
    },

    /** True while a person is expected to act. */
    isBusy: (): boolean => [...running.values()].some(({ visible }) => visible),
  };
}

/** How long callers wait for the window to be gone; a host that cannot close it must not hold them up. */
const closingMs = 2_000;

/** @param page Origin and path of the page that the window last showed or was led to, where the host can see it. */
function windowOutcome(event: WindowEvent, page: string | undefined): Outcome<never> {
  const failed = outcomeFailure({ stage: 'window', event });
  if (page === undefined) return failed;
  return outcomeFailure({ stage: 'window', event }, { message: `${failed.error.message} ${pageSentences[event] ?? 'It last showed'} ${page}.`, data: { page } });
}

const pageSentences: Partial<Record<WindowEvent, string>> = { navigatedAway: 'That page was', certificate: 'That page was' };

const never = new Promise<never>(() => undefined);

/** @param ms Absent: it never elapses. */
function delay(timers: Timers, ms: number | undefined): { elapsed: Promise<void>; stop(): void } {
  const { promise, resolve } = deferred<void>();
  const stop = ms === undefined ? () => undefined : timers.after(ms, resolve);
  return { elapsed: promise, stop };
}
