import jsqr from 'jsqr';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { allowedUuids, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import { morgan } from '../support/orgBrowser.ts';
import { appFrame, callAs, openDesk, seenBy, type Settled, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

/** Every second: nobody waits long for a poll. */
const orgOptions = { deviceIntervalSeconds: 1 };

/** What a camera makes of the picture on the page. */
async function scan(page: Page): Promise<string | undefined> {
  const picture = (await page.getByRole('img', { name: /QR code/ }).screenshot()).toString('base64');
  const blank = await page.context().newPage();
  const { dark, width, height } = await blank.evaluate(async (base64) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${base64}` });
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    // One letter for each pixel: a list of all numbers takes seconds to leave the browser.
    const dark = Array.from({ length: data.length / 4 }, (_, pixel) => (data[pixel * 4]! < 128 ? '1' : '0')).join('');
    return { dark, width: image.width, height: image.height };
  }, picture);
  await blank.close();
  // The package is CommonJS, whose default export is a member here.
  const read = (jsqr as unknown as { default: typeof jsqr }).default ?? jsqr;
  const pixels = Uint8ClampedArray.from({ length: dark.length * 4 }, (_, index) =>
    index % 4 === 3 || dark[Math.floor(index / 4)] === '0' ? 255 : 0,
  );
  return read(pixels, width, height)?.data;
}

/** A phone of the person's: a browser that shares nothing with the desk. */
async function decideOnPhone(browser: Browser, address: string, decision: 'Allow' | 'Deny'): Promise<void> {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await phone.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByLabel('Username').fill(morgan.username);
  await page.getByLabel('Password').fill(morgan.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: decision }).click();
  await page
    .getByText(decision === 'Allow' ? 'You’re connected' : 'Not connected')
    .first()
    .waitFor();
  await phone.close();
}

const shownCode = async (page: Page): Promise<string> => {
  await page.locator('#code').waitFor();
  return (await page.locator('#code').innerText()).replaceAll(/\s/g, '');
};

describe('signing in on another device, in HERE Core Web', () => {
  const used = useDesk({ orgOptions, environment: { SALESFORCE_FLOW: 'device' } });
  let context: BrowserContext;
  let desktop: Page;
  let windows: Page[];

  beforeEach(async () => {
    context = await used.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    desktop = await openDesk(context, used.desk);
    windows = [];
    desktop.on('popup', (popup) => windows.push(popup));
  });
  afterEach(() => used.close(context));

  /** An app connects on a click, and the page with the code comes up. */
  async function connecting(): Promise<{ device: Page; outcome: Promise<Settled<string | undefined>> }> {
    const contacts = await appFrame(desktop, used.desk, 'contacts');
    const opened = desktop.waitForEvent('popup');
    await desktop.mouse.click(5, 5);
    const outcome = callAs(contacts, async ({ connect }) => (await connect()).currentUser.Name as string | undefined);
    const device = await opened;
    await shownCode(device);
    return { device, outcome };
  }

  it('connects all apps once the code was scanned and access allowed on a phone', async () => {
    const { device, outcome } = await connecting();
    expect(new URL(device.url()).origin).toBe(used.desk.origins.provider);
    const code = await shownCode(device);
    expect(await scan(device)).toBe(`${used.desk.orgUrl}/setup/connect?user_code=${code}`);
    await device.getByText('Waiting for you to allow access').waitFor();
    await device.getByText(/The code is good for (10:00|9:\d\d)/).waitFor();
    const closed = device.waitForEvent('close');
    await decideOnPhone(used.browser, (await scan(device))!, 'Allow');
    await closed;
    expect(valueOf(await outcome)).toBe('Morgan Reed');
    const account360 = await appFrame(desktop, used.desk, 'account-360');
    expect(
      valueOf(
        await callAs(account360, async ({ connect }) => (await connect()).currentUser.Name as string | undefined),
      ),
    ).toBe('Morgan Reed');
    expect(windows).toHaveLength(1);
  });

  it('shows nobody anything until somebody connects', async () => {
    const contacts = await appFrame(desktop, used.desk, 'contacts');
    expect(valueOf(await callAs(contacts, ({ getConnection }) => getConnection()))).toBeNull();
    expect(windows).toEqual([]);
    expect(desktop.context().pages()).toHaveLength(1);
  });

  it('can be done without a camera: the address is a link, the code can be copied', async () => {
    const { device, outcome } = await connecting();
    const link = device.getByRole('link');
    expect(await link.getAttribute('href')).toBe(`${used.desk.orgUrl}/setup/connect`);
    expect(await device.locator('#code').getAttribute('aria-label')).toBe([...(await shownCode(device))].join(' '));
    await device.keyboard.press('Tab');
    await device.keyboard.press('Tab');
    expect(await device.evaluate(() => document.activeElement?.id)).toBe('copy');
    await device.keyboard.press('Enter');
    await device.getByRole('status').getByText('The code is copied.').waitFor();
    expect(await device.evaluate(() => navigator.clipboard.readText())).toBe(await shownCode(device));
    // Not waited for: the window is closed by what the click does.
    void device
      .getByRole('button', { name: 'Cancel' })
      .click()
      .catch(() => undefined);
    expect((await outcome).error).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
  });

  it('tells a denial, Cancel on the page, Cancel on the desktop and a closed window apart', async () => {
    const attempt = async (act: (device: Page) => Promise<unknown>) => {
      const { device, outcome } = await connecting();
      const closed = device.isClosed() ? undefined : device.waitForEvent('close');
      await act(device);
      await closed;
      return (await outcome).error;
    };
    expect(
      await attempt(
        async (device) =>
          void device
            .getByRole('button', { name: 'Cancel' })
            .click()
            .catch(() => undefined),
      ),
    ).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
    expect(await attempt(() => desktop.getByRole('button', { name: 'Cancel' }).click())).toMatchObject({
      code: 'SIGN_IN_CANCELLED',
    });
    // A person has looked at the page: only then can a closed window be told from one that a page has severed.
    expect(
      await attempt(async (device) => {
        await seenBy(desktop);
        await device.close();
      }),
    ).toMatchObject({ code: 'SIGN_IN_WINDOW_CLOSED' });
    expect(await attempt(async (device) => decideOnPhone(used.browser, (await scan(device))!, 'Deny'))).toMatchObject({
      code: 'SIGN_IN_DENIED',
    });
  });

  it('offers a new code when the first has expired, in the same window', async () => {
    const { device, outcome } = await connecting();
    const first = await shownCode(device);
    await used.desk.control.answerWith({
      path: '^/services/oauth2/token$',
      status: 400,
      body: '{"error":"expired_token","error_description":"device code is expired"}',
    });
    const another = device.getByRole('button', { name: 'Get a new code' });
    await another.waitFor();
    await device.getByRole('status').getByText('no longer good').waitFor();
    expect(await another.evaluate((button) => button === document.activeElement)).toBe(true);
    await device.keyboard.press('Enter');
    await device.getByText('Waiting for you to allow access').waitFor();
    const second = await shownCode(device);
    expect(second).not.toBe(first);
    await decideOnPhone(used.browser, (await scan(device))!, 'Allow');
    expect(valueOf(await outcome)).toBe('Morgan Reed');
    expect(windows).toHaveLength(1);
  });

  it('shows the same code after a reload, and goes on through a broken network', async () => {
    const { device, outcome } = await connecting();
    const code = await shownCode(device);
    await device.reload();
    expect(await shownCode(device)).toBe(code);
    await used.desk.control.injectFault({ kind: 'drop' }, { endpoint: 'token', times: 2 });
    await decideOnPhone(used.browser, (await scan(device))!, 'Allow');
    expect(valueOf(await outcome)).toBe('Morgan Reed');
  });

  it("shows nobody else's code: an address that the provider does not know leads nowhere", async () => {
    const page = await context.newPage();
    await page.goto(
      `${used.desk.origins.provider}/device.html#signInId=x&userCode=EVIL2345&verificationUri=https://evil.example/`,
    );
    await page.getByRole('status').getByText('This sign-in is over').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/EVIL2345|evil\.example/);
  });
});

