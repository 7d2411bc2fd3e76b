import { deferred } from '../deferred.ts';
import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure, type WindowEvent } from '../outcomes/outcomes.ts';
import type { SessionDetails } from '../channel/protocol.ts';
import type { WorkerSession } from '../worker/tokenWorker.ts';
import type { ProviderConfiguration } from './configuration.ts';
import { beginDeviceFlow, neverSilent } from './deviceFlow/deviceFlow.ts';
import type { Host } from './hosts/host.ts';
import { createRequestQueue } from './requestQueue.ts';
import { beginWebServerFlow, type BegunSignIn, type RemoteTokenWorker } from './signInFlow.ts';
import { inTime, systemTimers, type Timers } from '../time.ts';
import { WindowTurns, type Asker } from './windowTurns.ts';

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
  const turns = new WindowTurns(configuration.limits.signInsPerApp);
  const unseen = createRequestQueue(unseenLimits);

  function start(key: string, parameters: SignInParameters, asker: Asker, satisfied: () => SessionDetails | undefined): RunningSignIn {
    const abandoned = deferred<Outcome<never>>();
    const abandonedSignal = new AbortController();
    const visible = parameters.interaction === 'allowed';
    const signInNow = async (): Promise<Outcome<SessionDetails>> => {
      // The sign-in before this one may have brought what is wanted.
      const existing = satisfied();
      return existing ? success(existing) : run(parameters, abandoned.promise);
    };
    const inTurn = async (): Promise<Outcome<SessionDetails>> => {
      const turn = turns.take(asker);
      try {
        const first = await Promise.race([turn.begun.then(() => undefined), abandoned.promise]);
        return first ?? (await signInNow());
      } finally {
        turn.end();
      }
    };
    const outcome = (visible ? inTurn() : Promise.race([unseen.run({ ...asker, isPersons: false, signal: abandonedSignal.signal }, signInNow), abandoned.promise]))
      .finally(() => {
        if (running.get(key) === signIn) running.delete(key);
        onBusyChanged();
      });
    const signIn: RunningSignIn = {
      waiting: 0,
      visible,
      outcome,
      abandon() {
        // Whoever connects from now on starts anew.
        if (running.get(key) === signIn) running.delete(key);
        abandoned.resolve(outcomeFailure({ stage: 'window', event: 'cancelled' }));
        abandonedSignal.abort();
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
    /** The return page closes its window: what the token endpoint says later, however slow, is then what counts. */
    const unlessRedeeming = async (ended: Outcome<never>): Promise<Outcome<SessionDetails>> => ((await worker.isRedeeming(signInId)) ? signedIn : ended);
    // The sign-in may be over before the host has finished opening its window.
    const decided = Promise.race([
      signedIn,
      abandoned,
      begun.endedOnPage?.then((event) => windowOutcome(event, undefined)) ?? never,
      opening.then((opened) => {
        if (!opened.ok) return opened;
        lastPage = () => opened.data.lastPage?.();
        return opened.data.ended.then((event) => (event === 'closed' ? unlessRedeeming(windowOutcome(event, lastPage())) : windowOutcome(event, lastPage())));
      }),
    ]);
    const tooLate = () => unlessRedeeming(windowOutcome(interaction === 'none' ? 'unattended' : 'timedOut', lastPage()));
    const outcome = await (begun.timeoutMs === undefined ? decided : inTime(decided, begun.timeoutMs, tooLate, timers));
    begun.over?.(outcome);
    await inTime(opening.then((opened) => (opened.ok ? opened.data.close() : undefined)), closingMs, () => undefined, timers);
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
     * An app that has many under way already gets no more: `TOO_MANY_REQUESTS`.
     *
     * @param asker who wants it: the person's own wish is next, whatever apps wait
     * @param satisfied The session that would do, asked once it is this sign-in's turn.
     */
    async signIn(parameters: SignInParameters, asker: Asker, satisfied: () => SessionDetails | undefined, signal?: AbortSignal): Promise<Outcome<SessionDetails>> {
      const { orgUrl, consumerKey, owner, scopes, interaction, extraParameters } = parameters;
      const key = JSON.stringify([orgUrl, consumerKey, owner, [...scopes].sort(), interaction, Object.entries(extraParameters).sort()]);
      if (!running.has(key) && interaction === 'allowed' && turns.isFull(asker)) {
        return failure('TOO_MANY_REQUESTS', `${asker.app} is waiting for ${configuration.limits.signInsPerApp} sign-ins already. Finish or cancel them first.`);
      }
      const signIn = running.get(key) ?? start(key, parameters, asker, satisfied);
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

/** Tries that nobody sees: each is a window or frame and a request to the org, and an app has no need of several. */
const unseenLimits = { atOnce: 2, ofAppsAtOnce: 2, perApp: 1, waitingPerApp: 4 };

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
