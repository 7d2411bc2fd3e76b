/**
 * A stand-in for OpenFin's desktop runtime, which cannot be installed everywhere: `window.fin` for real Chromium pages,
 * driven from the test process. Its windows are real pages of one browser context, so cookies, redirects and storage are
 * real; hidden windows are pages of which the runtime knows that nobody sees them. Who calls is known from the page that
 * calls, never from what it says. Semantics: types and code of `@openfin/core` 40.
 */
import { EventEmitter } from 'node:events';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { ContainerWindow, type WindowOptions } from './container/containerWindow.ts';
import { enforceContentRules } from './container/contentRules.ts';
import { urlsWithoutFin } from './container/domainRules.ts';
import { installFin } from './container/finPage.ts';
import { InteropBroker } from './container/interopBroker.ts';
import { MessageBus } from './container/messageBus.ts';
import { answerCall, type MonitorArea, type RuntimeParts } from './container/runtimeCalls.ts';
import { callName, wireError, type FinSetup, type WindowIdentity } from './container/wire.ts';
import { WindowChannels } from './container/windowChannels.ts';

const runtimeVersion = '40.104.2.1';

export type { ContainerWindow } from './container/containerWindow.ts';

export interface LaunchOptions {
  /** What `getManifest()` gives to every window of the application. */
  manifest: Record<string, unknown>;
  uuid: string;
  /** Of the main window; the uuid when left out. */
  name?: string;
  url: string;
  /** Default false: a headless provider. */
  autoShow?: boolean;
}

export type ContainerRuntime = Awaited<ReturnType<typeof createContainerRuntime>>;

/** Sees what passes through the runtime. */
export interface RuntimeObserver {
  watch(context: BrowserContext): Promise<void>;
  see(where: string, text: string): void;
  /** The runtime is about to close. */
  inspect(context: BrowserContext): Promise<void>;
}

