/**
 * A stand-in for OpenFin's desktop runtime, which cannot be installed everywhere: `window.fin` for real Chromium pages,
 * driven from the process of a test. Its windows are real pages of one browser context, so cookies, redirects and
 * storage are real; hidden windows are pages of which the runtime knows that nobody sees them. Who calls is known from
 * the page that calls, never from what it says. Semantics: types and code of `@openfin/core` 40.
 */
import { EventEmitter } from 'node:events';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { ContainerWindow, type WindowOptions } from './containerWindow.ts';
import { enforceContentRules } from './contentRules.ts';
import { urlsWithoutFin } from './domainRules.ts';
import { finScript } from './finPage.ts';
import { InteropBroker } from './interopBroker.ts';
import { MessageBus } from './messageBus.ts';
import { answerCall, type MonitorArea, type RuntimeParts } from './runtimeCalls.ts';
import { callName, wireError, type FinSetup, type WindowIdentity } from './wire.ts';
import { WindowChannels } from './windowChannels.ts';

const runtimeVersion = '40.104.2.1';

export type { ContainerWindow } from './containerWindow.ts';

export interface LaunchOptions {
  /** What `getManifest()` gives to every window of the application. */
  manifest: Record<string, unknown>;
  uuid: string;
  /** Name of the main window; the uuid when left out. */
  name?: string;
  url: string;
  /** Default false: a headless provider. */
  autoShow?: boolean;
}

/** Observes the messages of the runtime. */
export interface RuntimeObserver {
  watch(context: BrowserContext): Promise<void>;
  see(where: string, text: string): void;
  /** The runtime is about to close. */
  inspect(context: BrowserContext): Promise<void>;
}

/**
 * Starts a runtime with no application in it.
 *
 * @param browser A real Chromium; the runtime is a context of its own in it, with its own cookies and storage.
 * @param contextOptions Of that context.
 * @param observer Sees all messages between pages and runtime.
 */
export async function createContainerRuntime(
  browser: Browser,
  contextOptions: BrowserContextOptions = {},
  observer?: RuntimeObserver,
): Promise<ContainerRuntime> {
  const context = await browser.newContext({ viewport: null, ...contextOptions });
  await observer?.watch(context);
  return new ContainerRuntime(context, observer);
}

/** A running runtime, as {@link createContainerRuntime} makes it. */
export class ContainerRuntime {
  /** Holds a page for each window. */
  readonly context: BrowserContext;
  /** URLs given to the person's own browser. */
  readonly openedUrls: string[] = [];
  /** Available areas of the monitors, primary first; to be changed by whoever plugs one in. */
  readonly monitors: MonitorArea[] = [{ left: 0, top: 0, right: 1920, bottom: 1040 }];
  /** What was passed to `fin.System.registerUsage`. */
  readonly usage: unknown[] = [];
  readonly #observer: RuntimeObserver | undefined;
  readonly #changed = new EventEmitter().setMaxListeners(0);
  readonly #parts: RuntimeParts;

