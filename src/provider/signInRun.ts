import type { Outcome } from '../outcomes/failure.ts';
import { outcomeFailure, type WindowEvent } from '../outcomes/outcomes.ts';
import type { SessionDetails } from '../channel/protocol.ts';
import { inTime, systemTimers, type Timers } from '../time.ts';
import type { WorkerSession } from '../worker/tokenWorker.ts';
import type { ProviderConfiguration } from './configuration.ts';
import { beginDeviceFlow, neverSilent } from './deviceFlow/deviceFlow.ts';
import type { Host } from './hosts/host.ts';
import { beginWebServerFlow, type BegunSignIn, type RemoteTokenWorker } from './signInFlow.ts';

export interface SignInParameters {
  orgUrl: string;
  consumerKey: string;
  scopes: string[];
  /** The app that the session will belong to; empty for the shared session. */
  owner: string;
  interaction: 'allowed' | 'none';
  extraParameters: Record<string, string>;
  windowOptions: Record<string, unknown>;
}

export interface SignInRunOptions {
  worker: RemoteTokenWorker;
  host: Pick<Host, 'openSignInWindow' | 'isUnattended'>;
  configuration: ProviderConfiguration;
  /** The provider's own page for signing in on another device. */
  devicePageUrl: string;
  /** How often "Sign out" has ended all sessions. */
  signOuts: () => number;
  /** Registers the worker's session, unless somebody has signed out since the sign-in began. */
  onSignedIn: (session: WorkerSession, signOutsBefore: number) => Promise<Outcome<SessionDetails>>;
  timers?: Timers;
}

/** A sign-in that has ended. */
export interface EndedSignIn {
  outcome: Outcome<SessionDetails>;
  /** Settles when its window is gone, or has had long enough to go. A session is there before that. */
  gone: Promise<void>;
}

/** @param abandoned Settles when nobody waits for it any more. */
export type SignInRun = (parameters: SignInParameters, abandoned: Promise<Outcome<never>>) => Promise<EndedSignIn>;

/**
 * Runs one sign-in: begins the flow of its org, opens the window for the person, and takes the first event that ends
 * it.
 */
export function createSignInRun({
  worker,
  host,
  configuration,
  devicePageUrl,
  signOuts,
  onSignedIn,
  timers = systemTimers,
}: SignInRunOptions): SignInRun {
  function findOrg({ orgUrl, consumerKey }: SignInParameters) {
    return configuration.orgs.find((org) => org.orgUrl === orgUrl && org.consumerKey === consumerKey);
  }

  async function begin(parameters: SignInParameters): Promise<Outcome<BegunSignIn>> {
    const { orgUrl, consumerKey, scopes, interaction, extraParameters, owner } = parameters;
    const request = { orgUrl, consumerKey, scopes, extraParameters };
    if (findOrg(parameters)?.flow === 'device') {
      if (interaction === 'none') return neverSilent;
      return beginDeviceFlow({
        worker,
        request,
        owner,
        pageUrl: devicePageUrl,
        patienceMs: configuration.signInTimeoutMs,
      });
    }
    const timeoutMs = interaction === 'none' ? configuration.silentSignInTimeoutMs : configuration.signInTimeoutMs;
    return beginWebServerFlow({ worker, request: { ...request, interaction }, owner, timeoutMs });
  }

  async function runAttended(parameters: SignInParameters, abandoned: Promise<Outcome<never>>): Promise<EndedSignIn> {
    const { orgUrl, interaction, windowOptions } = parameters;
    const signOutsBefore = signOuts();
    const started = await begin(parameters);
    if (!started.ok) return { outcome: started, gone: Promise.resolve() };
    const begun = started.data;
    const { signInId, url, redirectUri } = begun;
    const signedIn = begun.signedIn.then((session) =>
      session.ok ? onSignedIn(session.data, signOutsBefore) : session,
    );

    const opening = host.openSignInWindow(
      {
        signInId,
        url,
        redirectUri,
        orgUrl,
        identityProviders: findOrg(parameters)?.identityProviders ?? [],
        visible: interaction === 'allowed',
        ...configuration.signInWindow,
        options: windowOptions,
      },
      (redirect) => void worker.deliverRedirect(redirect),
    );
    let lastPage: () => string | undefined = () => undefined;
    /**
     * The return page closes its window before the token endpoint has answered: then that answer decides, however slow
     * it is.
     */
    const unlessRedeeming = async (ended: Outcome<never>): Promise<Outcome<SessionDetails>> =>
      (await worker.isRedeeming(signInId)) ? signedIn : ended;
    // The sign-in may be over before the host has finished opening its window.
    const decided = Promise.race([
      signedIn,
      abandoned,
      begun.endedOnPage?.then((event) => windowOutcome(event, undefined)) ?? never,
      opening.then((opened) => {
        if (!opened.ok) return opened;
        lastPage = () => opened.data.lastPage?.();
        return opened.data.ended.then((event) =>
          event === 'closed' ? unlessRedeeming(windowOutcome(event, lastPage())) : windowOutcome(event, lastPage()),
        );
      }),
    ]);
    const tooLate = () =>
      unlessRedeeming(windowOutcome(interaction === 'none' ? 'unattended' : 'timedOut', lastPage()));
    const outcome = await (begun.timeoutMs === undefined ? decided : inTime(decided, begun.timeoutMs, tooLate, timers));
    begun.over?.(outcome);
    // A window that the host cannot close is left to the person.
    const closed = opening.then((opened) => (opened.ok ? opened.data.close() : undefined)).catch(() => undefined);
    const gone = inTime(closed, closingMs, () => undefined, timers);
    // Whoever is told of a failure finds no window any more. A session is not held up by one.
    if (!outcome.ok) await gone;
    // A browser may report a window as closed that is not (COOP): such a sign-in may still succeed within its time.
    const mayStillEnd = !outcome.ok && outcome.error.reason === 'window.closed' && begun.outlivesWindow;
    if (mayStillEnd) timers.after(configuration.signInTimeoutMs, () => void begun.abandon());
    else if (!outcome.ok) await begun.abandon();
    return { outcome, gone };
  }

  /** Signs in without a person: nothing is shown, and the org answers at once. */
  async function runUnattended(
    { orgUrl, consumerKey, scopes, owner }: SignInParameters,
    abandoned: Promise<Outcome<never>>,
  ): Promise<EndedSignIn> {
    const signOutsBefore = signOuts();
    const signedIn = worker.signInAsServer({ orgUrl, consumerKey, scopes }, owner);
    const outcome = await Promise.race([
      signedIn.then((session) => (session.ok ? onSignedIn(session.data, signOutsBefore) : session)),
      abandoned,
    ]);
    return { outcome, gone: Promise.resolve() };
  }

  return host.isUnattended ? runUnattended : runAttended;
}

/** How long the next sign-in waits for the window to be gone; a host that cannot close it must not hold it up. */
const closingMs = 2_000;

/** @param page Origin and path of the page that the window last showed or was led to, where the host can see it. */
function windowOutcome(event: WindowEvent, page: string | undefined): Outcome<never> {
  const failed = outcomeFailure({ stage: 'window', event });
  if (page === undefined) return failed;
  return outcomeFailure(
    { stage: 'window', event },
    { message: `${failed.error.message} ${pageSentences[event] ?? 'It last showed'} ${page}.`, data: { page } },
  );
}

const pageSentences: Partial<Record<WindowEvent, string>> = {
  navigatedAway: 'That page was',
  certificate: 'That page was',
};

const never = new Promise<never>(() => undefined);
