/** Two sample apps answer one intent: what a person is asked, by keyboard, and what is remembered. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { DesktopAgent } from '@finos/fdc3';
import { appFrame, openSignedIn } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

declare const fdc3: DesktopAgent;

const sample = useDesk({ environment: { SANDBOX_CONTACTS: '20' } });
let context: BrowserContext;
let page: Page;
let messages: Frame;
let contacts: Frame;

describe('a person', () => {
  beforeAll(async () => {
    context = await sample.newContext({ viewport: { width: 1440, height: 900 } });
    page = await openSignedIn(context, sample.desk);
    messages = await appFrame(page, sample.desk, 'intent-raiser');
    contacts = await appFrame(page, sample.desk, 'contacts');
    await contacts.locator('#contacts .list-item').first().waitFor();
  });
  afterAll(() => sample.close(context));
  beforeEach(async () => {
    const forget = page.getByRole('button', { name: 'Ask again which app' });
    if (await forget.isVisible()) await forget.click();
    await forget.waitFor({ state: 'detached' });
    const dismiss = messages.getByRole('button', { name: 'Dismiss' });
    if (await dismiss.isVisible()) await dismiss.click();
  });

  const dialog = () => page.getByRole('dialog', { name: 'Which app shall do this?' });
  const options = () => dialog().getByRole('option').allInnerTexts();
  const selected = () => dialog().getByRole('option', { selected: true }).innerText();
  const ask = async () => {
    await messages.getByRole('button', { name: /^Find in … another app: Tim Barr$/ }).click();
    await dialog().waitFor();
  };
  const said = (text: string) => messages.getByText(text).waitFor();

  it('is asked which of them, and goes through them and chooses by keyboard alone', async () => {
    await ask();
    expect(await options()).toEqual([
      expect.stringMatching(/Contacts\s+Find in the list of contacts\s+open/),
      expect.stringMatching(/Contacts\s+Find in the list of contacts\s+a new one/),
      expect.stringMatching(/Account 360\s+Show their company\s+open/),
      expect.stringMatching(/Account 360\s+Show their company\s+a new one/),
    ]);
    expect(await selected()).toContain('Contacts');
    await page.keyboard.press('End');
    expect(await selected()).toMatch(/Account 360[^]*a new one/);
    await page.keyboard.press('ArrowUp');
    expect(await selected()).toMatch(/Account 360[^]*open/);
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await said('Account 360 took care of Tim Barr.');
    const account360 = await appFrame(page, sample.desk, 'account-360');
    await account360.getByRole('heading', { name: 'Grand Hotels & Resorts Ltd' }).waitFor();
  });

  it('may decide against all of them, by Escape too, which the app is told as FDC3 has it', async () => {
    const raised = messages.evaluate(() =>
      fdc3
        .raiseIntent('northbridge.FindPerson', { type: 'fdc3.contact', name: 'Tim Barr' })
        .catch(({ message }: Error) => message),
    );
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    expect(await raised).toBe('UserCancelledResolution');
    await ask();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await said('You closed the choice, so nothing was done.');
  });

  it('is not asked again once they have said so, until they want to be', async () => {
    await ask();
    await dialog().getByLabel('Use this app from now on, without asking').check();
    await dialog().getByRole('option').first().click();
    await said('Contacts took care of Tim Barr.');
    await messages.getByRole('button', { name: /another app: John Bond$/ }).click();
    await said('Contacts took care of John Bond.');
    expect(await contacts.getByRole('searchbox').inputValue()).toBe('bond_john@grandhotels.com');
    await page.getByRole('button', { name: 'Ask again which app' }).click();
    await ask();
    await page.keyboard.press('Escape');
  });

  it('tells apart what is open of one app, by the titles of its panes, and gets another where they want that', async () => {
    await ask();
    await dialog()
      .getByRole('option', { name: /Contacts[^]*a new one/ })
      .click();
    await page.getByRole('region', { name: 'Contacts 2', exact: true }).waitFor();
    await messages.getByText(/Contacts took care of Tim Barr|Contacts could not|did not work/).waitFor();
    await ask();
    expect((await options()).slice(0, 3)).toEqual([
      expect.stringMatching(/^Contacts 2\s[^]*open/),
      expect.stringMatching(/^Contacts\s[^]*open/),
      expect.stringMatching(/^Contacts\s[^]*a new one/),
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Close Contacts 2' }).click();
    await page.getByRole('region', { name: 'Contacts 2', exact: true }).waitFor({ state: 'detached' });
  });
});
