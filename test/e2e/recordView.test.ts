/** Intents of one app end in a record before the person, on the desk that `npm start` runs. */
import type { Frame, Page } from 'playwright-core';
import { appFrame, openSignedIn } from './deskPage.ts';
import { closeRecordViews, raiseIn, recordViewWith } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk();
let page: Page;
let messages: Frame;
/** What the record view's own pages report. */
let complaints: string[];

beforeAll(async () => {
  page = await openSignedIn(await used.newContext(), used.desk);
  page.on('console', (message) => {
    const isOurs = message.location().url.startsWith(used.desk.origins['record-view']);
    if (isOurs && message.type() === 'error') complaints.push(message.text());
  });
  messages = await appFrame(page, used.desk, 'intent-raiser');
});
beforeEach(() => {
  complaints = [];
});
/** The page breaks none of its own rules. */
afterEach(() => expect(complaints).toEqual([]));
/** An app may have four records open: each test leaves room for the others'. */
afterEach(() => closeRecordViews(page));

const raise = (intent: string, context: { type: string; [member: string]: unknown }): Promise<unknown> =>
  raiseIn(messages, intent, context);
const viewWith = (heading: string): Promise<Frame> => recordViewWith(page, used.desk, heading);

describe('ViewContact on the desk', () => {
  it('shows the contact with its fields and related lists, and returns the enriched context', async () => {
    const result = await raise('ViewContact', {
      type: 'fdc3.contact',
      name: 'Tim Barr',
      id: { email: 'barr_tim@grandhotels.com' },
    });
    expect(result).toMatchObject({
      type: 'fdc3.contact',
      name: 'Tim Barr',
      company: { name: 'Grand Hotels & Resorts Ltd' },
    });
    const view = await viewWith('Tim Barr');
    await view.getByRole('link', { name: 'barr_tim@grandhotels.com' }).waitFor();
    await view.getByRole('heading', { name: /^Opportunities \(\d+\)$/ }).waitFor();
  });

  it('comes to the front when the same contact is asked for again, with what is typed in it', async () => {
    const tim = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } };
    const result = await raise('ViewContact', tim);
    const view = await viewWith('Tim Barr');
    await view.getByRole('button', { name: 'Edit', exact: true }).click();
    const title = view.getByLabel('Title', { exact: true });
    const before = await title.inputValue();
    await title.fill('Never saved');
    await raise('ViewContact', { type: 'fdc3.contact', name: 'John Bond', id: {} });
    await viewWith('John Bond');
    expect(await raise('ViewContact', tim)).toEqual(result);
    await page.waitForFunction(
      (url) => (document.activeElement as HTMLIFrameElement | null)?.src === url,
      view.url().split('#')[0]!,
    );
    expect(await title.inputValue()).toBe('Never saved');
    expect(page.frames().filter((frame) => frame.url().includes('viewId='))).toHaveLength(2);
    // With nothing unsaved it is closed without a question.
    await title.fill(before);
  });

  it('is one behind tabs where several are open: called by what it shows, reached and closed by keyboard', async () => {
    await raise('ViewContact', { type: 'fdc3.contact', name: 'Tim Barr', id: {} });
    const tim = await viewWith('Tim Barr');
    await raise('ViewContact', { type: 'fdc3.contact', name: 'John Bond', id: {} });
    await viewWith('John Bond');
    const tab = (name: string) => page.getByRole('tab', { name, exact: true });
    await tab('John Bond').waitFor();
    expect(await page.locator('.pane iframe:visible').count()).toBe(4);
    expect(await tim.locator('#heading').isVisible()).toBe(false);
    await tab('John Bond').press('ArrowLeft');
    await tim.locator('#heading').waitFor();
    expect(await tab('John Bond').getAttribute('aria-selected')).toBe('false');
    await tim.getByRole('link', { name: 'Grand Hotels & Resorts Ltd' }).first().click();
    await tab('Grand Hotels & Resorts Ltd').press('Delete');
    await tab('Grand Hotels & Resorts Ltd').waitFor({ state: 'detached' });
    // All fit again: nobody needs tabs, and the focus is in the one that was there before.
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.waitForFunction(() => document.activeElement?.matches('iframe[title="John Bond"]'));
  });

  it('lets the person choose by keyboard and returns the one chosen', async () => {
    const contacts = [
      { type: 'fdc3.contact', name: 'Tim Barr', id: {} },
      { type: 'fdc3.contact', name: 'John Bond', id: {} },
    ];
    const result = raise('ViewContact', { type: 'fdc3.contactList', name: 'Both of them', contacts });
    const view = await viewWith('Which contact do you mean?');
    const john = view.getByRole('button', { name: /^John Bond/ });
    await john.waitFor();
    while (!(await john.evaluate((button) => button === document.activeElement)))
      await view.locator('.candidate:focus').press('ArrowDown');
    await john.press('Enter');
    expect(await result).toMatchObject({ name: 'John Bond' });
    await viewWith('John Bond');
  });

  it('opens what was chosen for the same ids before, and asks again where that is not meant', async () => {
    const context = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'tim@elsewhere.example', FDS_ID: 'F-77' } };
    const first = raise('ViewContact', context);
    const chooser = await viewWith('Is this the contact you mean?');
    await chooser.getByText('another e-mail').waitFor();
    await chooser.getByRole('button', { name: /^Tim Barr/ }).click();
    expect(await first).toMatchObject({ name: 'Tim Barr' });
    await page.getByRole('button', { name: /^Close / }).click();

    expect(await raise('ViewContact', context)).toMatchObject({ name: 'Tim Barr' });
    const view = await viewWith('Tim Barr');
    await view.getByText('You have chosen this record before for “Tim Barr”.').waitFor();
    await view.getByRole('button', { name: 'Choose again' }).click();
    await viewWith('Is this the contact you mean?');
    await page.getByRole('button', { name: /^Close / }).click();

    const third = raise('ViewContact', context);
    await viewWith('Is this the contact you mean?');
    await page.getByRole('button', { name: /^Close / }).click();
    expect(await third).toBe('IntentHandlerRejected');
  });

  it('creates a contact nobody knows, after Salesforce has refused a wrong address', async () => {
    const result = raise('ViewContact', {
      type: 'fdc3.contact',
      name: 'Grace Hopper',
      id: { email: 'grace@navy' },
      company: 'Grand Hotels & Resorts Ltd',
    });
    const view = await viewWith('No contact matches “Grace Hopper”');
    await view.getByText('Salesforce knows no contacts for “Grace Hopper”.').waitFor();
    await view.getByRole('button', { name: 'New contact' }).click();
    await view.getByText('Grand Hotels & Resorts Ltd').first().waitFor();
    await view.getByRole('button', { name: 'Save' }).click();
    await view.getByText('invalid email address').waitFor();
    await view.getByLabel('Email', { exact: true }).fill('grace@grandhotels.example');
    await view.getByRole('button', { name: 'Save' }).click();
    expect(await result).toMatchObject({
      name: 'Grace Hopper',
      id: { email: 'grace@grandhotels.example' },
      company: { name: 'Grand Hotels & Resorts Ltd' },
    });
    await viewWith('Grace Hopper');
  });

  it('fails when the person closes the view without a choice', async () => {
    const result = raise('ViewContact', { type: 'fdc3.contact', name: 'Nobody Atall', id: {} });
    await viewWith('No contact matches “Nobody Atall”');
    await page.getByRole('button', { name: 'Close Nobody Atall' }).click();
    expect(await result).toBe('IntentHandlerRejected');
  });
});

describe('ViewAccount on the desk', () => {
  it('shows the account and, from there, one of its contacts', async () => {
    const result = await raise('ViewAccount', { type: 'fdc3.organization', name: 'Grand Hotels & Resorts', id: {} });
    expect(result).toMatchObject({ type: 'fdc3.organization', name: 'Grand Hotels & Resorts Ltd' });
    const view = await viewWith('Grand Hotels & Resorts Ltd');
    await view
      .getByRole('region', { name: /^Contacts, / })
      .getByRole('link')
      .first()
      .click();
    await view.getByText('Contact Information').waitFor();
  });
});
