/** What an app's frame may do to the desktop around it, beside what it needs. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signInOn } from '../../../sandbox/testing/signIn.ts';
import { appFrame, callAs, openDesk, valueOf } from '../deskPage.ts';
import { openOrigin, type Origin } from '../servePages.ts';
import { useDesk } from '../useDesk.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '50' } });
let elsewhere: Origin;
let context: BrowserContext;
let page: Page;
let contacts: Frame;

beforeAll(async () => {
  elsewhere = await openOrigin();
  elsewhere.files.set('/', { type: 'text/html', body: '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>' });
});
afterAll(() => elsewhere.close());
beforeEach(async () => {
  context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  page = await openDesk(context, used.desk);
  contacts = await appFrame(page, used.desk, 'contacts');
});
afterEach(() => used.close(context));

/** Puts a link into the app, for a person to click. */
const addLink = (attributes: Record<string, string>) =>
  contacts.evaluate((given) => {
    const link = Object.assign(document.createElement('a'), { textContent: 'A link of the app', ...given });
    document.body.prepend(link);
  }, attributes);
const clickLink = () => contacts.getByRole('link', { name: 'A link of the app' }).click();

describe('an app', () => {
  it.each(['_top', '_parent'])('cannot navigate the desktop away by a link with the target %s', async (target) => {
    await addLink({ href: elsewhere.url, target });
    const refused = context.waitForEvent(
      'console',
      (message) => /navigat/i.test(message.text()) && /sandbox/i.test(message.text()),
    );
    await clickLink();
    await refused;
    expect(page.url()).toBe(used.desk.url);
    await page.getByRole('heading', { name: 'Northbridge Desktop' }).waitFor();
  });

  it('cannot do so by script either, in the moment of a click', async () => {
    await addLink({ href: '#' });
    const outcome = contacts.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          document.querySelector('a')!.addEventListener('click', () => {
            try {
              window.top!.location.href = url;
              resolve('done');
            } catch (error) {
              resolve((error as Error).name);
            }
          });
        }),
      elsewhere.url,
    );
    await clickLink();
    expect(await outcome).toBe('SecurityError');
    expect(page.url()).toBe(used.desk.url);
  });

  it('can open windows of its own, which are as free as any, and lead its own frame on', async () => {
    await addLink({ href: elsewhere.url, target: '_blank', rel: 'noopener' });
    const byLink = context.waitForEvent('page');
    await clickLink();
    const opened = await byLink;
    await opened.getByRole('heading', { name: 'Elsewhere' }).waitFor();
    expect(await opened.evaluate(() => [window.opener, window.origin])).toEqual([null, elsewhere.url]);

    const byScript = context.waitForEvent('page');
    await contacts.evaluate((url) => void window.open(url, '_blank', 'popup'), elsewhere.url);
    expect(await (await byScript).evaluate(() => window.origin)).toBe(elsewhere.url);

    await contacts.evaluate(() => location.reload());
    await contacts.waitForFunction(() => 'fdc3' in window);
  });

  it('can sign in, ask the person and hand out files, as before', async () => {
    const opened = page.waitForEvent('popup');
    const connecting = callAs(contacts, async ({ connect }) => (await connect()).currentUser.Username);
    await signInOn(await opened);
    expect(valueOf(await connecting)).toBe('morgan.reed@northbridge.example');

    page.once('dialog', (dialog) => void dialog.accept());
    expect(await contacts.evaluate(() => window.confirm('Really?'))).toBe(true);

    await addLink({ href: 'data:text/csv,Name', download: 'contacts.csv' });
    const downloading = page.waitForEvent('download');
    await clickLink();
    expect((await downloading).suggestedFilename()).toBe('contacts.csv');
  });
});
