/** What the servers of a desk send with its pages, and what a browser makes of it. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { appFrame, openSignedIn } from '../deskPage.ts';
import { useDesk } from '../useDesk.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '50' } });
let context: BrowserContext;
afterEach(() => used.close(context));

/** Only what lies in the HTTP cache, and never the network. */
const fromCache = (page: Page, url: string) =>
  page.evaluate(
    (address) =>
      fetch(address, { cache: 'only-if-cached', mode: 'same-origin' }).then(
        ({ status }) => status,
        () => 'not there',
      ),
    url,
  );

describe('the page that the org returns to', () => {
  const redirect = () => `${used.desk.origins.provider}/signed-in.html?code=aPrx.spent&state=guessed`;

  async function openRedirect(): Promise<Page> {
    context = await used.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${used.desk.origins.provider}/device.html`);
    // A second entry of the history: Chromium lets no page close a window in which somebody has been elsewhere before.
    await page.goto(redirect());
    await page.getByText('You are signed in').waitFor();
    return page;
  }

  it('leaves the code neither in the address nor in the history of its window', async () => {
    const page = await openRedirect();
    expect(page.url()).toBe(`${used.desk.origins.provider}/signed-in.html`);
    const { entries } = await (await context.newCDPSession(page)).send('Page.getNavigationHistory');
    expect(entries.map(({ url }) => new URL(url).pathname)).toEqual(
      expect.arrayContaining(['/device.html', '/signed-in.html']),
    );
    expect(entries.map(({ url }) => url).join()).not.toContain('aPrx');
  });

  it('takes the code away before a slow style sheet has come', async () => {
    context = await used.newContext();
    const page = await context.newPage();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/*.css', async (route) => held.then(() => route.continue()));
    await page.goto(`${used.desk.origins.provider}/device.html`, { waitUntil: 'commit' });
    await page.goto(redirect(), { waitUntil: 'commit' });
    await page.waitForURL(`${used.desk.origins.provider}/signed-in.html`, { waitUntil: 'commit' });
    release();
    await page.getByText('You are signed in').waitFor();
  });

  it('is kept by no cache, where other pages may be', async () => {
    const page = await openRedirect();
    expect(await fromCache(page, `${used.desk.origins.provider}/device.html`)).toBe(200);
    expect(await fromCache(page, redirect())).toBe('not there');
  });

  it('names itself to nobody, not even by its origin', async () => {
    context = await used.newContext();
    const page = await context.newPage();
    const referrers: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/assets/')) referrers.push(request.headers()['referer'] ?? '');
    });
    await page.goto(`${used.desk.origins.provider}/ticket.html`);
    expect(referrers).toContain(`${used.desk.origins.provider}/`);
    referrers.length = 0;
    await page.goto(redirect());
    await page.getByText('You are signed in').waitFor();
    expect(referrers.length).toBeGreaterThan(0);
    expect(referrers.filter((referrer) => referrer !== '')).toEqual([]);
  });
});

describe('text that a page makes markup or script of', () => {
  /** What becomes of each way by which a string turns into script. */
  const sinks = (frame: Frame | Page) =>
    frame.evaluate(() => {
      const attempt = (work: () => void): string => {
        try {
          work();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const text = '<img src="data:," onerror="alert(1)">';
      return {
        markup: attempt(() => {
          document.createElement('div').innerHTML = text;
        }),
        frame: attempt(() => {
          document.createElement('iframe').srcdoc = text;
        }),
        script: attempt(() => {
          document.createElement('script').src = '/script.js';
        }),
        worker: attempt(() => void new Worker('/token-worker.js')),
        policy: attempt(() => void window.trustedTypes!.createPolicy('own', { createScriptURL: (url) => url })),
        text: attempt(() => {
          document.createElement('div').textContent = text;
        }),
      };
    });
  const refused = {
    markup: 'TypeError',
    frame: 'TypeError',
    script: 'TypeError',
    worker: 'TypeError',
    policy: 'TypeError',
    text: 'done',
  };

  it("is refused on the desktop, in the apps, in the record view and on the provider's pages, all of which work", async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    const violations: string[] = [];
    context.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) violations.push(message.text());
    });
    const page = await openSignedIn(context, used.desk);
    const raiser = await appFrame(page, used.desk, 'intent-raiser');
    await raiser
      .getByRole('button', { name: /^View / })
      .first()
      .click();
    const record = await appFrame(page, used.desk, 'record-view');
    await record.getByRole('heading').first().waitFor();
    expect(violations).toEqual([]);

    const provider = page.frames().find((frame) => frame.url() === `${used.desk.origins.provider}/`)!;
    const frames = {
      desktop: page,
      contacts: await appFrame(page, used.desk, 'contacts'),
      accounts: await appFrame(page, used.desk, 'account-360'),
      raiser,
      record,
      provider,
    };
    for (const [name, frame] of Object.entries(frames))
      expect({ name, ...(await sinks(frame)) }).toEqual({ name, ...refused });
    const others = await context.newPage();
    for (const path of ['/signed-in.html', '/ticket.html', '/device.html']) {
      await others.goto(`${used.desk.origins.provider}${path}`);
      expect({ path, ...(await sinks(others)) }).toEqual({ path, ...refused });
    }
    for (const path of ['/broker.html', '/doctor.html']) {
      await others.goto(new URL(path, used.desk.url).href);
      expect({ path, ...(await sinks(others)) }).toEqual({ path, ...refused });
    }
  });
});
