/** Live data as a person sees it in the sample apps, and as an app gets it through whatever happens. */
import { jest } from '@jest/globals';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { alex } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { appFrame, callAs, openSignedIn, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(120_000);

/** Events of a subscription that a page keeps. */
type Told = { kind: string; id?: string; record?: { LastName: string }; state?: string; error?: { code: string } }[];

describe('live data', () => {
  const used = useDesk({
    environment: { SANDBOX_CONTACTS: '60' },
    providerOptions: { pipeline: { live: { lookedAtMs: 1_000 } } },
  });
  const contexts: BrowserContext[] = [];

  /** A desk of its own, with somebody signed in. */
  async function open(): Promise<{ page: Page; contacts: Frame; account360: Frame; messages: Frame }> {
    const context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    contexts.push(context);
    const page = await openSignedIn(context, used.desk);
    const [contacts, account360, messages] = (await Promise.all(
      (['contacts', 'account-360', 'intent-raiser'] as const).map((site) => appFrame(page, used.desk, site)),
    )) as [Frame, Frame, Frame];
    await contacts.locator('#contacts .list-item').first().waitFor();
    return { page, contacts, account360, messages };
  }
  afterEach(async () => {
    for (const context of contexts.splice(0)) await used.close(context);
    await used.desk.control.endBrowserSessions();
  });

  const select = async (contacts: Frame, name: string): Promise<void> => {
    await contacts.getByRole('searchbox').fill(name);
    await contacts.locator('#contacts:not(:has(li + li)) .list-item').filter({ hasText: name }).click();
    await contacts.locator('#contact-name').getByText(name).waitFor();
  };
  const edit = async (contacts: Frame, field: string, value: string): Promise<void> => {
    await contacts.getByRole('button', { name: 'Edit' }).click();
    await contacts.getByLabel(field, { exact: true }).fill(value);
    await contacts.getByRole('button', { name: 'Save' }).click();
    await contacts.getByText('The contact was saved.').waitFor();
  };
  const setTitle = async (app: Frame, email: string, Title: string): Promise<void> => {
    const values = { email, Title };
    valueOf(
      await callAs(
        app,
        async ({ connect, query, record, soql }, { email, Title }) => {
          const salesforce = await connect();
          const found = query<{ Id: string }>(salesforce, soql`SELECT Id FROM Contact WHERE Email = ${email}`);
          const [{ Id }] = (await found.toArray()) as [{ Id: string }];
          await record(salesforce, 'Contact', Id).update({ Title });
        },
        values,
      ),
    );
  };
  const recordViewOf = async (page: Page): Promise<Frame> => {
    const frame = await page.waitForSelector(`iframe[src^="${used.desk.origins['record-view']}"]`);
    return (await frame.contentFrame())!;
  };

  it('an edit in Contacts shows in Account 360 and in the record view, marked and without a reload', async () => {
    const { page, contacts, account360, messages } = await open();
    await messages.getByRole('button', { name: 'View Tim Barr' }).click();
    const view = await recordViewOf(page);
    await view.getByText('Live').waitFor();
    await select(contacts, 'Tim Barr');
    await account360.getByText('Live').waitFor();
    await edit(contacts, 'Title', 'Chief of Everything');
    const row = account360.getByRole('region', { name: 'Contacts' }).locator('li', { hasText: 'Chief of Everything' });
    await row.and(account360.locator('.changed')).waitFor();
    await view.locator('.changed').getByText('Chief of Everything').waitFor();
    // The mark goes, and what was changed stays.
    await row.and(account360.locator(':not(.changed)')).waitFor();
    for (const name of ['Contacts found', 'Contact'])
      await contacts.getByRole('region', { name, exact: true }).getByText('Live').waitFor();
  });

  it('an edit made elsewhere in the org arrives in every view, and in the list of Contacts', async () => {
    const [here, elsewhere] = [await open(), await open()];
    await select(here.contacts, 'Tim Barr');
    await here.account360.getByText('Live').waitFor();
    await setTitle(elsewhere.contacts, 'barr_tim@grandhotels.com', 'Made elsewhere');
    await here.account360.getByText('Made elsewhere').waitFor();
    await here.contacts.locator('#contacts').getByText('Made elsewhere').waitFor();
    await here.contacts.getByRole('region', { name: 'Contact', exact: true }).getByText('Made elsewhere').waitFor();
  });

  it('a record that is shown again a moment later shows what has changed elsewhere meanwhile', async () => {
    const [here, elsewhere] = [await open(), await open()];
    const show = async (): Promise<Frame> => {
      await here.messages.getByRole('button', { name: 'View Tim Barr' }).click();
      const view = await recordViewOf(here.page);
      await view.locator('h1', { hasText: 'Tim Barr' }).waitFor();
      return view;
    };
    const first = await show();
    await here.page.getByRole('button', { name: /^Close / }).click();
    await until(() => first.isDetached());
    await setTitle(elsewhere.contacts, 'barr_tim@grandhotels.com', 'Between two views');
    const view = await show();
    await view.getByText('Between two views').waitFor();
    await view.getByText('Live').waitFor();
  });

  it('what a person types is never overwritten: they are told what has changed, and may take it over', async () => {
    const { contacts, account360 } = await open();
    await select(contacts, 'John Bond');
    await contacts.getByRole('button', { name: 'Edit' }).click();
    await contacts.getByLabel('Department', { exact: true }).fill('Typing');
    await setTitle(account360, 'bond_john@grandhotels.com', 'Somebody was faster');
    const notice = contacts.getByRole('status').filter({ hasText: 'Title is now “Somebody was faster”' });
    await notice.waitFor();
    const value = (label: string) => contacts.getByLabel(label, { exact: true }).inputValue();
    expect(await value('Department')).toBe('Typing');
    expect(await value('Title')).not.toBe('Somebody was faster');
    await contacts.getByRole('button', { name: 'Take it over' }).click();
    expect([await value('Department'), await value('Title')]).toEqual(['Typing', 'Somebody was faster']);
    expect(await notice.count()).toBe(0);
    await contacts.getByRole('button', { name: 'Save' }).click();
    await contacts.getByText('The contact was saved.').waitFor();
    await account360.getByText('Somebody was faster').waitFor();
  });

  /** Subscribes as an app, which keeps what it is told in its page. */
  const listen = async (app: Frame): Promise<void> => {
    valueOf(
      await callAs(app, async ({ connect, subscribe, soql }) => {
        const salesforce = await connect();
        const told: unknown[] = [];
        const statement = soql`SELECT Id, LastName FROM Contact ORDER BY Id LIMIT 3`;
        const live = subscribe<{ Id: string }>(salesforce, statement, (event) => {
          told.push(event.kind === 'end' ? { kind: 'end', error: { code: event.error.code } } : event);
        });
        Object.assign(window, { told, live });
        for (let tries = 0; tries < 600 && live.records.length === 0; tries += 1)
          await new Promise((resolve) => setTimeout(resolve, 50));
        if (live.records.length !== 3) throw new Error('nothing was told');
      }),
    );
  };
  const toldTo = (app: Frame): Promise<Told> => app.evaluate(() => (window as unknown as { told: Told }).told);
  /** What was told of data: kinds, and the last names. */
  const dataTo = async (app: Frame) =>
    (await toldTo(app)).filter(({ kind }) => kind !== 'state').map(({ kind, record }) => [kind, record?.LastName]);
  const stateOf = (app: Frame) => app.evaluate(() => (window as unknown as { live: { state?: string } }).live.state);
  const rename = async (app: Frame, LastName: string): Promise<void> => {
    valueOf(
      await callAs(
        app,
        async ({ connect, query, record, soql }, LastName) => {
          const salesforce = await connect();
          const [first] = await query<{ Id: string }>(
            salesforce,
            soql`SELECT Id FROM Contact ORDER BY Id LIMIT 1`,
          ).toArray();
          await record(salesforce, 'Contact', first!.Id).update({ LastName });
        },
        LastName,
      ),
    );
  };

  it('is told to an app once, through a reload of the provider, with what has changed meanwhile', async () => {
    const [here, elsewhere] = [await open(), await open()];
    await listen(here.contacts);
    const provider = here.page.frames().find((frame) => frame.url().startsWith(used.desk.origins.provider))!;
    const away = here.page.waitForRequest(`${used.desk.origins.provider}/config.json`);
    await provider.evaluate(() => location.reload()).catch(() => undefined);
    await away;
    await rename(elsewhere.contacts, 'Renamed meanwhile');
    await until(async () => (await dataTo(here.contacts)).length === 2, 60_000);
    await rename(here.account360, 'Renamed after');
    await until(async () => (await dataTo(here.contacts)).length === 3, 60_000);
    expect(await dataTo(here.contacts)).toEqual([
      ['data', undefined],
      ['updated', 'Renamed meanwhile'],
      ['updated', 'Renamed after'],
    ]);
  });

  it('goes on for the person who signs in again, and for nobody else', async () => {
    const { page, contacts } = await open();
    await listen(contacts);
    await page.getByRole('button', { name: 'Sign out for all apps' }).click();
    await until(async () => (await stateOf(contacts)) === 'signedOut');
    await signIn(page);
    await until(async () => (await stateOf(contacts)) === 'live', 30_000);
    await rename(await appFrame(page, used.desk, 'account-360'), 'In the next session');
    await until(async () => (await dataTo(contacts)).length === 2, 30_000);
    expect((await dataTo(contacts)).at(-1)).toEqual(['updated', 'In the next session']);

    await page.getByRole('button', { name: 'Sign out for all apps' }).click();
    await until(async () => (await stateOf(contacts)) === 'signedOut');
    await used.desk.control.endBrowserSessions();
    await signIn(page, alex);
    await until(async () => (await toldTo(contacts)).at(-1)?.kind === 'end', 30_000);
    expect((await toldTo(contacts)).at(-1)).toMatchObject({ error: { code: 'SESSION_ENDED' } });
    expect(await contacts.evaluate(() => (window as unknown as { live: { records: object[] } }).live.records)).toEqual(
      [],
    );
    expect(await dataTo(contacts)).toHaveLength(3);
  });

  it('goes on for a page when another that was told the same has left', async () => {
    const { page, contacts, account360 } = await open();
    await listen(contacts);
    await listen(account360);
    await contacts.evaluate(() => {
      location.href = 'about:blank';
    });
    await page.frameLocator(`iframe[src^="${used.desk.origins.contacts}"]`).locator('body:empty').waitFor();
    await rename(account360, 'Told to who is there');
    await until(async () => (await dataTo(account360)).length === 2, 30_000);
  });
});
