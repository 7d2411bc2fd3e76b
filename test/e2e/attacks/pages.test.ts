/** What hostile pages try with the provider's pages, each beside the same step taken rightly. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signInOn } from '../../../sandbox/testing/signIn.ts';
import { alex, authorizeUrl, newPkce, OrgBrowser } from '../../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, valueOf } from '../deskPage.ts';
import { openOrigin, type Origin } from '../servePages.ts';
import { useDesk } from '../useDesk.ts';

const returnChannel = 'salesforce-interop.sign-in-return';
const ticketChannel = 'salesforce-interop.tickets';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '200' } });
let foreign: Origin;
let context: BrowserContext;
let page: Page;
/** A page of the directory, turned hostile. */
let contacts: Frame;
/** A page that belongs to nobody here: `sameSite` shares the site (and so the cookies), `crossSite` nothing. */
let sameSite: Page;
let crossSite: Page;

beforeAll(async () => {
  foreign = await openOrigin();
  foreign.files.set('/', { type: 'text/html', body: '<!doctype html><title>Foreign</title>' });
});
afterAll(() => foreign.close());

async function open(): Promise<void> {
  context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  page = await openDesk(context, used.desk);
  contacts = await appFrame(page, used.desk, 'contacts');
  [sameSite, crossSite] = [await context.newPage(), await context.newPage()];
  await sameSite.goto(foreign.url);
  await crossSite.goto(foreign.url.replace('localhost', '127.0.0.1'));
  await page.bringToFront();
  await used.desk.control.resetCounts();
}
const close = () => used.close(context);

const provider = () => used.desk.origins.provider;
const whoIsConnected = () =>
  callAs(contacts, async ({ getConnection }) => (await getConnection())?.currentUser.Username ?? null);
const exchanges = async () => (await used.desk.control.counts()).tokenRequests['authorization_code'] ?? 0;
/** A redirect that an attacker got for an account of their own. */
const attackersRedirect = async () =>
  (
    await new OrgBrowser(used.desk.orgUrl).signIn(
      authorizeUrl(used.desk.orgUrl, newPkce(), { redirect_uri: `${provider()}/signed-in.html` }),
      alex,
    )
  ).href;

async function startSigningIn(): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return opened;
}

async function endSigningIn(popup: Page): Promise<void> {
  await signInOn(popup);
  await page.getByText('Signed in', { exact: true }).waitFor();
  expect(valueOf(await whoIsConnected())).toBe('morgan.reed@northbridge.example');
}

/** The ticket page in an app's frame: the one page of the provider's that apps may frame. */
async function ticketFrame(): Promise<Frame> {
  await contacts.evaluate((url) => {
    const frame = Object.assign(document.createElement('iframe'), { src: url, name: 'ticket-page' });
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  }, `${provider()}/ticket.html`);
  return page.frame({ name: 'ticket-page' })!;
}

/** Frames a page in another and says where the frame has ended. */
async function framed(by: Page | Frame, url: string): Promise<string> {
  const element = await by.evaluateHandle((source) => {
    const frame = Object.assign(document.createElement('iframe'), { src: source });
    document.body.append(frame);
    return new Promise<HTMLIFrameElement>((resolve) =>
      frame.addEventListener('load', () => resolve(frame), { once: true }),
    );
  }, url);
  const endedAt = (await element.contentFrame())!.url();
  await element.evaluate((frame) => frame.remove());
  return endedAt;
}

