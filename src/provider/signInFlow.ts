import type { Outcome } from '../outcomes/failure.ts';
import type { WindowEvent } from '../outcomes/outcomes.ts';
import type { TokenWorker, WorkerSession } from '../worker/tokenWorker.ts';

/** The token worker as comlink shows it: the same verbs, every answer a promise. */
export type RemoteTokenWorker = Omit<TokenWorker, 'configure'>;

/** A sign-in that has begun, whichever flow it takes: the page to show for it, and what becomes of it. */
export interface BegunSignIn {
  signInId: string;
  /** The page for the person. */
  url: string;
  /** Where the org leads back to; none in a flow without a redirect, whose page is the provider's own. */
  redirectUri: string | undefined;
  /** Settles when the token worker has ended the sign-in. */
  signedIn: Promise<Outcome<WorkerSession>>;
  /** Settles when the person has ended it on the page. */
  endedOnPage?: Promise<WindowEvent>;
  /** Milliseconds until it is given up; none where the flow has an end of its own. */
  timeoutMs: number | undefined;
  /** True where a window that reads as closed may still be there (COOP), so that the sign-in may end well after it. */
  outlivesWindow: boolean;
  abandon(): Promise<void>;
  /** Called once it is over, before the window is closed. */
  over?(outcome: Outcome<unknown>): void;
}

interface WebServerFlowOptions {
  worker: RemoteTokenWorker;
  request: Parameters<TokenWorker['startSignIn']>[0];
  /** The app whose own session it is to be; empty for the shared one. */
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
