import type { OpenFin } from '@openfin/core';
import { deferred } from '../../../deferred.ts';
import type { WindowEvent } from '../../../outcomes/outcomes.ts';
import { systemTimers } from '../../../time.ts';
import type { SignInWindow, SignInWindowRequest } from '../host.ts';
import type { ContainerFin } from './containerFin.ts';
import { readDesktopArea } from './desktopArea.ts';
import { placeWindow } from './windowPlacement.ts';
import { contentOptions, isLoginPage, isRedirect, mayShow, pageOf } from './windowRules.ts';

/** Window options that an app may set for its sign-in. Others decide what the window may do and which app owns it. */
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

/** Milliseconds in which the event that explains a failed load may follow the failure. */
const explanationMs = 500;

/**
 * Closes sign-in windows that a former run of the provider has left open: nothing waits for their sign-ins any more.
 */
export async function closeLeftWindows(fin: ContainerFin): Promise<void> {
  const windows = await fin.Application.getCurrentSync().getChildWindows();
  await Promise.all(
    windows.filter(({ identity }) => isSignInWindow(identity.name)).map((window) => window.close(true)),
  );
}

/**
 * Opens the org's authorize page in a hidden window, which is shown only if a person has to act: at once on a login
 * page, or when the org has not answered after a while. Ends with the redirect, when the person closes the window, or
 * when it leads to a page that a sign-in may not show.
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
  // A hidden window that leads elsewhere would need a person.
  const endElsewhere = (url?: string): void => end(request.visible ? 'navigatedAway' : 'unattended', url);

  const navigated = (url: string): void => {
    // Ignores the empty first page, and the browser's own page for a failed load.
    if (over || !URL.canParse(url) || /^(about|chrome-error):/.test(url)) return;
    if (request.redirectUri !== undefined && isRedirect(url, request.redirectUri)) {
      over = true;
      stopWaiting();
      onRedirect(url);
      return;
    }
    if (!mayShow(url, request)) {
      endElsewhere(url);
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
    // Not already at the redirect to the login page, when the window is still empty.
    if (lastPage !== undefined && isLoginPage(lastPage)) show();
  });
  // `contentRedirect` also stops frames, which end nothing.
  const rejected = ({ url }: { url: string }): void => void (!redirectsOfFrames.has(url) && endElsewhere(url));
  await window.addListener('navigation-rejected', rejected);
  await window.addListener('content-blocked', rejected);
  // No option forbids downloads, and no sign-in has any.
  await window.addListener('file-download-started', () => endElsewhere());
  await window.addListener('certificate-error', ({ url }) => end('certificate', url));
  await window.addListener('crashed', () => end('crashed'));

  // Also rejected when a page navigates on by script before it has loaded; and an event with more information may
  // follow.
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

/** Creates the window without a page, so that listeners are there before the first page loads. */
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
    // A login page must not run inherited preload scripts, nor have permissions or the OpenFin API.
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