/** Starts a runtime with no application in it. */
export async function createContainerRuntime(browser: Browser, contextOptions: BrowserContextOptions = {}, observer?: RuntimeObserver) {
  const context: BrowserContext = await browser.newContext({ viewport: null, ...contextOptions });
  await observer?.watch(context);
  const manifests = new Map<string, Record<string, unknown>>();
  const windows: ContainerWindow[] = [];
  const changed = new EventEmitter().setMaxListeners(0);
  const openedUrls: string[] = [];
  const usage: unknown[] = [];
  const eventListeners: { window: ContainerWindow; target: WindowIdentity; type: string; listenerId: string }[] = [];
  const monitors: MonitorArea[] = [{ left: 0, top: 0, right: 1920, bottom: 1040 }];
  const parts: RuntimeParts = {
    channels: new WindowChannels(), bus: new MessageBus(), broker: new InteropBroker(), manifests, windows, openedUrls, usage, eventListeners, monitors,
    version: runtimeVersion, openWindow, setShown, emit,
  };

  function emit(window: ContainerWindow, type: string, detail: object = {}): void {
    for (const { window: listening, target, type: wanted, listenerId } of eventListeners) {
      const concerned = target.uuid === window.uuid && target.name === window.name && wanted === type;
      if (concerned && !listening.closed) listening.tell('listener', { listenerId, values: [{ topic: 'window', type, ...window.identity, ...detail }] });
    }
    changed.emit('change');
  }

  function setShown(window: ContainerWindow, shown: boolean): void {
    const isNews = window.shown !== shown;
    window.shown = shown;
    window.wasShown ||= shown;
    if (isNews) emit(window, shown ? 'shown' : 'hidden');
  }

  /** The window's document is gone, with all it had at the runtime. */
  async function forget(window: ContainerWindow): Promise<void> {
    parts.bus.forget(window);
    parts.broker.forget(window);
    for (let at = eventListeners.length - 1; at >= 0; at--) if (eventListeners[at]!.window === window) eventListeners.splice(at, 1);
    await parts.channels.closeAll(window);
  }

  async function openWindow(identity: WindowIdentity, options: WindowOptions, isMain = false): Promise<ContainerWindow> {
    const isOpen = windows.some(({ uuid, name, closed }) => uuid === identity.uuid && name === identity.name && !closed);
    if (isOpen) throw new Error(`Trying to create a Window with name-uuid combination already in use - ${identity.name}-${identity.uuid}`);
    const page = await context.newPage();
    const window = new ContainerWindow(identity, options, page, isMain, (text) => observer?.see(`runtime to ${identity.uuid}/${identity.name}`, text));
    windows.push(window);
    watch(window);
    await giveFin(window);
    await enforceContentRules(window, (type, url) => emit(window, type, { url }));
    const isShown = options['autoShow'] !== false;
    if (isShown && options['waitForPageLoad'] !== true) setShown(window, true);
    changed.emit('change');
    // As the runtime does, settles once the first page has answered: it may have been redirected by then.
    window.sentTo = options.url;
    await page.goto(options.url, { waitUntil: 'commit' });
    if (isShown && !window.closed) setShown(window, true);
    return window;
  }

  function watch(window: ContainerWindow): void {
    const { page } = window;
    const withoutFin = patternsOf(window);
    page.on('framenavigated', (frame: Frame) => {
      if (frame !== page.mainFrame()) return;
      if (!mayHaveFin(withoutFin, frame.url())) void forget(window);
      emit(window, 'url-changed', { url: frame.url() });
    });
    page.on('request', (request) => {
      if (!request.isNavigationRequest() || !request.redirectedFrom()) return;
      emit(window, 'will-redirect', { url: request.url(), isMainFrame: request.frame() === page.mainFrame() });
    });
    page.on('requestfailed', (request) => {
      const { errorText = '' } = request.failure() ?? {};
      const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
      if (isPage && errorText.startsWith('net::ERR_CERT_')) emit(window, 'certificate-error', { url: request.url(), error: errorText });
    });
    page.on('load', () => emit(window, 'did-finish-load'));
    page.on('download', (download) => emit(window, 'file-download-started', { url: download.url(), state: 'started' }));
    page.on('crash', () => emit(window, 'crashed', { reason: 'crashed' }));
    page.on('close', () => {
      window.closed = true;
      window.shown = false;
      void forget(window);
      emit(window, 'closed');
      // An application ends with its main window.
      if (window.isMain) for (const other of windows) if (other.uuid === window.uuid && !other.closed) void other.page.close();
    });
  }

  const patternsOf = ({ uuid, options }: ContainerWindow): string[] =>
    (options['api'] as { fin?: string } | undefined)?.fin === 'none' ? ['.*'] : urlsWithoutFin(manifests.get(uuid));

  async function giveFin(window: ContainerWindow): Promise<void> {
    const { page, identity } = window;
    const setup: FinSetup = { identity, withoutFin: patternsOf(window), version: runtimeVersion };
    if (setup.withoutFin.includes('.*')) return;
    await page.exposeBinding(callName, async ({ frame, page: caller }: { frame: Frame; page: Page }, method: string, text: string): Promise<string> => {
      observer?.see(`runtime from ${identity.uuid}/${identity.name}`, `${method} ${text}`);
      const answer = await answerTo(caller, frame, method, text);
      observer?.see(`runtime to ${identity.uuid}/${identity.name}`, `${method} ${answer}`);
      return answer;
    });
    const answerTo = async (caller: Page, frame: Frame, method: string, text: string): Promise<string> => {
      try {
        if (caller !== page || frame !== page.mainFrame() || !mayHaveFin(setup.withoutFin, frame.url())) throw new Error('This page has no fin.');
        if (method === 'document.started') return JSON.stringify({ value: await forget(window) });
        return JSON.stringify({ value: await answerCall(parts, window, method, JSON.parse(text) as Record<string, unknown>) });
      } catch (error) {
        return JSON.stringify({ error: wireError(error) });
      }
    };
    await page.addInitScript(installFin, setup);
  }

  /** Waits until `find` finds something; asks again whenever a window changes. */
  async function until<T>(what: string, find: () => T | undefined, timeoutMs = 60_000): Promise<T> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found;
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => reject(new Error(`${what} did not happen. Windows: ${JSON.stringify(windows.map(({ name, url, shown, closed }) => ({ name, url, shown, closed })))}`));
        deadline.addEventListener('abort', stop, { once: true });
        changed.once('change', () => {
          deadline.removeEventListener('abort', stop);
          resolve();
        });
      });
    }
  }

  return {
    context,
    /** URLs given to the person's own browser. */
    openedUrls,
    /** Available areas of the monitors, primary first; to be changed by whoever plugs one in. */
    monitors,
    /** What was passed to `fin.System.registerUsage`. */
    usage,
    /** Every window there is or was, oldest first. */
    windows: (): readonly ContainerWindow[] => windows,

    /** Starts an application; settles once its main window's page is there. */
    async launch({ manifest, uuid, name = uuid, url, autoShow = false }: LaunchOptions): Promise<ContainerWindow> {
      manifests.set(uuid, manifest);
      return openWindow({ uuid, name }, { name, url, autoShow }, true);
    },

    until,
    /** The newest open window whose name starts so, once a person sees it. */
    shownWindow: (prefix: string, timeoutMs?: number): Promise<ContainerWindow> =>
      until(`Showing ${prefix}`, () => windows.findLast(({ name, shown, closed }) => name.startsWith(prefix) && shown && !closed), timeoutMs),

    async close(): Promise<void> {
      await observer?.inspect(context);
      await context.close();
    },
  };
}

function mayHaveFin(withoutFin: readonly string[], url: string): boolean {
  return !url.startsWith('about:') && !withoutFin.some((pattern) => new RegExp(pattern, 'u').test(url));
}
