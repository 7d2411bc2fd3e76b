import type { OpenFin } from '@openfin/core';
import { deferred } from '../../../channel/deferred.ts';
import type { WindowEvent } from '../../../channel/outcomes.ts';
import type { SignInWindow, SignInWindowRequest } from '../host.ts';
import type { ContainerFin } from './containerHost.ts';

/** Window options an app may set for its sign-in; the others decide what the window may do and who owns it. */
const appOptions = [
  'defaultWidth', 'defaultHeight', 'defaultCentered', 'defaultLeft', 'defaultTop', 'alwaysOnTop', 'resizable', 'frame',
  'icon', 'backgroundColor', 'opacity', 'showTaskbarIcon', 'maximizable', 'minimizable',
] as const;

/**
 * Opens the org's authorize page in a hidden window, which becomes visible only if a person must act: at once on a login
 * page, or when the org has not answered after a while. Ends with the redirect or with the person closing it.
 */
export async function openSignInWindow(
  fin: ContainerFin, request: SignInWindowRequest, onRedirect: (url: string) => void, showAfterMs: number,
): Promise<SignInWindow> {
  const ended = deferred<WindowEvent>();
  const chosen = Object.fromEntries(appOptions.filter((name) => name in request.options).map((name) => [name, request.options[name]]));
  const name = `salesforce-sign-in-${request.signInId}`;
  const window = await fin.Window.create({
    name,
    autoShow: false,
    saveWindowState: false,
    includeInSnapshots: false,
    defaultCentered: true,
    defaultWidth: request.width,
    defaultHeight: request.height,
    minimizable: false,
    maximizable: false,
    contextMenuSettings: { enable: false },
    accelerator: { devtools: false, reload: false, reloadIgnoringCache: false, zoom: true },
    // Inherited preload scripts and the OpenFin API have no business on a login page.
    preloadScripts: [],
    api: { fin: 'none' },
    ...chosen,
    url: request.url,
  } as OpenFin.WindowCreationOptions).catch(async (error: unknown) => {
    // The window stays, with an error page in it, when the org could not be reached.
    await fin.Window.wrapSync({ uuid: fin.me.identity.uuid, name }).close(true).catch(() => undefined);
    throw error;
  });

  let over = false;
  let lastPage: string | undefined;
  let shown = false;
  const show = (): void => {
    if (!request.visible || over || shown) return;
    shown = true;
    void window.show().then(() => window.bringToFront()).catch(() => undefined);
  };
  const timer = setTimeout(show, showAfterMs);

  const navigated = ({ url }: { url: string }): void => {
    if (over || !URL.canParse(url)) return;
    lastPage = new URL(url).origin + new URL(url).pathname;
    if (request.redirectUri !== undefined && isRedirect(url, request.redirectUri)) {
      over = true;
      onRedirect(url);
    } else if (isLoginPage(url)) {
      show();
    }
  };
  const closed = (): void => {
    clearTimeout(timer);
    // After the redirect the return page closes its window itself, and only the token worker knows how it ended.
    if (over) return;
    // Nobody can close what nobody sees: it was the return page, of a redirect that came before the listeners.
    if (shown) ended.resolve('closed');
    else setTimeout(() => ended.resolve('closed'), unseenClosingMs);
  };
  // First of all: a person who is shown the window may close it at once.
  await window.addListener('closed', closed);
  await window.addListener('will-redirect', navigated as never);
  await window.addListener('url-changed', navigated as never);
  // A window is created once its first page has answered, which may be the redirect or the login page already.
  void window.getInfo().then(navigated, closed);
  if (request.redirectUri === undefined) show();

  return {
    ended: ended.promise,
    lastPage: () => lastPage,
    async close() {
      over = true;
      clearTimeout(timer);
      await window.close(true).catch(() => undefined);
    },
  };
}

/** How long the token worker has to end a sign-in whose unseen window is gone. */
const unseenClosingMs = 10_000;

function isRedirect(url: string, redirectUri: string): boolean {
  const [actual, expected] = [new URL(url), new URL(redirectUri)];
  return actual.origin === expected.origin && actual.pathname === expected.pathname && (actual.searchParams.has('code') || actual.searchParams.has('error'));
}

/** Salesforce sends to its login page at the root or `/login`, keeping the way back in the query. */
function isLoginPage(url: string): boolean {
  return /^\/(login|$)/.test(new URL(url).pathname);
}