describe('signing in on another device, in the desktop container', () => {
  let desk: ContainerDesk;
  let browser: Browser;

  beforeAll(async () => {
    [desk, browser] = await Promise.all([startContainerDesk(orgOptions), launchHeadlessShell()]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await desk.stop();
  });

  async function connecting() {
    const orgs = [{ orgUrl: desk.org.url, consumerKey: defaultConsumerKey, flow: 'device' }];
    const { runtime } = await desk.startRuntime(browser, { orgs, showSignInWindowAfterMs: 600_000 });
    const app = await desk.launchApp(runtime, allowedUuids[0]);
    const outcome = callAs(
      app.page.mainFrame(),
      async ({ connect }) => (await connect()).currentUser.Name as string | undefined,
    );
    const window = await runtime.shownWindow('salesforce-sign-in-');
    await shownCode(window.page);
    return { runtime, window, outcome };
  }

  it('shows its window at once, and connects once access was allowed on a phone', async () => {
    const { runtime, window, outcome } = await connecting();
    await decideOnPhone(browser, (await scan(window.page))!, 'Allow');
    expect(valueOf(await outcome)).toBe('Morgan Reed');
    await runtime.until('Closing the sign-in window', () => window.closed || undefined);
    await runtime.close();
  });

  it('tells Cancel and a closed window apart', async () => {
    const cancelled = await connecting();
    await cancelled.window.page.getByRole('button', { name: 'Cancel' }).click();
    expect((await cancelled.outcome).error).toMatchObject({ code: 'SIGN_IN_CANCELLED' });
    await cancelled.runtime.close();
    const closed = await connecting();
    await closed.window.page.close();
    expect((await closed.outcome).error).toMatchObject({ code: 'SIGN_IN_WINDOW_CLOSED' });
    await closed.runtime.close();
  });
});
