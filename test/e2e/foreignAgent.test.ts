/** Provider and record view, as they are built, on a desktop of another maker: only FDC3 lies between. */
import type { DesktopAgent } from '@finos/fdc3';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import {
  foreignApp,
  openForeignDesk,
  providerOn,
  raise,
  recordOn,
  signInFrom,
  startForeignDesk,
  untilProviderIsThere,
  type ForeignDesk,
} from './foreignDesk.ts';

declare const fdc3: DesktopAgent;

const tim = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } };

let browser: Browser;
/** What pages of the provider's own origins have reported, and how Chromium's own rules were broken. */
let complaints: string[] = [];

beforeAll(async () => {
  // Playwright switches Chromium's popup blocker off; here it is on, as for a person.
  browser = await launchChromium({ ignoreDefaultArgs: ['--disable-popup-blocking'] });
}, 60_000);
afterAll(() => browser?.close());
afterEach(() => expect(complaints.splice(0)).toEqual([]));

function watch(page: Page, { origins }: ForeignDesk): void {
  page.on('console', (message) => {
    const isOurs = Object.values(origins).some((origin) => message.location().url.startsWith(origin));
    if (isOurs && message.type() === 'error') complaints.push(message.text());
  });
}

async function openDesk(desk: ForeignDesk): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  const page = await openForeignDesk(context, desk);
  watch(page, desk);
  return { context, page };
}

/**
 * Raises an intent, and waits until the browser has kept the sign-in window from opening: by what the page writes to
 * its console, as a look into the page would give it a user gesture.
 */
async function raiseUnasked(page: Page, blotter: Frame): Promise<{ result: Promise<unknown> }> {
  const blocked = page.waitForEvent('console', (message) => message.text().includes('platform.signInWindow'));
  const result = raise(blotter, 'ViewContact', tim, true);
  await blocked;
  return { result };
}

