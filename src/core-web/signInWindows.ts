/**
 * Sign-in windows of the platform page. Only this page can open them: it is an ancestor of every app's frame, so it
 * holds the activation of a click made there; the provider's frame does not.
 */
import type { openSignInWindow, signInWindowEvent } from '../channel/protocol.ts';
import type { z } from '../zod.ts';

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
  /** The window was seen showing a page of another origin, so its `closed` can be believed. */
  seenAway: boolean;
  closedSince: number | undefined;
}

const watchIntervalMs = 400;
/** After a successful sign-in the return page may close its window before the provider has said that it is done. */
const closedGraceMs = 1_000;

/** Opens, watches and closes sign-in windows. */
export function createSignInWindows({ page, report, onChanged }: SignInWindowsOptions) {
  const running = new Map<string, Running>();
  let watch: ReturnType<typeof setInterval> | undefined;

  function changed(): void {
    onChanged([...running.values()].map(({ popup: _, seenAway: __, closedSince: ___, ...shown }) => shown));
    if (running.size > 0) watch ??= setInterval(look, watchIntervalMs);
    else {
      clearInterval(watch);
      watch = undefined;
    }
  }

  function openWindow(signIn: Running): void {
    const left = Math.max(0, page.screenX + (page.outerWidth - signIn.width) / 2);
    const top = Math.max(0, page.screenY + (page.outerHeight - signIn.height) / 2);
    const place = `popup=yes,width=${signIn.width},height=${signIn.height},left=${Math.round(left)},top=${Math.round(top)}`;
    // With its opener: Chromium lets a page close another origin's window only as its opener.
    signIn.popup = page.open(signIn.url, `salesforce-sign-in-${signIn.signInId}`, place);
    signIn.seenAway = false;
    signIn.closedSince = undefined;
    signIn.stage = signIn.popup ? 'open' : 'blocked';
    report(signIn.signInId, signIn.popup ? 'opened' : 'blocked');
  }

  function look(): void {
    for (const signIn of running.values()) {
      if (!signIn.popup || signIn.stage === 'blocked') continue;
      signIn.seenAway ||= isAway(signIn.popup);
      // A page with COOP makes `closed` true at once although its window is still there: then only Cancel ends it.
      if (!signIn.seenAway || !signIn.popup.closed) continue;
      signIn.closedSince ??= Date.now();
      if (Date.now() - signIn.closedSince >= closedGraceMs) end(signIn.signInId, 'closed');
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
      const signIn: Running = { ...request, stage: 'blocked', popup: null, seenAway: false, closedSince: undefined };
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
    /** The provider is done with it, well or not. */
    close: (signInId: string): void => end(signInId),
    /** The provider went away, and with it whoever waited for these windows. */
    closeAll(): void {
      for (const signInId of running.keys()) end(signInId);
    },
  };
}

/** Whether the window shows a page of another origin. A window that is gone tells nothing. */
function isAway(popup: Window): boolean {
  if (popup.closed) return false;
  try {
    return popup.location.href === undefined;
  } catch {
    return true;
  }
}
