/** Contexts on user channels, both ways, on the desk that `npm start` runs. */
import type { DesktopAgent } from '@finos/fdc3';
import { jest } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { appFrame, openSignedIn } from './deskPage.ts';
import { closeRecordViews, recordViewWith } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(120_000);

declare const fdc3: DesktopAgent;

const used = useDesk({ environment: { SANDBOX_CONTACTS: '60' } });
let page: Page;
let contacts: Frame;
let account360: Frame;
let messages: Frame;

beforeAll(async () => {
  page = await openSignedIn(await used.newContext({ viewport: { width: 1440, height: 900 } }), used.desk);
  [contacts, account360, messages] = (await Promise.all(
    (['contacts', 'account-360', 'intent-raiser'] as const).map((site) => appFrame(page, used.desk, site)),
  )) as [Frame, Frame, Frame];
});
beforeEach(() => contacts.locator('#contacts .list-item').first().waitFor());
afterEach(() => closeRecordViews(page));

const viewWith = (heading: string): Promise<Frame> => recordViewWith(page, used.desk, heading);
const follows = (view: Frame) => view.getByRole('checkbox', { name: 'Show what others share' });
/** Opens somebody in Contacts, which shares them. */
async function openInContacts(name: string): Promise<void> {
  await contacts.getByRole('searchbox').fill(name);
  await contacts.locator('#contacts:not(:has(li + li)) .list-item').filter({ hasText: name }).click();
  await contacts.getByRole('heading', { name }).waitFor();
}
/** A context that Messages shares, whatever its buttons offer. */
const share = (context: { type: string; [member: string]: unknown }) =>
  messages.evaluate((given) => fdc3.broadcast(given), context);

async function viewTim(): Promise<Frame> {
  await messages.getByRole('button', { name: 'View Tim Barr' }).click();
  const view = await viewWith('Tim Barr');
  await follows(view).waitFor();
  return view;
}

describe('a record view on the user channel of the apps', () => {
  it('tells them which record is opened, as contact or organization and as record, and not whom it has only found', async () => {
    await messages.evaluate(async () => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      await fdc3.addContextListener(null, (context, metadata) => void heard.push({ context, metadata }));
    });
    await messages.evaluate(() => (window as unknown as { heard: unknown[] }).heard.splice(0));
    const view = await viewTim();
    await account360.getByRole('heading', { name: 'Grand Hotels & Resorts Ltd' }).waitFor();
    await view.getByRole('link', { name: 'Grand Hotels & Resorts Ltd' }).first().click();
    await viewWith('Grand Hotels & Resorts Ltd');
    const heard = () => messages.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
    await until(async () => (await heard()).length === 4);
    const link = expect.stringMatching(/^http.*\/lightning\/r\/\w+\/\w{18}\/view$/);
    const source = expect.objectContaining({ appId: 'record-view' });
    expect(await heard()).toEqual(
      [
        {
          type: 'salesforce.record',
          name: 'Tim Barr',
          objectType: 'Contact',
          id: { SALESFORCE_ID: expect.stringMatching(/^003/), URI: link },
        },
        {
          type: 'fdc3.contact',
          name: 'Tim Barr',
          id: { email: 'barr_tim@grandhotels.com', SALESFORCE: expect.stringMatching(/^003/), URI: link },
        },
        expect.objectContaining({ type: 'salesforce.record', objectType: 'Account' }),
        {
          type: 'fdc3.organization',
          name: 'Grand Hotels & Resorts Ltd',
          id: { SALESFORCE: expect.stringMatching(/^001/), URI: link },
        },
      ].map((context) => ({ context, metadata: expect.objectContaining({ source }) })),
    );
  });

  it('follows them once the person says so by keyboard, and takes the focus from nobody', async () => {
    const view = await viewTim();
    await openInContacts('John Bond');
    expect(await view.locator('h1').textContent()).toContain('Tim Barr');
    await follows(view).focus();
    await page.keyboard.press('Space');
    expect(await follows(view).isChecked()).toBe(true);
    await openInContacts('Andy Young');
    await viewWith('Andy Young');
    await contacts.locator('#contact-name:focus').waitFor();
    expect(await contacts.evaluate(() => document.hasFocus())).toBe(true);
    // Back is where one has come from, also by what others share.
    await view.evaluate(() => history.back());
    await viewWith('Tim Barr');
    await share({ type: 'fdc3.organization', name: 'Dickenson plc', id: {} });
    await viewWith('Dickenson plc');
    await share({ type: 'fdc3.contact', name: 'Smith', id: {} });
    await view.getByText('“Smith” was shared. Which record that is, is not certain.').waitFor();
    expect(await view.locator('h1').textContent()).toContain('Dickenson plc');
  });

  it('drops nothing that is typed in it for what others share', async () => {
    const view = await viewTim();
    await follows(view).check();
    await view.getByRole('button', { name: 'Edit', exact: true }).click();
    await view.locator('form.edit').getByLabel('Title', { exact: true }).fill('Typed by hand');
    await openInContacts('John Bond');
    await view.getByText('“John Bond” was shared. It is not shown while something here is not saved.').waitFor();
    expect(await view.locator('form.edit').getByLabel('Title', { exact: true }).inputValue()).toBe('Typed by hand');
    await view.getByRole('button', { name: 'Cancel' }).click();
    await view.getByRole('button', { name: 'Discard' }).click();
    await openInContacts('Andy Young');
    await viewWith('Andy Young');
  });

  it('comes to rest with another that follows it too', async () => {
    const views = () => page.frames().filter((frame) => frame.url().startsWith(used.desk.origins['record-view']));
    const tims = await viewTim();
    await follows(tims).check();
    await messages.getByRole('button', { name: 'View John Bond' }).click();
    await until(() => views().length === 2);
    const johns = views().find((view) => view !== tims)!;
    // One of them may be behind a tab.
    const show = (heading: string) =>
      Promise.all(views().map((view) => view.locator('h1', { hasText: heading }).waitFor({ state: 'attached' })));
    await show('John Bond');
    await follows(johns).check();
    await openInContacts('Andy Young');
    await show('Andy Young');
    await johns.evaluate(() => history.back());
    await show('John Bond');
  });

  it('is put on another channel, or on none, in the view itself', async () => {
    const view = await viewTim();
    await follows(view).check();
    const channel = view.getByLabel('Channel');
    expect(await channel.evaluate((select: HTMLSelectElement) => select.value)).toBe('green');
    await channel.selectOption('None');
    await until(() => follows(view).isDisabled());
    await openInContacts('John Bond');
    await channel.selectOption('Green');
    await until(async () => !(await follows(view).isDisabled()));
    expect(await view.locator('h1').textContent()).toContain('Tim Barr');
    await openInContacts('Andy Young');
    await viewWith('Andy Young');
  });
});