describe('on a desktop by fdc3-web', () => {
  let desk: ForeignDesk;
  beforeAll(async () => {
    desk = await startForeignDesk();
  }, 120_000);
  afterAll(() => desk?.stop());

  describe('where nobody is signed in', () => {
    let context: BrowserContext;
    let page: Page;
    let blotter: Frame;
    beforeEach(async () => {
      ({ context, page } = await openDesk(desk));
      blotter = await foreignApp(page);
      await untilProviderIsThere(blotter);
    });
    afterEach(() => context.close());

    it("a person signs in by a button of the provider's page, sees the record, and the app gets its context", async () => {
      const { result } = await raiseUnasked(page, blotter);
      await signInFrom(page, 'Sign in to Salesforce');
      await recordOn(page).getByRole('heading', { name: 'Tim Barr' }).waitFor();
      await recordOn(page).getByRole('link', { name: 'barr_tim@grandhotels.com' }).waitFor();
      expect(await result).toMatchObject({ type: 'fdc3.contact', company: { name: 'Grand Hotels & Resorts Ltd' } });
    });

    it('an app whose intent a person gives up at the sign-in gets no result, and does not wait', async () => {
      const { result } = await raiseUnasked(page, blotter);
      await providerOn(page).locator('.sign-in').getByRole('button', { name: 'Cancel' }).click();
      expect(await result).toBe('no result');
      await providerOn(page).getByText('Records that the apps of this desktop ask for').waitFor();
    });
  });

  describe('where somebody is signed in', () => {
    let context: BrowserContext;
    let page: Page;
    let blotter: Frame;
    beforeAll(async () => {
      ({ context, page } = await openDesk(desk));
      blotter = await foreignApp(page);
      await signInFrom(page, 'Sign in');
    }, 60_000);
    afterEach(async () => {
      // Views of which there is no room beside this one are behind tabs.
      for (const pane = providerOn(page).locator('.pane'); (await pane.count()) > 0;)
        await providerOn(page).locator('.pane.active .close').click();
    });
    afterAll(() => context?.close());

    it('an app that raises for a context, without an intent, gets what the provider answers', async () => {
      const context = { type: 'fdc3.organization', name: 'Grand Hotels & Resorts Ltd' };
      const result = await blotter.evaluate(
        async (given) => (await fdc3.raiseIntentForContext(given, { appId: 'salesforce-interop' })).getResult(),
        context,
      );
      expect(result).toMatchObject({ type: 'fdc3.organization', id: { SALESFORCE: expect.any(String) } });
    });

    it('several intents at once have a view each, and each app call its own result', async () => {
      const results = await Promise.all([
        raise(blotter, 'ViewContact', tim),
        raise(blotter, 'ViewAccount', { type: 'fdc3.organization', name: 'Dickenson plc' }),
        raise(blotter, 'ViewContact', { type: 'fdc3.contact', name: 'John Bond', id: {} }),
      ]);
      expect(results.map((one) => (one as { name: string }).name)).toEqual(['Tim Barr', 'Dickenson plc', 'John Bond']);
      expect(await providerOn(page).locator('.pane').count()).toBe(3);
    });

    it('an app whose view a person closes without a choice gets no result, and does not wait', async () => {
      const result = raise(blotter, 'ViewContact', { type: 'fdc3.contact', name: 'Nobody Atall', id: {} });
      await recordOn(page).getByText('Nobody Atall').first().waitFor();
      await providerOn(page).getByRole('button', { name: 'Close Nobody Atall' }).click();
      expect(await result).toBe('no result');
    });

    it('an app that creates an interaction gets no result when the person cancels, and nothing is written', async () => {
      const interaction = {
        type: 'fdc3.interaction',
        interactionType: 'Call',
        timeRange: { startTime: '2026-11-02T10:00:00Z' },
        description: 'A call that nobody logs',
        participants: { type: 'fdc3.contactList', contacts: [tim] },
      };
      const result = raise(blotter, 'CreateInteraction', interaction);
      await recordOn(page).getByRole('button', { name: 'Cancel' }).click();
      expect(await result).toBe('no result');
      await providerOn(page).locator('.pane').waitFor({ state: 'detached' });
    });

    it('an app that may not use Salesforce gets no result, and the person is told which one it is', async () => {
      const result = await page.evaluate(async () => {
        const frame = document
          .querySelector<HTMLIFrameElement>('iframe[name=blotter]')!
          .cloneNode() as HTMLIFrameElement;
        frame.name = 'stranger';
        frame.src = frame.src.replace('app.html', 'stranger.html');
        document.body.append(frame);
      });
      expect(result).toBeUndefined();
      expect(await raise(await foreignApp(page, 'stranger'), 'ViewContact', tim)).toBe('no result');
      const notice = providerOn(page).locator('.intent-notice');
      await notice.getByText('The app “stranger@localhost” wanted to show the contact “Tim Barr”.').waitFor();
      await notice.getByText('Ask the platform team to list it under allowedApps.').waitFor();
      await notice.getByRole('button', { name: 'Dismiss' }).click();
      expect(await providerOn(page).locator('.pane').count()).toBe(0);
    });

    it('another app gets no channel to the provider, whose page it can reach', async () => {
      const heard = blotter.evaluate(async () => {
        const frames = [...Array<unknown>(window.parent.length).keys()].map((index) => window.parent[index]!);
        const answers: unknown[] = [];
        for (const frame of frames) {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => answers.push(data);
          frame.postMessage({ type: 'salesforce-interop.portRequest', channelName: 'salesforce-interop' }, '*', [
            port2,
          ]);
          port1.postMessage({ kind: 'ask', id: '1', action: 'hello', payload: {} });
        }
        // The provider has read these by then.
        const contact = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } };
        const result = await (await fdc3.raiseIntent('ViewContact', contact)).getResult();
        return { answers, isAnswered: result !== undefined, asked: frames.length };
      });
      expect(await heard).toMatchObject({ answers: [], isAnswered: true, asked: expect.any(Number) });
    });

    it('what a person changes in a record view is written to the org', async () => {
      await raise(blotter, 'ViewContact', tim);
      const record = recordOn(page);
      await record.getByRole('button', { name: 'Edit', exact: true }).click();
      const title = record.getByLabel('Title', { exact: true });
      await title.fill('SVP, as a foreign desk has it');
      await record.getByRole('button', { name: 'Save', exact: true }).click();
      await record.getByText('SVP, as a foreign desk has it').waitFor();
    });
  });
});

