/** The search of the desktop (Control+K), as a person with a keyboard uses it. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { alex } from '../support/orgBrowser.ts';
import { appFrame, openDesk, openSignedIn } from './deskPage.ts';
import { closeRecordViews, recordViewWith } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '40' } });

const search = (page: Page) => page.getByRole('combobox', { name: 'Search Salesforce' });
const option = (page: Page, name: RegExp) => page.getByRole('option', { name });

describe('signed in', () => {
  let context: BrowserContext;
  let page: Page;
  let contacts: Frame;

  beforeAll(async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await openSignedIn(context, used.desk);
    contacts = await appFrame(page, used.desk, 'contacts');
    // The log of a call asks, once it has been read, before what is in it is lost.
    await page.addLocatorHandler(page.getByRole('button', { name: 'Discard' }), (discard) => discard.click());
  });
  afterEach(async () => {
    await page.keyboard.press('Escape');
    await search(page).waitFor({ state: 'detached' });
    await closeRecordViews(page);
  });
  afterAll(() => used.close(context));

  it('opens from within an app, and Escape leads back to where the person was', async () => {
    await contacts.getByRole('searchbox').click();
    await page.keyboard.press('Control+k');
    await search(page).waitFor();
    expect(await search(page).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await search(page).waitFor({ state: 'detached' });
    await contacts.waitForFunction(() => document.hasFocus() && document.activeElement?.matches('[type="search"]'));
  });

  it('finds as one types, and Enter opens the record in a view that has the focus', async () => {
    await page.keyboard.press('Control+k');
    await search(page).fill('tim ba');
    await option(page, /^Tim Barr/).waitFor();
    const active = await search(page).getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    const view = await recordViewWith(page, used.desk, 'Tim Barr');
    await view.waitForFunction(() => document.hasFocus());
    expect(await search(page).count()).toBe(0);
  });

  it('logs a call with whom it has found by the keyboard alone', async () => {
    await page.keyboard.press('Control+k');
    await search(page).fill('tim barr');
    await option(page, /^Tim Barr/).waitFor();
    await page.keyboard.press('Alt+l');
    await page.locator('iframe[title="Log: Call with Tim Barr"]').waitFor();
  });

  it('searches in one kind of object only', async () => {
    await page.keyboard.press('Control+k');
    await search(page).fill('grand hotels');
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await option(page, /Opportunity/)
      .first()
      .waitFor({ state: 'detached' });
    await option(page, /^Grand Hotels & Resorts Ltd/).waitFor();
  });

  it('says that nothing was found', async () => {
    await page.keyboard.press('Control+k');
    await search(page).fill('nobody-knows-this');
    await page.locator('.found-none', { hasText: 'Salesforce knows nothing for “nobody-knows-this”.' }).waitFor();
  });
});

it('leads to the sign-in, and goes on with what was typed; the next person sees nothing of it', async () => {
  const context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await openDesk(context, used.desk);
  await page.getByRole('button', { name: 'Search Salesforce' }).click();
  await search(page).fill('tim barr');
  await option(page, /^Sign in to Salesforce/).waitFor();
  const window = context.waitForEvent('page');
  await page.keyboard.press('Enter');
  await signInOn(await window);
  await option(page, /^Tim Barr/).waitFor();
  await page.keyboard.press('Enter');
  await recordViewWith(page, used.desk, 'Tim Barr');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Search Salesforce' }).click();
  await option(page, /^Tim Barr/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sign out for all apps' }).click();
  const next = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await signInOn(await next, alex);
  await page.getByText('Signed in', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Search Salesforce' }).click();
  await page.locator('.search-found[aria-busy="false"]').waitFor();
  await page.locator('.found-none').waitFor();
  expect(await page.content()).not.toContain('Tim Barr');
  await used.close(context);
});
