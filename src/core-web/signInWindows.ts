/**
 * Sign-in windows of the platform page. Only this page can open them: it is an ancestor of every app's frame and so has
 * the user activation of a click in one, which the provider's frame has not. No browser lets an opener restrict where a
 * window of another origin navigates, or what that opens.
 */
import type { openSignInWindow, signInWindowEvent } from '../channel/protocol.ts';
import type { z } from '../zod.ts';
import { popupFeatures } from './popupPlacement.ts';

export type SignInRequest = z.infer<typeof openSignInWindow>;
type SignInEvent = z.infer<typeof signInWindowEvent>['event'];

/** One sign-in in progress, for the page to show. `blocked`: the browser wants a click before it opens the window. */
export interface SignInInProgress extends SignInRequest {
  stage: 'open' | 'blocked';
}

export interface SignInWindowsOptions {
  /** The platform page. */
  page: Window;
  /** Tells the provider. */
  report: (signInId: string, event: SignInEvent) => void;
  /** Gets all sign-ins in progress whenever they change. */
  onChanged: (inProgress: readonly SignInInProgress[]) => void;
}

interface Running extends SignInInProgress {
  popup: Window | null;
  /** Whether the window has left its first, empty document for a page of the org. */
  left: boolean;
  /** Time from which on the window was seen to show a page of another origin. */
  awaySince: number | undefined;
  closedSince: number | undefined;
}

const watchIntervalMs = 100;
/**
 * Milliseconds. A window whose page cuts it off by COOP reads as one of another origin for a moment, and then as closed
 * (Chromium: after 2 ms).
 */
const settledAwayMs = 300;
/** After a successful sign-in the return page may close its window before the provider has said that it is done. */
const closedGraceMs = 1_000;

/** Opens, watches and closes sign-in windows. */
export function createSignInWindows({ page, report, onChanged }: SignInWindowsOptions) {
  const running = new Map<string, Running>();
  let watch: ReturnType<typeof setInterval> | undefined;

  function changed(): void {
    onChanged(
      [...running.values()].map(({ popup: _, left: __, awaySince: ___, closedSince: ____, ...shown }) => shown),
    );
    if (running.size > 0) watch ??= setInterval(look, watchIntervalMs);
    else {
      clearInterval(watch);
      watch = undefined;
    }
  }

  function openWindow(signIn: Running): void {
    // With its opener: Chromium lets a page close another origin's window only as its opener.
    const popup = page.open(signIn.url, `salesforce-sign-in-${signIn.signInId}`, popupFeatures(signIn, page));
    signIn.popup = popup;
    // HTML, "pageswap": sent to a document that is left for another, not to one whose window is closed.
    signIn.left = !('onpageswap' in page);
    popup?.addEventListener(
      'pageswap',
      () => {
        signIn.left ||= signIn.popup === popup;
      },
      { once: true },
    );
    signIn.awaySince = undefined;
    signIn.closedSince = undefined;
    signIn.stage = popup ? 'open' : 'blocked';
    report(signIn.signInId, popup ? 'opened' : 'blocked');
  }

  function look(): void {
    for (const signIn of running.values()) {
      if (!signIn.popup || signIn.stage === 'blocked') continue;
      if (!signIn.popup.closed) {
        if (isAway(signIn.popup)) signIn.awaySince ??= Date.now();
        continue;
      }
      signIn.closedSince ??= Date.now();
      if (wasClosedByPerson(signIn)) end(signIn.signInId, 'closed');
    }
  }

  function end(signInId: string, event?: SignInEvent): void {
    const signIn = running.get(signInId);
    if (!signIn) return;
    running.delete(signInId);
    signIn.popup?.close();
    changed();
    if (event) report(signInId, event);
  }

  return {
    /** Opens the window, or asks for the click that the browser wants first. */
    open(request: SignInRequest): void {
      const signIn: Running = {
        ...request,
        stage: 'blocked',
        popup: null,
        left: false,
        awaySince: undefined,
        closedSince: undefined,
      };
      running.set(request.signInId, signIn);
      openWindow(signIn);
      changed();
    },
    /** From a click: opens the blocked window, or brings a lost one back. */
    show(signInId: string): void {
      const signIn = running.get(signInId);
      if (!signIn) return;
      if (signIn.popup && !signIn.popup.closed) signIn.popup.focus();
      else openWindow(signIn);
      changed();
    },
    cancel: (signInId: string): void => end(signInId, 'cancelled'),
    /** The provider has ended the sign-in, with or without success. */
    close: (signInId: string): void => end(signInId),
    /** Closes all windows, when the provider that waited for them went away. */
    closeAll(): void {
      for (const signInId of running.keys()) end(signInId);
    },
  };
}

/**
 * Whether a window that reads as closed was closed. A window whose page cuts it off by COOP reads as closed as well,
 * although it is open; then only Cancel ends the sign-in. COOP is ruled out for a window that never left its first
 * document, and for one that has shown the org's pages for a while.
 */
function wasClosedByPerson({ left, awaySince, closedSince = Date.now() }: Running): boolean {
  if (!left) return true;
  return (
    awaySince !== undefined && closedSince - awaySince >= settledAwayMs && Date.now() - closedSince >= closedGraceMs
  );
}

/** Whether the window shows a page of another origin. False for a closed window, which cannot tell. */
function isAway(popup: Window): boolean {
  if (popup.closed) return false;
  try {
    return popup.location.href === undefined;
  } catch {
    return true;
  }
}
