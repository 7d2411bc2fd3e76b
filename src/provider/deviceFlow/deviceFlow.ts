import { deferred } from '../../deferred.ts';
import { success, type Outcome } from '../../outcomes/failure.ts';
import { outcomeFailure } from '../../outcomes/outcomes.ts';
import { inTime } from '../../time.ts';
import type { DeviceSignInRequest, StartedDeviceSignIn } from '../../worker/deviceSignIn.ts';
import type { WorkerSession } from '../../worker/tokenWorker.ts';
import type { BegunSignIn, RemoteTokenWorker } from '../signInFlow.ts';
import { openDeviceConversation, type DeviceConversation } from './deviceConversation.ts';

interface DeviceFlowOptions {
  worker: RemoteTokenWorker;
  request: DeviceSignInRequest;
  /** The app that the session will belong to; empty for the shared session. */
  owner: string;
  /** The provider's own page that shows the code. */
  pageUrl: string;
  /** Milliseconds in which a person may ask for a new code once one has expired. */
  patienceMs: number;
}

/**
 * Begins the device flow: opens a page of the provider that shows the code, and gets new codes until the person
 * approves or denies one.
 */
export async function beginDeviceFlow(options: DeviceFlowOptions): Promise<Outcome<BegunSignIn>> {
  const { worker, request, pageUrl } = options;
  const first = await worker.startDeviceSignIn(request);
  if (!first.ok) return first;
  const { signInId } = first.data;
  const page = openDeviceConversation(signInId);
  page.showCode(first.data);
  const codes = new CodesInTurn(options, page, first.data);
  return success({
    signInId,
    url: `${pageUrl}#${new URLSearchParams({ signInId }).toString()}`,
    redirectUri: undefined,
    signedIn: codes.signedIn(),
    endedOnPage: page.cancelled,
    timeoutMs: undefined,
    outlivesWindow: false,
    abandon: () => codes.abandon(),
    over(outcome) {
      page.tell({
        kind: 'over',
        signedIn: outcome.ok,
        message: outcome.ok ? 'You are signed in to Salesforce.' : outcome.error.message,
      });
      page.close();
    },
  });
}

/** The codes of one sign-in. A person may ask for a new one after the last has expired, or before. */
class CodesInTurn {
  readonly #options: DeviceFlowOptions;
  readonly #page: DeviceConversation;
  #current: StartedDeviceSignIn;
  readonly #stopped = deferred<undefined>();
  #abandoned = false;

  constructor(options: DeviceFlowOptions, page: DeviceConversation, first: StartedDeviceSignIn) {
    this.#options = options;
    this.#page = page;
    this.#current = first;
  }

  async signedIn(): Promise<Outcome<WorkerSession>> {
    const { worker, owner } = this.#options;
    for (;;) {
      const newCode = this.#page.newCodeWanted();
      const decided = worker.waitForSignIn(this.#current.signInId, owner);
      const first = await Promise.race([decided, newCode]);
      // Asking before that gives up the old code, unless it was approved at that moment.
      if (first === 'newCode') await worker.abandonSignIn(this.#current.signInId);
      const outcome = await decided;
      const isOver =
        outcome.ok || this.#abandoned || (first !== 'newCode' && outcome.error.reason !== 'redeem.deviceExpired');
      if (isOver) return outcome;
      if (first !== 'newCode') this.#page.tell({ kind: 'expired' });
      const next = await this.#nextCode(first === 'newCode' ? Promise.resolve(first) : newCode);
      if (!next) return outcome;
      this.#current = next;
      if (this.#abandoned) await worker.abandonSignIn(next.signInId);
      else this.#page.showCode(next);
    }
  }

  async abandon(): Promise<void> {
    this.#abandoned = true;
    this.#stopped.resolve(undefined);
    await this.#options.worker.abandonSignIn(this.#current.signInId);
  }

  /** Gets a new code when the person asks for it, repeatedly if that fails; none when they do not ask in time. */
  async #nextCode(wanted: Promise<'newCode'>): Promise<StartedDeviceSignIn | undefined> {
    const { worker, request, patienceMs } = this.#options;
    for (let asked = wanted; ; asked = this.#page.newCodeWanted()) {
      if (
        (await inTime(Promise.race([asked, this.#stopped.promise]), patienceMs, () => undefined)) === undefined ||
        this.#abandoned
      )
        return undefined;
      this.#page.tell({ kind: 'renewing' });
      const next = await worker.startDeviceSignIn(request);
      if (next.ok) return next.data;
      this.#page.tell({ kind: 'noCode', message: next.error.message });
    }
  }
}

/** Without being shown the code nobody can approve it, so there is no silent device flow. */
export const neverSilent = outcomeFailure({ stage: 'window', event: 'unattended' });
