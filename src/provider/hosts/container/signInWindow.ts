import type { OpenFin } from '@openfin/core';
import { deferred } from '../../../deferred.ts';
import type { WindowEvent } from '../../../outcomes/outcomes.ts';
import { systemTimers } from '../../../time.ts';
import type { SignInWindow, SignInWindowRequest } from '../host.ts';
import type { ContainerFin } from './containerFin.ts';
import { readDesktopArea } from './desktopArea.ts';
import { placeWindow } from './windowPlacement.ts';
import { contentOptions, isLoginPage, isRedirect, mayShow, pageOf } from './windowRules.ts';

/** Window options an app may set for its sign-in; the others decide what the window may do and who owns it. */
const appOptions = [
  'alwaysOnTop',
  'resizable',
  'frame',
  'icon',
  'backgroundColor',
  'showTaskbarIcon',
  'maximizable',
  'minimizable',
] as const;

const namePrefix = 'salesforce-sign-in-';
const isSignInWindow = (name: string): boolean => name.startsWith(namePrefix);

/** How long the event that tells why a page did not load may come after the failure. */
const explanationMs = 500;

/** Closes windows that an earlier life of the provider has left: nobody waits for their sign-ins any more. */
export async function closeLeftWindows(fin: ContainerFin): Promise<void> {
  const windows = await fin.Application.getCurrentSync().getChildWindows();
  await Promise.all(
    windows.filter(({ identity }) => isSignInWindow(identity.name)).map((window) => window.close(true)),
  );
}

/**
 * Opens the org's authorize page in a hidden window, which becomes visible only if a person must act: at once on a
 * login page, or when the org has not answered after a while. Ends with the redirect, with the person closing it, or
 * with a page that a sign-in may not go on with.
 */
export async function openSignInWindow(
  fin: ContainerFin,
  request: SignInWindowRequest,
  onRedirect: (url: string) => void,
  showAfterMs: number,
): Promise<SignInWindow> {
  const ended = deferred<WindowEvent>();
  const window = await createWindow(fin, request);

  let over = false;
  let lastPage: string | undefined;
  let shown = false;
  const redirectsOfFrames = new Set<string>();
  const show = (): void => {
    if (!request.visible || over || shown) return;
    shown = true;
    void window
      .show(true)
      .then(() => window.bringToFront())
      .catch(() => undefined);
  };
  const stopWaiting = systemTimers.after(showAfterMs, show);

  const end = (event: WindowEvent, url?: string): void => {
    if (over) return;
    over = true;
    stopWaiting();
    if (url !== undefined && URL.canParse(url)) lastPage = pageOf(new URL(url));
    ended.resolve(event);
  };
  // What nobody sees and leads elsewhere would have needed a person.
  const wentAstray = (url?: string): void => end(request.visible ? 'navigatedAway' : 'unattended', url);

  const navigated = (url: string): void => {
    // The empty page it begins with, and the browser's own page for a failed one.
    if (over || !URL.canParse(url) || /^(about|chrome-error):/.test(url)) return;
    if (request.redirectUri !== undefined && isRedirect(url, request.redirectUri)) {
      over = true;
      stopWaiting();
      onRedirect(url);
      return;
    }
    if (!mayShow(url, request)) {
      wentAstray(url);
      return;
    }
    lastPage = pageOf(new URL(url));
  };
  const closed = (): void => {
    // After the redirect the return page closes its window itself, and only the token worker knows how it ended.
    if (over) return;
    end(request.visible ? 'closed' : 'unattended');
  };

  await window.addListener('closed', closed);
  await window.addListener('will-redirect', ({ url, isMainFrame }) => {
    if (isMainFrame) navigated(url);
    else redirectsOfFrames.add(url);
  });
  await window.addListener('url-changed', ({ url }) => {
    navigated(url);
    // Not at the redirect to it, when the window is still empty.
    if (lastPage !== undefined && isLoginPage(lastPage)) show();
  });
  // `contentRedirect` also stops frames, which end nothing.
  const rejected = ({ url }: { url: string }): void => void (!redirectsOfFrames.has(url) && wentAstray(url));
  await window.addListener('navigation-rejected', rejected);
  await window.addListener('content-blocked', rejected);
  // No option forbids downloads, and no sign-in has any.
  await window.addListener('file-download-started', () => wentAstray());
  await window.addListener('certificate-error', ({ url }) => end('certificate', url));
  await window.addListener('crashed', () => end('crashed'));

  // Rejected as well when a page leads on by script before it has loaded; and an event may be about to say more.
  window
    .navigate(request.url)
    .catch(() => systemTimers.after(explanationMs, () => void (lastPage === undefined && end('couldNotOpen'))));
  if (request.redirectUri === undefined) show();

  return {
    ended: ended.promise,
    lastPage: () => lastPage,
    async close() {
      over = true;
      stopWaiting();
      await window.close(true).catch(() => undefined);
    },
  };
}

/** The window, empty: whatever its first page does is then seen by listeners. */
async function createWindow(fin: ContainerFin, request: SignInWindowRequest): Promise<OpenFin.Window> {
  const { signInId, options } = request;
  const chosen = Object.fromEntries(appOptions.filter((name) => name in options).map((name) => [name, options[name]]));
  return fin.Window.create({
    name: `${namePrefix}${signInId}`,
    url: 'about:blank',
    autoShow: false,
    saveWindowState: false,
    includeInSnapshots: false,
    minimizable: false,
    maximizable: false,
    contextMenuSettings: { enable: false },
    accelerator: { devtools: false, reload: false, reloadIgnoringCache: false, zoom: true },
    downloadShelf: { enabled: false },
    // Inherited preload scripts, permissions and the OpenFin API have no business on a login page.
    preloadScripts: [],
    permissions: {},
    api: { fin: 'none' },
    ...contentOptions(request),
    ...(await placeOf(fin, request)),
    ...chosen,
  } as OpenFin.WindowCreationOptions);
}

async function placeOf(
  fin: ContainerFin,
  { width, height, options }: SignInWindowRequest,
): Promise<Partial<OpenFin.WindowOptions>> {
  const wished = (name: string): number | undefined => (typeof options[name] === 'number' ? options[name] : undefined);
  const wanted = {
    width: wished('defaultWidth') ?? width,
    height: wished('defaultHeight') ?? height,
    left: wished('defaultLeft'),
    top: wished('defaultTop'),
  };
  const desktop = await readDesktopArea(fin, isSignInWindow);
  if (!desktop) return { defaultCentered: true, defaultWidth: wanted.width, defaultHeight: wanted.height };
  const place = placeWindow(wanted, desktop.areas, desktop.platformWindow);
  return {
    defaultCentered: false,
    defaultLeft: place.left,
    defaultTop: place.top,
    defaultWidth: place.width,
    defaultHeight: place.height,
  };
}
