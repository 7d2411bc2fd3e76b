import type { OpenFin } from '@openfin/core';
import { deferred } from '../../../channel/deferred.ts';
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
  const ended = deferred<'closed' | 'cancelled'>();
  const chosen = Object.fromEntries(appOptions.filter((name) => name in request.options).map((name) => [name, request.options[name]]));
  const window = await fin.Window.create({
    name: `salesforce-sign-in-${request.signInId}`,
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
  } as OpenFin.WindowCreationOptions);

  let over = false;
  const show = (): void => {
    if (request.visible && !over) void window.show().then(() => window.bringToFront()).catch(() => undefined);
  };
  const timer = setTimeout(show, showAfterMs);

  const navigated = ({ url }: { url: string }): void => {
    if (over || !URL.canParse(url)) return;
    if (isRedirect(url, request.redirectUri)) {
      over = true;
      onRedirect(url);
    } else if (isLoginPage(url)) {
      show();
    }
  };
  await window.addListener('will-redirect', navigated as never);
  await window.addListener('url-changed', navigated as never);
  await window.addListener('closed', () => {
    clearTimeout(timer);
    ended.resolve('closed');
  });

  return {
    ended: ended.promise,
    async close() {
      over = true;
      clearTimeout(timer);
      await window.close(true).catch(() => undefined);
    },
  };
}

function isRedirect(url: string, redirectUri: string): boolean {
  const [actual, expected] = [new URL(url), new URL(redirectUri)];
  return actual.origin === expected.origin && actual.pathname === expected.pathname && (actual.searchParams.has('code') || actual.searchParams.has('error'));
}

/** Salesforce sends to its login page at the root or `/login`, keeping the way back in the query. */
function isLoginPage(url: string): boolean {
  return /^\/(login|$)/.test(new URL(url).pathname);
}
