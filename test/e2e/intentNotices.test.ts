/** What the person at the desk learns of intents that come to nothing, and when an intent may come (D12, D13, S17). */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { appFrame, openDesk, openSignedIn } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '50' } });
let context: BrowserContext;
let page: Page;
let messages: Frame;

async function open(how = openDesk): Promise<void> {
  context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  page = await how(context, used.desk);
  messages = await appFrame(page, used.desk, 'intent-raiser');
}
beforeEach(() => used.desk.control.clearFaults());
afterEach(() => used.close(context));

type Answer = { value?: unknown; error?: string };
const raise = (contextGiven: object, intent = 'ViewContact'): Promise<Answer> =>
  messages.evaluate(
    async ([name, given]) => {
      const { fdc3 } = window as unknown as {
        fdc3: { raiseIntent(intent: string, context: object): Promise<{ getResult(): Promise<unknown> }> };
      };
      try {
        return { value: await (await fdc3.raiseIntent(name, given)).getResult() };
      } catch (error) {
        return { error: (error as Error).message };
      }
    },
    [intent, contextGiven] as const,
  );

const nobody = { type: 'fdc3.contact', id: {} };
const searched = (name: string) => ({ type: 'fdc3.contact', name, id: {} });
const notices = () => page.locator('.intent-notice');
const views = () => page.locator(`iframe[src^="${used.desk.origins['record-view']}"]`);

describe('an intent that comes to nothing', () => {
  beforeEach(() => open());

  it('is told to the person, in a region that is read out, with a way on by the keyboard', async () => {
    expect((await raise(nobody)).error).toBeDefined();
    const region = page.locator('[aria-live="polite"]').filter({ has: notices() });
    await region.getByText('Messages wanted to show a contact.').waitFor();
    expect(await notices().innerText()).toContain(
      'neither a name, nor an e-mail, nor a telephone number, nor a Salesforce id',
    );
    await page
      .getByRole('group', { name: 'Messages wanted to show a contact.' })
      .getByRole('button', { name: 'Search for it' })
      .focus();
    await page.keyboard.press('Enter');
    await views().waitFor();
    expect(await notices().count()).toBe(0);
  });

  it('can be dismissed, and the keyboard goes on with what is left', async () => {
    await raise(nobody);
    await raise({ type: 'fdc3.organization', id: {} }, 'ViewAccount');
    await notices().nth(1).waitFor();
    await page.getByRole('button', { name: 'Dismiss: Messages wanted to show a contact.' }).focus();
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelectorAll('.intent-notice').length === 1);
    expect(await page.evaluate(() => document.activeElement?.closest('.intent-notice')?.textContent)).toContain(
      'wanted to show an account',
    );
    await page.getByRole('button', { name: /^Dismiss: / }).press('Enter');
    expect(await notices().count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.closest('.pane')?.id)).toMatch(/^pane-/);
  });

  it('can be tried again once the cause has passed', async () => {
    await signIn(page);
    await used.desk.control.answerWith({
      status: 400,
      body: '[{"errorCode":"QUERY_TIMEOUT","message":"Your query request was running for too long."}]',
      path: '/services/data/',
      times: 'always',
    });
    expect((await raise(searched('Nobody Known-Test'))).error).toBeDefined();
    await notices().getByText('Your query request was running for too long.').waitFor();
    await used.desk.control.clearFaults();
    await notices().getByRole('button', { name: 'Try again' }).click();
    await views().waitFor();
    expect(await notices().count()).toBe(0);
  });

  it('is not told when it was the person who cancelled, denied or closed', async () => {
    const opened = page.waitForEvent('popup');
    const raised = raise(searched('Nobody Known-Test'));
    await opened;
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await raised).error).toBeDefined();
    await signIn(page);
    const shown = raise(searched('Nobody Known-Test'));
    await views().waitFor();
    await page.getByRole('button', { name: 'Close Nobody Known-Test' }).click();
    expect((await shown).error).toBeDefined();
    // Told after those, if they were told at all.
    await raise(nobody);
    await notices().first().waitFor();
    expect(await notices().count()).toBe(1);
  });

  it('is forgotten at sign-out', async () => {
    await signIn(page);
    await raise(nobody);
    await notices().waitFor();
    await page.getByRole('button', { name: 'Sign out for all apps' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.intent-notice').length === 0);
  });
});

describe('an app that raises sixty intents unasked', () => {
  beforeEach(() => open(openSignedIn));

  it('opens four records, and the person is told', async () => {
    const refusals = messages.evaluate(async () => {
      const { fdc3 } = window as unknown as {
        fdc3: { raiseIntent(intent: string, context: object): Promise<{ getResult(): Promise<unknown> }> };
      };
      const raised = Array.from({ length: 60 }, async () =>
        (
          await fdc3.raiseIntent('ViewContact', { type: 'fdc3.contact', name: 'Nobody Known-Test', id: {} })
        ).getResult(),
      );
      return (
        await Promise.all(
          raised.slice(4).map((one) =>
            one.then(
              () => 'shown',
              (error: Error) => error.message,
            ),
          ),
        )
      ).filter((message) => message !== 'shown').length;
    });
    expect(await refusals).toBe(56);
    await page.getByText('Messages has 4 records open or on their way').waitFor();
    await page.waitForFunction(
      (origin) => document.querySelectorAll(`iframe[src^="${origin}"]`).length === 4,
      used.desk.origins['record-view'],
    );
    expect(await notices().count()).toBe(1);
  });
});

/** What the platform's own page needs to be let in comes to it when it is released. */
function holdTickets(): void {
  if (window !== window.top) return;
  const held: MessageEvent<{ type?: string } | null>[] = [];
  const hold = (event: MessageEvent<{ type?: string } | null>): void => {
    if (event.data?.type !== 'salesforce-interop.ticket') return;
    event.stopImmediatePropagation();
    held.push(event);
  };
  window.addEventListener('message', hold);
  Object.assign(window, {
    releaseTickets() {
      window.removeEventListener('message', hold);
      for (const { data, origin, source } of held)
        window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
    },
  });
}

describe('an intent that comes before the platform page has connected to the provider', () => {
  it('waits for it', async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addInitScript(holdTickets);
    page = await context.newPage();
    await page.goto(used.desk.url);
    messages = await appFrame(page, used.desk, 'intent-raiser');
    const opened = page.waitForEvent('popup');
    const raised = raise(searched('Nobody Known-Test'));
    const early = await Promise.race([
      raised.then(() => 'answered'),
      opened.then(() => 'opened'),
      page.waitForTimeout(1_500).then(() => 'waiting'),
    ]);
    expect(early).toBe('waiting');
    await page.evaluate(() => (window as unknown as { releaseTickets(): void }).releaseTickets());
    await opened.catch(() => page.getByRole('button', { name: 'Sign in to Salesforce' }).click());
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await raised).error).toBeDefined();
  });
});