describe('on a desktop that starts apps when they are asked for', () => {
  let desk: ForeignDesk;
  let context: BrowserContext;
  let page: Page;
  let blotter: Frame;
  beforeAll(async () => {
    desk = await startForeignDesk({ opens: ['blotter'] });
  }, 120_000);
  afterAll(() => desk?.stop());
  beforeEach(async () => {
    ({ context, page } = await openDesk(desk));
    blotter = await foreignApp(page);
  });
  afterEach(() => context.close());

  it('an app finds the provider by intent, by context and by the type of result', async () => {
    const found = await blotter.evaluate(async () => {
      const apps = ({ apps: them }: { apps: { appId: string }[] }) => them.map(({ appId }) => appId);
      const contact = { type: 'fdc3.contact' };
      const intents = (them: { intent: { name: string } }[]) => them.map(({ intent }) => intent.name).sort();
      return {
        byIntent: apps(await fdc3.findIntent('ViewAccount')),
        byResult: apps(await fdc3.findIntent('ViewContact', contact, 'fdc3.contact')),
        byOtherResult: await fdc3.findIntent('ViewContact', contact, 'fdc3.order').catch(({ message }) => message),
        byContext: intents(await fdc3.findIntentsByContext({ type: 'fdc3.instrument' })),
        byWrittenResult: apps(await fdc3.findIntent('CreateOrUpdateProfile', contact, 'fdc3.transactionResult')),
      };
    });
    expect(found).toEqual({
      byIntent: ['salesforce-interop@localhost'],
      byResult: ['salesforce-interop@localhost'],
      byOtherResult: 'NoAppsFound',
      byContext: ['ViewAccount', 'ViewInteractions'],
      byWrittenResult: ['salesforce-interop@localhost'],
    });
  });

  it('an intent is answered once the provider listens, and again after that was reloaded', async () => {
    expect(await page.locator('iframe[name="salesforce-interop"]').count()).toBe(0);
    const { result } = await raiseUnasked(page, blotter);
    await signInFrom(page, 'Sign in to Salesforce');
    expect(await result).toMatchObject({ name: 'Tim Barr', id: expect.anything() });
    await recordOn(page).getByRole('heading', { name: 'Tim Barr' }).waitFor();
    const provider = await (await page.waitForSelector('iframe[name="salesforce-interop"]')).contentFrame();
    await Promise.all([provider!.waitForNavigation(), provider!.evaluate(() => location.reload())]);
    // A page that goes away revokes what it had.
    await signInFrom(page, 'Sign in');
    await untilProviderIsThere(blotter);
    expect(await raise(blotter, 'ViewContact', tim)).toMatchObject({ name: 'Tim Barr', id: expect.anything() });
    await recordOn(page).getByRole('heading', { name: 'Tim Barr' }).waitFor();
  });
});

describe('on a desktop whose agent does not say who asks', () => {
  const withDesk = async (platform: { namesNoApps: boolean }, work: (page: Page) => Promise<void>): Promise<void> => {
    const desk = await startForeignDesk({ namesSource: false, platform });
    const { context, page } = await openDesk(desk);
    try {
      await untilProviderIsThere(await foreignApp(page));
      await work(page);
    } finally {
      await context.close();
      await desk.stop();
    }
  };
  /** What the doctor says of the agent. */
  const finding = async (page: Page): Promise<string> => {
    await providerOn(page).getByRole('button', { name: 'Check the connection' }).click();
    const check = providerOn(page).locator('.check', { hasText: 'Desktop agent names apps' });
    const text = await check.locator('.finding').innerText();
    await providerOn(page).getByRole('button', { name: 'Close the check' }).click();
    return text;
  };

  it('no app is answered, which the page and the doctor say', () =>
    withDesk({ namesNoApps: false }, async (page) => {
      const provider = providerOn(page);
      await provider.getByText('Records are shown to no app, as none can be told from another.').waitFor();
      expect(await raise(await foreignApp(page), 'ViewContact', tim)).toBe('no result');
      await provider.locator('.intent-notice').getByText('An app that the desktop does not name wanted to').waitFor();
      expect(await finding(page)).toMatch(/does not name the app .* so that none is answered/);
    }));

  it('every app is answered where the platform team wants that, which the page and the doctor say', () =>
    withDesk({ namesNoApps: true }, async (page) => {
      await signInFrom(page, 'Sign in');
      await providerOn(page).getByText('Any app of this desktop can have records shown here.').waitFor();
      expect(await raise(await foreignApp(page), 'ViewContact', tim)).toMatchObject({ name: 'Tim Barr' });
      expect(await finding(page)).toMatch(/does not name the app .* every app of this desktop is answered/);
    }));
});