describe('made-up redirects', () => {
  beforeEach(open);
  afterEach(close);
  const forgeries = [
    'signed-in.html?code=aPrx.forged&state=guessed',
    'signed-in.html?code=aPrx.forged',
    'signed-in.html?error=access_denied&state=guessed',
    'signed-in.html?error=access_denied',
    'signed-in.html?state=',
    'signed-in.html',
    '',
    '?'.repeat(100_000),
  ];

  it("disturb no sign-in, whatever page posts them, even one of the provider's own origin", async () => {
    const popup = await startSigningIn();
    const own = await ticketFrame();
    for (const where of [contacts, page, sameSite, crossSite, own]) {
      await where.evaluate(
        ([channels, urls]) => {
          for (const name of channels) {
            const channel = new BroadcastChannel(name);
            for (const url of urls) {
              channel.postMessage(url);
              channel.postMessage({ url, href: url, kind: 'issued', orderId: url, ticket: url });
              for (const target of [
                window,
                window.parent,
                ...Array.from({ length: window.top!.length }, (_, index) => window.top![index]!),
              ])
                target.postMessage(url, '*');
            }
          }
        },
        [[returnChannel, ticketChannel], forgeries.map((path) => `${provider()}/${path}`)] as const,
      );
    }
    await endSigningIn(popup);
    expect(await exchanges()).toBe(1);
  });

  it('come from no other origin, and the real one reaches no other origin', async () => {
    const listen = (where: Page | Frame) =>
      where.evaluate(
        (names) => {
          const heard: Record<string, number> = {};
          Object.assign(window, { heard });
          for (const name of names)
            new BroadcastChannel(name).onmessage = () => {
              heard[name] = (heard[name] ?? 0) + 1;
            };
        },
        [returnChannel, ticketChannel],
      );
    const heard = (where: Page | Frame) =>
      where.evaluate(() => (window as unknown as { heard: Record<string, number> }).heard);
    const own = await ticketFrame();
    for (const where of [contacts, page, sameSite, crossSite, own]) await listen(where);
    await endSigningIn(await startSigningIn());
    expect(await heard(own)).toMatchObject({ [returnChannel]: expect.any(Number) });
    for (const where of [contacts, page, sameSite, crossSite]) expect(await heard(where)).toEqual({});
  });

  it("login CSRF: the return page opened with an attacker's code signs nobody in, and the person's own sign-in ends well", async () => {
    const popup = await startSigningIn();
    const stranger = await context.newPage();
    // The page closes itself once it has handed its address over.
    const closed = stranger.waitForEvent('close');
    await stranger.goto(await attackersRedirect()).catch(() => undefined);
    if (!stranger.isClosed()) await Promise.race([closed, stranger.getByRole('status').waitFor()]);
    expect(valueOf(await whoIsConnected())).toBeNull();
    expect(await exchanges()).toBe(0);
    await endSigningIn(popup);
    expect(await exchanges()).toBe(1);
  });

  it('login CSRF: a foreign page cannot frame the return page to do it unseen', async () => {
    const redirect = await attackersRedirect();
    for (const where of [sameSite, crossSite, contacts])
      expect(await framed(where, redirect)).toMatch(/^chrome-error:/);
    expect(valueOf(await whoIsConnected())).toBeNull();
  });

  it('leave nothing of themselves on the return page: not in its address, not on it', async () => {
    const stranger = await context.newPage();
    await stranger.addInitScript(() => {
      window.close = () => undefined;
    });
    await stranger.goto(
      `${provider()}/signed-in.html?error=x&error_description=<img src=x onerror=alert(1)>&state="><script>alert(1)</script>`,
    );
    await stranger.getByRole('alert').waitFor();
    expect(new URL(stranger.url()).search).toBe('');
    expect(await stranger.content()).not.toMatch(/onerror|alert\(1\)/);
  });
});

describe('a page that frames', () => {
  beforeAll(open);
  afterAll(close);
  const pagesOf = () => ({
    provider: ['/', '/ticket.html', '/signed-in.html', '/device.html'].map((path) => `${provider()}${path}`),
    others: ['platform', 'contacts', 'account-360', 'intent-raiser', 'record-view'].map(
      (name) => `${used.desk.origins[name as 'platform']}/`,
    ),
    broker: `${used.desk.origins.platform}/broker.html`,
  });

  it("and is foreign gets none of the desk's pages", async () => {
    const { provider: own, others, broker } = pagesOf();
    for (const where of [sameSite, crossSite]) {
      for (const url of [...own, ...others, broker])
        expect([url, await framed(where, url)]).toEqual([url, expect.stringMatching(/^chrome-error:/)]);
    }
  });

  it("and is an app gets the ticket page, and no other page of the provider's", async () => {
    for (const url of pagesOf().provider) {
      expect([url, await framed(contacts, url)]).toEqual([
        url,
        url.endsWith('/ticket.html') ? url : expect.stringMatching(/^chrome-error:/),
      ]);
    }
  });

  it('and has no origin (a sandboxed frame) gets no ticket page', async () => {
    const handle = await contacts.evaluateHandle(() => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      document.body.append(frame);
      return frame;
    });
    const sandboxed = (await handle.asElement()!.contentFrame())!;
    expect(await sandboxed.evaluate(() => window.origin)).toBe('null');
    expect(await framed(sandboxed, `${provider()}/ticket.html`)).toMatch(/^chrome-error:/);
  });
});

