/** A person edits a record in the record view, on the desk that `npm start` runs, while others edit it too. */
import { jest } from '@jest/globals';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { alex } from '../support/orgBrowser.ts';
import { appFrame, callAs, openSignedIn, valueOf } from './deskPage.ts';
import { closeRecordViews } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(120_000);

const used = useDesk({
  environment: { SANDBOX_CONTACTS: '60' },
  orgOptions: { duplicateRules: true },
  providerOptions: { pipeline: { live: { lookedAtMs: 1_000 } } },
});
const contexts: BrowserContext[] = [];

/** A desk of its own, where somebody has Tim Barr's record open. */
async function open(who?: Parameters<typeof openSignedIn>[2], viewport = { width: 1440, height: 900 }) {
  const context = await used.newContext({ viewport });
  contexts.push(context);
  const page = await openSignedIn(context, used.desk, who);
  return { page, view: await viewTim(page) };
}
async function viewTim(page: Page): Promise<Frame> {
  const messages = await appFrame(page, used.desk, 'intent-raiser');
  await messages.getByRole('button', { name: 'View Tim Barr' }).click();
  const view = await recordViewOf(page);
  await view.getByText('Live').waitFor();
  return view;
}
async function recordViewOf(page: Page): Promise<Frame> {
  const frame = await page.waitForSelector(`iframe[src^="${used.desk.origins['record-view']}"]`);
  return (await frame.contentFrame())!;
}
afterEach(async () => {
  for (const context of contexts.splice(0)) await used.close(context);
  await used.desk.control.endBrowserSessions();
});

const field = (view: Frame, label: string) => view.locator('form.edit').getByLabel(label, { exact: true });
const fieldSaying = (view: Frame, label: string, text: string) =>
  view.locator('dl > div', { has: view.getByText(label, { exact: true }) }).getByText(text);

/** Somebody changes Tim Barr by the API. */
async function change(app: Frame, values: Record<string, unknown>): Promise<void> {
  valueOf(
    await callAs(
      app,
      async ({ connect, query, record, soql }, given) => {
        const salesforce = await connect();
        const found = query<{ Id: string }>(
          salesforce,
          soql`SELECT Id FROM Contact WHERE Email = 'barr_tim@grandhotels.com'`,
        );
        const [{ Id }] = (await found.toArray()) as [{ Id: string }];
        await record(salesforce, 'Contact', Id).update(given);
      },
      values,
    ),
  );
}

/** Each in a record view of its own, in which nothing that was typed is left. */
describe('on one desk', () => {
  let page: Page;
  let contacts: Frame;
  let view: Frame;
  beforeAll(async () => {
    page = await openSignedIn(await used.newContext({ viewport: { width: 1440, height: 900 } }), used.desk);
    contacts = await appFrame(page, used.desk, 'contacts');
  });
  beforeEach(async () => {
    view = await viewTim(page);
  });
  afterEach(() => closeRecordViews(page));
  afterAll(() => used.close(page.context()));

  describe('editing by keyboard alone', () => {
    it('begins with E on the record, saves with Control and Enter, and comes back to the record', async () => {
      await view.locator('#heading:focus').press('e');
      await view.locator('form.edit :focus').waitFor();
      await field(view, 'Department').fill('By keyboard');
      await page.keyboard.press('Control+Enter');
      await view.getByText('Saved.').first().waitFor();
      await fieldSaying(view, 'Department', 'By keyboard').waitFor();
      await view.locator('#heading:focus').waitFor();
    });

    it('goes to the field that Salesforce objects to, which says why', async () => {
      await view.getByRole('button', { name: 'Edit' }).click();
      await view.locator('#field-LastName').fill('');
      await view.locator('#field-LastName').press('Control+Enter');
      await view.locator('#field-LastName[aria-invalid="true"]:focus').waitFor();
      await view.locator('#field-LastName').fill('Barr');
      await field(view, 'Email').fill('no address');
      await field(view, 'Email').press('Control+Enter');
      const email = view.locator('#field-Email[aria-invalid="true"]:focus');
      await email.waitFor();
      await view
        .locator(`#${await email.getAttribute('aria-describedby')}`)
        .getByText('invalid email')
        .waitFor();
      await email.press('Escape');
      await view.getByRole('button', { name: 'Discard' }).click();
      await view.locator('#edit:focus').waitFor();
    });

    it('refers to another record, which is found by typing and picked by arrow and Enter', async () => {
      await view.getByRole('button', { name: 'Edit' }).click();
      const reportsTo = view.locator('#field-ReportsToId');
      await reportsTo.pressSequentially('bond');
      await view.getByRole('option', { name: 'John Bond' }).waitFor();
      await reportsTo.press('ArrowDown');
      await reportsTo.press('Enter');
      await view.locator('#field-ReportsToId:focus').press('Control+Enter');
      await fieldSaying(view, 'Reports To', 'John Bond').waitFor();
    });

    it('ends with Escape: at once when nothing was typed, and else when the person lets go of it', async () => {
      await view.locator('#heading:focus').press('Enter');
      await view.locator('form.edit :focus').press('Escape');
      await view.locator('#edit:focus').waitFor();
      await page.keyboard.press('Enter');
      await field(view, 'Title').fill('Typed');
      await page.keyboard.press('Escape');
      await view.getByRole('alertdialog', { name: 'Discard what you have typed?' }).waitFor();
      await page.keyboard.press('Escape');
      expect(await field(view, 'Title').inputValue()).toBe('Typed');
      await view.locator('#field-Title:focus').press('Escape');
      await view.getByRole('button', { name: 'Discard' }).click();
      await view.locator('#edit:focus').waitFor();
      await view.getByText('Typed').waitFor({ state: 'detached' });
    });
  });

  describe('a duplicate rule', () => {
    it('shows the records that it takes for the same, and saves all the same when the person says so', async () => {
      await view.getByRole('button', { name: 'Edit' }).click();
      await field(view, 'Email').fill('bond_john@grandhotels.com');
      await field(view, 'Email').press('Control+Enter');
      await view.getByRole('link', { name: 'John Bond' }).waitFor();
      await view.getByRole('button', { name: 'Save anyway' }).click();
      await fieldSaying(view, 'Email', 'bond_john@grandhotels.com').waitFor();
      await view.getByRole('button', { name: 'Edit' }).click();
      await field(view, 'Email').fill('barr_tim@grandhotels.com');
      await field(view, 'Email').press('Control+Enter');
      await fieldSaying(view, 'Email', 'barr_tim@grandhotels.com').waitFor();
    });
  });

  it('changes of other fields merge by themselves, and the second is told', async () => {
    await view.getByRole('button', { name: 'Edit' }).click();
    await field(view, 'Title').fill('Merged');
    await change(contacts, { Department: 'Of somebody else' });
    await field(view, 'Title').press('Control+Enter');
    await view.getByText('What somebody else has changed meanwhile was kept: Department.').first().waitFor();
    await fieldSaying(view, 'Title', 'Merged').waitFor();
    await fieldSaying(view, 'Department', 'Of somebody else').waitFor();
  });
});