  /** @param context Nothing has been opened in it. */
  constructor(context: BrowserContext, observer?: RuntimeObserver) {
    this.context = context;
    this.#observer = observer;
    this.#parts = {
      channels: new WindowChannels(),
      bus: new MessageBus(),
      broker: new InteropBroker(),
      manifests: new Map(),
      windows: [],
      eventListeners: [],
      openedUrls: this.openedUrls,
      usage: this.usage,
      monitors: this.monitors,
      version: runtimeVersion,
      openWindow: (identity, options) => this.#openWindow(identity, options),
      setShown: (window, shown) => this.#setShown(window, shown),
      emit: (window, type, detail) => this.#emit(window, type, detail),
    };
  }

  /** Every window there is or was, oldest first. */
  windows(): readonly ContainerWindow[] {
    return this.#parts.windows;
  }

  /** Starts an application; settles once its main window's page is there. */
  async launch({ manifest, uuid, name = uuid, url, autoShow = false }: LaunchOptions): Promise<ContainerWindow> {
    this.#parts.manifests.set(uuid, manifest);
    return this.#openWindow({ uuid, name }, { name, url, autoShow }, true);
  }

  /**
   * Waits until `find` finds something; asks again whenever a window changes.
   *
   * @throws Error that names `what` and all windows, when it did not within `timeoutMs`.
   */
  async until<T>(what: string, find: () => T | undefined, timeoutMs = 60_000): Promise<T> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found;
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => {
          const windows = this.windows().map(({ name, url, shown, closed }) => ({ name, url, shown, closed }));
          reject(new Error(`${what} did not happen. Windows: ${JSON.stringify(windows)}`));
        };
        deadline.addEventListener('abort', stop, { once: true });
        this.#changed.once('change', () => {
          deadline.removeEventListener('abort', stop);
          resolve();
        });
      });
    }
  }

  /** The newest open window whose name starts so, once a person sees it. */
  shownWindow(prefix: string, timeoutMs?: number): Promise<ContainerWindow> {
    const find = () =>
      this.windows().findLast(({ name, shown, closed }) => name.startsWith(prefix) && shown && !closed);
    return this.until(`Showing ${prefix}`, find, timeoutMs);
  }

  /** Ends all applications. The browser goes on. */
  async close(): Promise<void> {
    await this.#observer?.inspect(this.context);
    await this.context.close();
  }

  #emit(window: ContainerWindow, type: string, detail: object = {}): void {
    for (const { window: listening, target, type: wanted, listenerId } of this.#parts.eventListeners) {
      const concerned = target.uuid === window.uuid && target.name === window.name && wanted === type;
      if (concerned && !listening.closed)
        listening.tell('listener', { listenerId, values: [{ topic: 'window', type, ...window.identity, ...detail }] });
    }
    this.#changed.emit('change');
  }

  #setShown(window: ContainerWindow, shown: boolean): void {
    const isNews = window.shown !== shown;
    window.shown = shown;
    window.wasShown ||= shown;
    if (isNews) this.#emit(window, shown ? 'shown' : 'hidden');
  }

  /** The window's document is gone, with all it had at the runtime. */
  async #forget(window: ContainerWindow): Promise<void> {
    const { bus, broker, channels, eventListeners } = this.#parts;
    bus.forget(window);
    broker.forget(window);
    for (let at = eventListeners.length - 1; at >= 0; at--)
      if (eventListeners[at]!.window === window) eventListeners.splice(at, 1);
    await channels.closeAll(window);
  }

  async #openWindow(identity: WindowIdentity, options: WindowOptions, isMain = false): Promise<ContainerWindow> {
    const { windows } = this.#parts;
    const isOpen = windows.some(
      ({ uuid, name, closed }) => uuid === identity.uuid && name === identity.name && !closed,
    );
    if (isOpen)
      throw new Error(
        `Trying to create a Window with name-uuid combination already in use - ${identity.name}-${identity.uuid}`,
      );
    const page = await this.context.newPage();
    const window = new ContainerWindow(identity, options, page, isMain, (text) =>
      this.#observer?.see(`runtime to ${identity.uuid}/${identity.name}`, text),
    );
    windows.push(window);
    this.#watch(window);
    await this.#giveFin(window);
    await enforceContentRules(window, (type, url) => this.#emit(window, type, { url }));
    const isShown = options['autoShow'] !== false;
    if (isShown && options['waitForPageLoad'] !== true) this.#setShown(window, true);
    this.#changed.emit('change');
    // As the runtime does, settles once the first page has answered: it may have been redirected by then.
    window.sentTo = options.url;
    await page.goto(options.url, { waitUntil: 'commit' });
    if (isShown && !window.closed) this.#setShown(window, true);
    return window;
  }

  #watch(window: ContainerWindow): void {
    const { page } = window;
    const withoutFin = this.#patternsOf(window);
    page.on('framenavigated', (frame: Frame) => {
      if (frame !== page.mainFrame()) return;
      if (!mayHaveFin(withoutFin, frame.url())) void this.#forget(window);
      this.#emit(window, 'url-changed', { url: frame.url() });
    });
    page.on('request', (request) => {
      if (!request.isNavigationRequest() || !request.redirectedFrom()) return;
      this.#emit(window, 'will-redirect', { url: request.url(), isMainFrame: request.frame() === page.mainFrame() });
    });
    page.on('requestfailed', (request) => {
      const { errorText = '' } = request.failure() ?? {};
      const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
      if (isPage && errorText.startsWith('net::ERR_CERT_'))
        this.#emit(window, 'certificate-error', { url: request.url(), error: errorText });
    });
    page.on('load', () => this.#emit(window, 'did-finish-load'));
    page.on('download', (download) =>
      this.#emit(window, 'file-download-started', { url: download.url(), state: 'started' }),
    );
    page.on('crash', () => this.#emit(window, 'crashed', { reason: 'crashed' }));
    page.on('close', () => {
      window.closed = true;
      window.shown = false;
      void this.#forget(window);
      this.#emit(window, 'closed');
      // An application ends with its main window.
      if (window.isMain)
        for (const other of this.windows()) if (other.uuid === window.uuid && !other.closed) void other.page.close();
    });
  }

  #patternsOf({ uuid, options }: ContainerWindow): string[] {
    return (options['api'] as { fin?: string } | undefined)?.fin === 'none'
      ? ['.*']
      : urlsWithoutFin(this.#parts.manifests.get(uuid));
  }

  async #giveFin(window: ContainerWindow): Promise<void> {
    const { page, identity } = window;
    const setup: FinSetup = { identity, withoutFin: this.#patternsOf(window), version: runtimeVersion };
    if (setup.withoutFin.includes('.*')) return;
    const answerTo = async (caller: Page, frame: Frame, method: string, text: string): Promise<string> => {
      try {
        if (caller !== page || frame !== page.mainFrame() || !mayHaveFin(setup.withoutFin, frame.url()))
          throw new Error('This page has no fin.');
        if (method === 'document.started') return JSON.stringify({ value: await this.#forget(window) });
        return JSON.stringify({
          value: await answerCall(this.#parts, window, method, JSON.parse(text) as Record<string, unknown>),
        });
      } catch (error) {
        return JSON.stringify({ error: wireError(error) });
      }
    };
    await page.exposeBinding(
      callName,
      async ({ frame, page: caller }: { frame: Frame; page: Page }, method: string, text: string): Promise<string> => {
        this.#observer?.see(`runtime from ${identity.uuid}/${identity.name}`, `${method} ${text}`);
        const answer = await answerTo(caller, frame, method, text);
        this.#observer?.see(`runtime to ${identity.uuid}/${identity.name}`, `${method} ${answer}`);
        return answer;
      },
    );
    await page.addInitScript({ content: finScript(setup) });
  }
}

function mayHaveFin(withoutFin: readonly string[], url: string): boolean {
  return !url.startsWith('about:') && !withoutFin.some((pattern) => new RegExp(pattern, 'u').test(url));
}
