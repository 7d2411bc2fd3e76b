import type { Outcome } from '../outcomes/failure.ts';
import type { WindowEvent } from '../outcomes/outcomes.ts';
import type { TokenWorker, WorkerSession } from '../worker/tokenWorker.ts';

/** The token worker through comlink: the same methods, each of which returns a promise. */
export type RemoteTokenWorker = Omit<TokenWorker, 'configure'>;

/** A sign-in that has begun, in any flow: the page to show, and how it ends. */
export interface BegunSignIn {
  signInId: string;
  /** The page for the person. */
  url: string;
  /** The URL that the org redirects to; undefined in a flow without a redirect, whose page is the provider's own. */
  redirectUri: string | undefined;
  /** Settles when the token worker has ended the sign-in. */
  signedIn: Promise<Outcome<WorkerSession>>;
  /** Settles when the person has ended it on the page. */
  endedOnPage?: Promise<WindowEvent>;
  /** Milliseconds until it is given up; undefined where the flow has a limit of its own. */
  timeoutMs: number | undefined;
  /**
   * True where a window that reads as closed may still be open (COOP), so that the sign-in may succeed well after it.
   */
  outlivesWindow: boolean;
  abandon(): Promise<void>;
  /** Called once it is over, before the window is closed. */
  over?(outcome: Outcome<unknown>): void;
}

interface WebServerFlowOptions {
  worker: RemoteTokenWorker;
  request: Parameters<TokenWorker['startSignIn']>[0];
  /** The app that the session will belong to; empty for the shared session. */
  owner: string;
  timeoutMs: number;
}

/** Begins the web server flow: the org's authorize page, which redirects. */
export async function beginWebServerFlow({
  worker,
  request,
  owner,
  timeoutMs,
}: WebServerFlowOptions): Promise<Outcome<BegunSignIn>> {
  const started = await worker.startSignIn(request);
  if (!started.ok) return started;
  const { signInId, authorizeUrl, redirectUri } = started.data;
  return {
    ok: true,
    data: {
      signInId,
      url: authorizeUrl,
      redirectUri,
      timeoutMs,
      outlivesWindow: request.interaction !== 'none',
      signedIn: worker.waitForSignIn(signInId, owner),
      abandon: () => worker.abandonSignIn(signInId),
    },
  };
}