describe('a page that reaches', () => {
  beforeEach(open);
  afterEach(close);
  it("for the provider's document, storage or address through any window it can find is refused by the browser", async () => {
    const popup = await startSigningIn();
    const found = await contacts.evaluate(() => {
      const windows = new Set<Window>();
      const walk = (from: Window) => {
        if (windows.has(from)) return;
        windows.add(from);
        for (let index = 0; index < from.length; index += 1) walk(from[index]!);
      };
      walk(window.top!);
      const reach = (read: () => unknown): string => {
        try {
          return `read ${String(read())}`;
        } catch (error) {
          return (error as Error).name;
        }
      };
      return [...windows]
        .filter((other) => other !== window)
        .map((other) => [
          reach(() => other.document.title),
          reach(() => other.localStorage.length),
          reach(() => other.sessionStorage.length),
          reach(() => other.indexedDB),
          reach(() => other.location.href),
          reach(() => other.name),
          reach(() => (other as unknown as { Worker: unknown }).Worker),
          reach(() => other.opener),
        ]);
    });
    // The platform, the other apps, the provider, and core-web's broker pages within them.
    expect(found.length).toBeGreaterThan(4);
    // `opener` is the one of these that the browser tells anybody.
    for (const reached of found)
      expect(reached).toEqual([...Array.from({ length: 7 }, () => 'SecurityError'), expect.anything()]);
    expect(await contacts.evaluate(() => document.title)).not.toBe('');
    await endSigningIn(popup);
  });

  it('for the sign-in window by its name gets a window of its own, or one whose address it cannot read', async () => {
    const popup = await startSigningIn();
    await popup.getByLabel('Username').waitFor();
    const name = await popup.evaluate(() => window.name);
    await contacts.evaluate((wanted) => {
      const result = window as unknown as { seen?: string };
      document.addEventListener(
        'click',
        () => {
          const other = window.open('', wanted);
          try {
            result.seen = other ? other.location.href : 'none';
          } catch (error) {
            result.seen = (error as Error).name;
          }
        },
        { once: true },
      );
    }, name);
    await contacts.locator('body').click({ position: { x: 3, y: 3 }, force: true });
    await contacts.waitForFunction(() => (window as unknown as { seen?: string }).seen !== undefined);
    expect(await contacts.evaluate(() => (window as unknown as { seen?: string }).seen)).toMatch(
      /^(about:blank|none|SecurityError)$/,
    );
    await endSigningIn(popup);
  });

  it("for the worker's script cannot run it as its own", async () => {
    const script = `${provider()}/token-worker.js`;
    const tries = async (where: Page | Frame) =>
      where.evaluate(async (url) => {
        const outcome = async (work: () => unknown) =>
          Promise.resolve()
            .then(work)
            .then(
              () => 'loaded',
              () => 'refused',
            );
        const element = (more: object) =>
          new Promise((resolve, reject) => {
            document.head.append(
              Object.assign(document.createElement('script'), { src: url, onload: resolve, onerror: reject, ...more }),
            );
          });
        return {
          worker: await outcome(() => new Worker(url)),
          moduleWorker: await outcome(() => new Worker(url, { type: 'module' })),
          sharedWorker: await outcome(() => new SharedWorker(url)),
          fetched: await outcome(() => fetch(url)),
          element: await outcome(() => element({})),
          moduleElement: await outcome(() => element({ type: 'module' })),
        };
      }, script);
    const refused = {
      worker: 'refused',
      moduleWorker: 'refused',
      sharedWorker: 'refused',
      fetched: 'refused',
      element: 'refused',
      moduleElement: 'refused',
    };
    for (const where of [contacts, page, sameSite, crossSite]) expect(await tries(where)).toEqual(refused);
    // The provider itself runs it.
    expect(page.workers().map((worker) => worker.url())).toContain(`${provider()}/token-worker.js`);
  });
});
