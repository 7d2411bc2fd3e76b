import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchHeadlessShell } from '../support/chromium.ts';
import { startDesk, type Desk, type DeskOptions } from '../support/desk.ts';
import { LeakWatch } from './leaks/leakWatch.ts';

/** What {@link useDesk} gives to the tests of one file; there from the first `beforeAll` on. */
export interface DeskInUse {
  readonly desk: Desk;
  readonly browser: Browser;
  readonly watch: LeakWatch;
  /** A browser profile of its own. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(context: BrowserContext): Promise<void>;
}

/**
 * One desk and one browser for all tests of a file. Whatever happens in it is swept at the end: the file fails if a
 * token, a code or a verifier was seen outside the token worker.
 */
export function useDesk(
  deskOptions: DeskOptions | (() => Promise<DeskOptions>) = {},
  launchBrowser: () => Promise<Browser> = launchHeadlessShell,
  start: (options: DeskOptions) => Promise<Desk> = startDesk,
): DeskInUse {
  let desk: Desk;
  let browser: Browser;
  let watch: LeakWatch;

  beforeAll(async () => {
    [desk, browser] = await Promise.all([
      typeof deskOptions === 'function' ? deskOptions().then(start) : start(deskOptions),
      launchBrowser(),
    ]);
    watch = new LeakWatch(desk.orgUrl);
  }, 180_000);
  afterAll(async () => {
    try {
      for (const context of browser.contexts()) await watch.inspect(context);
      watch.see('server log', await desk.log());
      expect(watch.leaks(await desk.control.secrets())).toEqual([]);
    } finally {
      await browser?.close();
      await desk?.stop();
    }
  });

  return {
    get desk() {
      return desk;
    },
    get browser() {
      return browser;
    },
    get watch() {
      return watch;
    },
    async newContext(options) {
      const context = await browser.newContext(options);
      await watch.watch(context);
      return context;
    },
    async close(context) {
      await watch.inspect(context);
      await context.close();
    },
  };
}