describe('two people who edit one record', () => {
  it('the second is told at the field while typing, chooses, and nothing is overwritten unseen', async () => {
    const [here, there] = [await open(), await open(alex)];
    await here.view.getByRole('button', { name: 'Edit' }).click();
    await field(here.view, 'Title').fill('Mine');
    const before = await field(here.view, 'Department').boundingBox();
    await there.view.getByRole('button', { name: 'Edit' }).click();
    await field(there.view, 'Title').fill('Theirs');
    await field(there.view, 'Department').fill('Theirs too');
    await field(there.view, 'Title').press('Control+Enter');
    await there.view.getByText('Saved.').first().waitFor();

    await here.view.getByText(/changed to “Theirs” by /).waitFor();
    expect(await field(here.view, 'Title').inputValue()).toBe('Mine');
    expect(await field(here.view, 'Department').boundingBox()).toEqual(before);
    await field(here.view, 'Title').press('Control+Enter');
    const title = here.view.getByRole('radiogroup', { name: 'Title' });
    await title.getByRole('radio', { name: /Mine/ }).check();
    const department = here.view.getByRole('radiogroup', { name: 'Department' });
    expect(await department.getByRole('radio', { name: /Theirs too/ }).isChecked()).toBe(true);
    await here.view.getByRole('button', { name: 'Save what is chosen' }).click();
    await fieldSaying(here.view, 'Title', 'Mine').waitFor();
    await fieldSaying(here.view, 'Department', 'Theirs too').waitFor();
    await fieldSaying(there.view, 'Title', 'Mine').waitFor();
  });
});

describe('what was typed and is not saved', () => {
  /** What each test types is its own: one of them saves it. */
  async function typed(text: string) {
    const { page, view } = await open();
    await view.getByRole('button', { name: 'Edit' }).click();
    await field(view, 'Title').fill(text);
    return { page, view };
  }
  const goBack = async (page: Page) => {
    await page.getByRole('alertdialog', { name: 'Discard what is not saved?' }).waitFor();
    await page.keyboard.press('Escape');
  };

  it('is asked for before its pane is closed, and before everybody is signed out', async () => {
    const { page, view } = await typed('Typed and closed');
    await page.getByRole('button', { name: 'Close Tim Barr' }).click();
    await goBack(page);
    await page.getByRole('button', { name: 'Sign out for all apps' }).click();
    await goBack(page);
    expect(await field(view, 'Title').inputValue()).toBe('Typed and closed');
    await page.getByRole('button', { name: 'Sign out for all apps' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(page.frames().filter((frame) => frame.url().startsWith(used.desk.origins['record-view']))).toEqual([]);
  });

  it('is asked for by the browser before the desktop is loaded again', async () => {
    const { page, view } = await typed('Typed and loaded again');
    const asked = page.waitForEvent('dialog');
    const reloading = page.evaluate(() => location.reload()).catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await reloading;
    expect(await field(view, 'Title').inputValue()).toBe('Typed and loaded again');
    page.on('dialog', (again) => void again.accept());
  });

  it('is there again for the person whose session an administrator has ended, and was in no page meanwhile', async () => {
    const { page, view } = await typed('Typed and ended');
    await used.desk.control.revokeRefreshTokens();
    await used.desk.control.expireAccessTokens();
    await view.getByText('You are signed out of Salesforce').waitFor();
    for (const frame of page.frames())
      expect(await frame.evaluate(() => document.documentElement.outerHTML)).not.toContain('Typed and ended');
    await signIn(page);
    await field(view, 'Title').waitFor();
    expect(await field(view, 'Title').inputValue()).toBe('Typed and ended');
    await field(view, 'Title').press('Control+Enter');
    await fieldSaying(view, 'Title', 'Typed and ended').waitFor();
  });

  it('is not there for anybody else', async () => {
    const { page, view } = await typed('Typed by her');
    await used.desk.control.revokeRefreshTokens();
    await used.desk.control.expireAccessTokens();
    await view.getByText('You are signed out of Salesforce').waitFor();
    await used.desk.control.endBrowserSessions();
    await signIn(page, alex);
    const again = await viewTim(page);
    expect(await again.locator('form.edit').count()).toBe(0);
    for (const frame of page.frames())
      expect(await frame.evaluate(() => document.documentElement.outerHTML)).not.toContain('Typed by her');
  });
});
