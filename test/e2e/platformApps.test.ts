/** The sample apps on the platform page, as a person uses them. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn, signInOn } from '../../sandbox/testing/signIn.ts';
import { appFrame, callAs, openDesk, openSignedIn, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '600' } });
let context: BrowserContext;
let page: Page;
let contacts: Frame;
let account360: Frame;
let messages: Frame;
let complaints: string[] = [];

async function open(how = openDesk): Promise<void> {
  context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  context.on('weberror', (error) => complaints.push(error.error().message));
  page = await how(context, used.desk);
  [contacts, account360, messages] = (await Promise.all(
    (['contacts', 'account-360', 'intent-raiser'] as const).map((site) => appFrame(page, used.desk, site)),
  )) as [Frame, Frame, Frame];
}
beforeEach(() => {
  complaints = [];
});

const recordView = async (): Promise<Frame> => {
  const element = await page.waitForSelector(`iframe[src^="${used.desk.origins['record-view']}"]`);
  const frame = await element.contentFrame();
  if (!frame) throw new Error('no record view');
  return frame;
};

describe('signed in', () => {
  // One desk, on which each test finds the app that it uses as it begins.
  beforeAll(() => open(openSignedIn));
  beforeEach(async () => {
    for (const app of [contacts, messages]) await app.goto(app.url());
    contacts = await appFrame(page, used.desk, 'contacts');
    messages = await appFrame(page, used.desk, 'intent-raiser');
    await contacts.locator('#contacts .list-item').first().waitFor();
    complaints = [];
  });
  afterAll(() => used.close(context));

  describe('Contacts', () => {
    it('pages through all contacts', async () => {
      const all = valueOf(
        await callAs(
          contacts,
          async ({ connect }) =>
            (
              await (
                await connect()
              ).executeApiRequest<{ totalSize: number }>('/services/data/vXX.X/query?q=SELECT+COUNT()+FROM+Contact')
            ).data!.totalSize,
        ),
      );
      expect(all).toBeGreaterThanOrEqual(600);
      await contacts.getByText(`200 of ${all} contacts`).first().waitFor();
      await contacts.getByRole('button', { name: 'Load more' }).click();
      await contacts.getByText(`400 of ${all} contacts`).first().waitFor();
      expect(await contacts.locator('#contacts .list-item').count()).toBe(400);
      // The button that had the focus is another one now.
      await contacts.locator('#contacts li:nth-child(201) .list-item:focus').waitFor();
    });

    it('shows the last search typed, whatever came before it', async () => {
      const search = contacts.getByRole('searchbox');
      await search.pressSequentially('Grand', { delay: 120 });
      await search.fill('Dickenson');
      await contacts.locator('#contacts .list-item').filter({ hasText: 'Andy Young' }).waitFor();
      await expect(contacts.locator('#contacts .list-item').filter({ hasNotText: 'Dickenson' }).count()).resolves.toBe(
        0,
      );
    });

    it('is used by keyboard alone: search, walk down the list, open', async () => {
      await contacts.getByRole('searchbox').fill('Tim Barr');
      // All contacts, of whom he is one, are listed until the search has been answered.
      await contacts.locator('#contacts:not(:has(li + li)) .list-item').filter({ hasText: 'Tim Barr' }).waitFor();
      await contacts.getByRole('searchbox').press('ArrowDown');
      await page.keyboard.press('Enter');
      await contacts.locator('#contact-name:focus').waitFor();
    });

    it('is one stop of the Tab key, however many are listed, and the one where the person was last', async () => {
      await contacts.locator('#contacts li:nth-child(150)').waitFor();
      await contacts.getByRole('searchbox').press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await contacts.locator('#contacts li:nth-child(2) .list-item:focus').waitFor();
      await page.keyboard.press('Tab');
      await contacts.locator('.more button:focus').waitFor();
      await page.keyboard.press('Shift+Tab');
      await contacts.locator('#contacts li:nth-child(2) .list-item:focus').waitFor();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowUp');
      await contacts.locator('#words:focus').waitFor();
    });

    it('closes with Escape what is open, and goes back to where it was opened', async () => {
      const first = contacts.locator('#contacts .list-item').first();
      await first.press('Enter');
      await contacts.locator('#contact-name:focus').waitFor();
      await contacts.getByRole('button', { name: 'Edit' }).press('Enter');
      await contacts.locator('#field-FirstName:focus').waitFor();
      await page.keyboard.press('Escape');
      await contacts.locator('#contact-name:focus').waitFor();
      await page.keyboard.press('Escape');
      await contacts.locator('#contacts li:first-child .list-item:focus').waitFor();
    });

    it('lists nothing of an earlier search while the last one has failed', async () => {
      await used.desk.control.answerWith({
        status: 400,
        body: '[{"errorCode":"QUERY_TIMEOUT","message":"Your query was running for too long."}]',
        path: '/(?:query|composite)',
        times: 'always',
      });
      try {
        await contacts.getByRole('searchbox').fill('Tim Barr');
        await contacts.getByText('Your query was running for too long.').waitFor();
        expect(await contacts.locator('#contacts .list-item').count()).toBe(0);
      } finally {
        await used.desk.control.clearFaults();
      }
      await contacts.getByRole('button', { name: 'Try again' }).click();
      await contacts.locator('#contacts .list-item').filter({ hasText: 'Tim Barr' }).waitFor();
      expect(await contacts.getByRole('alert').count()).toBe(0);
    });

    it('keeps who walks by keyboard in the list, when that gets shorter under them', async () => {
      await contacts.getByRole('searchbox').fill('');
      await contacts.locator('#contacts li + li').first().waitFor();
      await contacts.getByRole('searchbox').fill('Tim Barr');
      await contacts.getByRole('searchbox').press('ArrowDown');
      await contacts.locator('#contacts:not(:has(li + li)) .list-item:focus').filter({ hasText: 'Tim Barr' }).waitFor();
    });

    it("shows Salesforce's objection at the field, and saves once it is answered", async () => {
      await contacts.getByRole('button', { name: 'New contact' }).click();
      await contacts.getByLabel('Last name').fill('Fernweh');
      await contacts.getByLabel('E-mail', { exact: true }).fill('not an address');
      await contacts.getByRole('button', { name: 'Save' }).click();
      await contacts.locator('#error-Email').getByText('invalid email address').waitFor();
      expect(await contacts.evaluate(() => document.activeElement?.id)).toBe('field-Email');
      await contacts.getByLabel('E-mail', { exact: true }).fill('fernweh@example.com');
      await contacts.getByRole('button', { name: 'Save' }).click();
      await contacts.getByText('The contact was created.').waitFor();
      await contacts.getByRole('button', { name: 'Edit' }).click();
      await contacts.getByLabel('Title').fill('Treasurer');
      await contacts.getByRole('button', { name: 'Save' }).click();
      await contacts.getByText('The contact was saved.').waitFor();
      await contacts.getByText('Treasurer').first().waitFor();
      // Chromium itself reports each answer with an error status; there is none of ours.
      expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([]);
    });
  });

  describe('Account 360', () => {
    it('follows the contact picked in another app to the company, with everything around it', async () => {
      await contacts.getByRole('searchbox').fill('Tim Barr');
      await contacts.locator('#contacts .list-item').filter({ hasText: 'Tim Barr' }).click();
      await account360.getByRole('heading', { name: 'Grand Hotels & Resorts Ltd' }).waitFor();
      const people = account360.getByRole('region', { name: 'Contacts' });
      await people.getByText('John Bond').waitFor();
      for (const list of ['Opportunities', 'Cases', 'Activities'])
        await account360.getByRole('region', { name: list }).waitFor();
      expect(complaints).toEqual([]);
    });
  });

  describe('Account 360, of what it cannot show', () => {
    it('says of a contact without a company that no account belongs to them', async () => {
      await callAs(contacts, async ({ connect, record }) =>
        record(await connect(), 'Contact').create({ FirstName: 'Nora', LastName: 'Nocompany' }),
      );
      await contacts.getByRole('searchbox').fill('Nocompany');
      await contacts.locator('#contacts .list-item').filter({ hasText: 'Nora Nocompany' }).click();
      await account360.getByText('No account in Salesforce belongs to Nora Nocompany.').waitFor();
      expect(complaints).toEqual([]);
    });

    it('says that there are more accounts than it lists', async () => {
      await callAs(contacts, async ({ connect, records }) =>
        records(await connect(), 'Account').create(
          Array.from({ length: 51 }, (_, index) => ({ Name: `Fiftyone ${String(index)}` })),
        ),
      );
      // It follows what was shared last: from there the way back is to all accounts.
      await contacts.getByRole('searchbox').fill('Tim Barr');
      await contacts.locator('#contacts .list-item').filter({ hasText: 'Tim Barr' }).click();
      await account360.getByRole('heading', { name: 'Grand Hotels & Resorts Ltd' }).waitFor();
      await account360.getByRole('button', { name: 'All accounts' }).click();
      await account360.getByRole('searchbox').fill('Fiftyone');
      await account360.getByText('The first 50 accounts. Search for others by name.').first().waitFor();
      expect(await account360.locator('.list .list-item').count()).toBe(50);
    });
  });

  describe('Messages, which knows nothing of Salesforce', () => {
    it('gets the person shown and the enriched context back', async () => {
      await messages.getByRole('button', { name: 'View Tim Barr' }).click();
      await messages.getByRole('heading', { name: 'Salesforce knows Tim Barr' }).waitFor();
      await messages.getByText('SVP, Administration and Finance').first().waitFor();
      const view = await recordView();
      await view.getByRole('heading', { name: 'Tim Barr' }).waitFor();
      await page.waitForFunction(
        (origin) => document.activeElement?.getAttribute('src')?.startsWith(origin) === true,
        used.desk.origins['record-view'],
      );
      await page.getByRole('button', { name: 'Close Tim Barr' }).click();
      expect(await page.locator(`iframe[src^="${used.desk.origins['record-view']}"]`).count()).toBe(0);
    });

    it('is told when the person closes the choice without one', async () => {
      await messages.getByLabel('Conversation').selectOption('Who was that?');
      await messages.getByRole('button', { name: 'View Zora Quillfeather' }).click();
      await recordView();
      await page.getByRole('button', { name: /^Close Zora/ }).click();
      await messages.getByText('did not work').waitFor();
    });
  });
});

it('signs out for all apps', async () => {
  await open(openSignedIn);
  await contacts.getByText('Connected as').waitFor();
  await account360.getByText('Connected as').waitFor();
  await page.getByRole('button', { name: 'Sign out for all apps' }).click();
  await contacts.getByText('You signed out of Salesforce.').waitFor();
  await account360.getByText('You signed out of Salesforce.').waitFor();
  await page.getByText('Not signed in to').waitFor();
  await used.close(context);
});

it('leaves the focus in the bar of who signs out and in again there', async () => {
  await open(openSignedIn);
  await page.getByRole('button', { name: 'Sign out for all apps' }).press('Enter');
  await page.locator('.top-actions button:focus').getByText('Sign in', { exact: true }).waitFor();
  const opened = page.waitForEvent('popup');
  await page.keyboard.press('Enter');
  await signInOn(await opened);
  await page.locator('.top-actions button:focus').getByText('Sign out for all apps').waitFor();
  await used.close(context);
});

describe('not signed in yet', () => {
  beforeEach(() => open());
  afterEach(() => used.close(context));

  describe('the sign-in window', () => {
    it('leaves a way back in after Cancel', async () => {
      const opened = page.waitForEvent('popup');
      await contacts.getByRole('button', { name: 'Connect to Salesforce' }).click();
      const popup = await opened;
      await page.getByRole('button', { name: 'Cancel' }).click();
      await contacts.getByText('cancelled').waitFor();
      await contacts.getByRole('button', { name: 'Connect to Salesforce' }).waitFor();
      if (!popup.isClosed()) await popup.waitForEvent('close');
    });
  });

  describe('Account 360', () => {
    it('keeps a context that came before signing in, and follows it afterwards', async () => {
      await messages.getByRole('button', { name: 'Share Grand Hotels & Resorts Ltd' }).click();
      await signIn(page);
      await account360.getByRole('heading', { name: 'Grand Hotels & Resorts Ltd' }).waitFor();
    });
  });

  describe('the platform page', () => {
    it('shows one app at a time behind tabs on a narrow screen, and never scrolls sideways', async () => {
      await page.setViewportSize({ width: 375, height: 740 });
      await page.getByRole('tab', { name: 'Contacts' }).press('ArrowRight');
      await account360.getByRole('button', { name: 'Connect to Salesforce' }).waitFor();
      expect(await page.getByRole('tab', { name: 'Account 360' }).getAttribute('aria-selected')).toBe('true');
      expect(await page.locator('#pane-contacts').isVisible()).toBe(false);
      for (const frame of [page.mainFrame(), account360]) {
        expect(
          await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBe(0);
      }
    });

    it('says so when the desktop is open in another tab already', async () => {
      const second = await context.newPage();
      await second.goto(used.desk.url);
      await second.getByRole('alert').getByText('open in another tab').waitFor();
      await second.getByRole('status').getByText('Not running in this tab').waitFor();
      expect(await second.getByText(/Starting|Connecting|Looking for/).count()).toBe(0);
      await page.close();
      await second.getByRole('button', { name: 'Try again' }).click();
      await second.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    });

    it('leaves no page of its waiting when one is opened by itself, without the desktop', async () => {
      for (const site of ['contacts', 'account-360', 'intent-raiser', 'record-view'] as const) {
        const alone = await context.newPage();
        await alone.goto(`${used.desk.origins[site]}/?viewId=any`);
        await alone
          .getByRole('alert')
          .getByText('This page is not part of a desktop. Open it from the platform page.')
          .waitFor();
        await alone.close();
      }
    });

    it('says what is wrong when the provider cannot start, and offers to start it again', async () => {
      await page.close();
      const other = await context.newPage();
      await other.route(`${used.desk.origins.provider}/config.json`, (route) =>
        route.fulfill({ contentType: 'application/json', body: '{"brokerUrl":"nonsense"}' }),
      );
      await other.goto(used.desk.url);
      await other.getByText('The Salesforce provider did not start.').waitFor();
      await other.unroute(`${used.desk.origins.provider}/config.json`);
      await other.getByRole('button', { name: 'Start it again' }).click();
      await other.getByRole('button', { name: 'Sign in' }).waitFor();
    });
  });
});
