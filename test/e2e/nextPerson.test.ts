/**
 * Two people at one desk, one after the other, on the desk that `npm start` serves: the second sees nothing of the
 * first.
 */
import type { DesktopAgent } from '@finos/fdc3';
import { jest } from '@jest/globals';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { appFrame, callAs, openDesk, openSignedIn, valueOf } from './deskPage.ts';
import { findTraces } from './findTraces.ts';
import { raiseIn, recordViewWith, showView } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(180_000);

interface Person {
  Id: string;
  Name: string;
  Email: string | null;
  Account: { Name: string } | null;
}

/** What a person leaves who works with every page: records, searches, counts, and what they typed. */
const searches = ['zzqsearch-contact', 'zzqsearch-account', 'zzqsearch-record', 'zzqtyped-lastname', 'zzqtyped-name'];
/** What they leave in forms that are about to write, and in what the desktop says to them. */
const drafts = ['zzqdraft-edit', 'zzqdraft-log', 'zzqdraft-call', 'zzqdraft-title', 'zzqnotice'];

describe('the next person at the desk', () => {
  const used = useDesk({ environment: { SANDBOX_CONTACTS: '600' } });
  let context: BrowserContext;
  let page: Page;
  let contacts: Frame;
  let account360: Frame;
  let messages: Frame;
  /** Whom only Morgan may see, a banker's colleague of another region. */
  let hers: Person[];

  const findFrames = async () => {
    [contacts, account360, messages] = (await Promise.all(
      (['contacts', 'account-360', 'intent-raiser'] as const).map((site) => appFrame(page, used.desk, site)),
    )) as [Frame, Frame, Frame];
  };
  const allContacts = async () =>
    valueOf(
      await callAs(await appFrame(page, used.desk, 'contacts'), async ({ getConnection }) => {
        const connection = (await getConnection())!;
        const soql = encodeURIComponent(
          'SELECT Id, Name, Email, Account.Name FROM Contact ORDER BY LastName, FirstName, Id LIMIT 150',
        );
        return (await connection.executeApiRequest<{ records: Person[] }>(`/services/data/vXX.X/query?q=${soql}`)).data!
          .records;
      }),
    );
  const signOut = async ({ hasTyped = false } = {}) => {
    const left = messages;
    await page.getByRole('button', { name: 'Sign out for all apps' }).click();
    if (hasTyped) await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Not signed in to').waitFor();
    // It cannot forget by itself, so the desktop loads it anew.
    await until(() => left.isDetached());
    await findFrames();
  };
  const recordViews = () => page.frames().filter((frame) => frame.url().startsWith(used.desk.origins['record-view']));
  /** The record view that was opened as the nth. */
  const recordView = async (nth: number): Promise<Frame> => {
    const frame = page.locator(`iframe[src^="${used.desk.origins['record-view']}"]`).nth(nth);
    await frame.waitFor();
    return (await (await frame.elementHandle())!.contentFrame())!;
  };
  /** Ids, names and addresses of hers, and all she searched for or typed. */
  const marks = () => [
    ...new Set(hers.flatMap(({ Id, Name, Email, Account }) => [Id, Name, Email ?? Name, Account?.Name ?? Name])),
    ...searches,
    ...drafts,
    'of 600 contacts',
  ];
  const traces = () => findTraces(context, marks());

  async function viewOther(name: string, email: string): Promise<void> {
    await messages.getByLabel('Name', { exact: true }).fill(name);
    await messages.getByLabel('E-mail', { exact: true }).fill(email);
    await messages.getByRole('button', { name: 'View contact' }).click();
  }

  /** Works with every page until each shows something of hers. */
  async function leaveTraces(): Promise<void> {
    const [person] = hers as [Person];
    await viewOther(person.Name, person.Email!);
    await messages.getByRole('heading', { name: `Salesforce knows ${person.Name}` }).waitFor();
    await messages.getByLabel('Name', { exact: true }).fill('zzqtyped-name');
    const view = await recordView(0);
    await view.getByRole('heading', { name: person.Name }).first().waitFor();

    await messages.getByLabel('Conversation').selectOption('Who was that?');
    await messages.getByRole('button', { name: 'View Smith' }).click();
    const choice = await recordView(1);
    await choice.getByRole('searchbox', { name: /^Search/ }).fill('zzqsearch-record');
    await choice.getByText('zzqsearch-record').first().waitFor();
    await choice.getByRole('button', { name: 'New contact' }).click();
    await choice.getByLabel('Last Name').fill('zzqtyped-lastname');

    await contacts.getByRole('searchbox').fill(person.Name);
    await contacts.locator('#contacts .list-item').filter({ hasText: person.Name }).first().click();
    await contacts.getByRole('button', { name: 'Edit' }).click();
    await contacts.getByLabel('Last name').fill('zzqtyped-lastname');
    await contacts.getByRole('searchbox').fill('zzqsearch-contact');
    await contacts.getByText('No contact matches').first().waitFor();

    await account360.getByRole('heading', { name: person.Account!.Name }).waitFor();
    await account360.getByRole('button', { name: 'All accounts' }).click();
    await account360.getByRole('searchbox').fill('zzqsearch-account');
    await account360.getByText('No account matches').waitFor();
  }

  /** Leaves something in each form of a record view that is about to write, and a notice of the desktop. */
  async function leaveDrafts(): Promise<void> {
    const [{ Name, Email }] = hers as [Person];
    const view = await recordViewWith(page, used.desk, Name);
    await showView(page, view);
    await view.getByRole('button', { name: 'Edit', exact: true }).click();
    await view.locator('form.edit').getByLabel('Title', { exact: true }).fill('zzqdraft-edit');
    const contact = { type: 'fdc3.contact', name: Name, id: { email: Email! } };
    const open: Promise<unknown>[] = [
      raiseIn(contacts, 'StartCall', contact),
      raiseIn(contacts, 'CreateInteraction', {
        type: 'fdc3.interaction',
        participants: { type: 'fdc3.contactList', contacts: [contact] },
        interactionType: 'Call',
        description: 'zzqdraft-call',
      }),
      raiseIn(messages, 'CreateOrUpdateProfile', { ...contact, title: 'zzqdraft-title' }),
      raiseIn(messages, 'salesforce.ViewRecord', {
        type: 'salesforce.record',
        name: 'zzqnotice',
        id: { SALESFORCE_ID: '006000000000000AAA' },
      }),
    ];
    // Their page is loaded anew before some of them are answered.
    for (const answer of open) answer.catch(() => undefined);
    await page.getByText('zzqnotice').first().waitFor();
    await until(async () => {
      for (const one of recordViews()) {
        const log = one.locator('#log-begin');
        if ((await log.count()) === 0) continue;
        await showView(page, one);
        await log.click();
        await one.locator('#log-field-Subject').fill('zzqdraft-log');
        return true;
      }
      return false;
    });
    await page.frameLocator('iframe[title^="Log: "]').locator('#field-Subject').waitFor({ state: 'attached' });
    const update = await recordViewWith(page, used.desk, `Update ${Name}?`);
    await showView(page, update);
    await update.getByText('zzqdraft-title').first().waitFor();
  }

  const open = async (how = openDesk): Promise<void> => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await how(context, used.desk);
    await findFrames();
  };

  beforeAll(async () => {
    // So that a reload needs nobody.
    await used.desk.control.setApp(defaultConsumerKey, {
      adminApprovedOnly: true,
      approvedUsernames: [morgan.username, alex.username],
    });
    await open();
    await signIn(page, alex);
    const his = new Set((await allContacts()).flatMap(({ Name, Email, Account }) => [Name, Email, Account?.Name]));
    const said = await messages.evaluate(() => document.body.textContent ?? '');
    await signOut();
    await signIn(page, morgan);
    hers = (await allContacts())
      .filter(
        ({ Name, Email, Account }) =>
          [Name, Email, Account?.Name].every((text) => text && !his.has(text) && !said.includes(text)) &&
          !Name.includes('Smith'),
      )
      .slice(0, 12);
    expect(hers.length).toBeGreaterThan(4);
    await used.close(context);
  });
  beforeEach(async () => {
    await open(openSignedIn);
    await contacts.locator('#contacts .list-item').first().waitFor();
    await account360.locator('.list-item').first().waitFor();
  });
  afterEach(async () => {
    await used.desk.control.clearFaults();
    await used.close(context);
    await used.desk.control.revokeRefreshTokens();
  });

  const everywhere = async (work: () => Promise<void>) => {
    await work();
    for (const move of ['reload', 'back', 'forward'] as const) {
      if (move === 'reload') await page.reload();
      else if (move === 'back') await page.goto('about:blank').then(() => page.goBack());
      else await page.goForward().then(() => page.goBack());
      await findFrames();
      await work();
    }
  };

  it('sees nothing of the one before, whatever page, frame, title, field or storage, through reload, back and forward', async () => {
    await leaveTraces();
    await leaveDrafts();
    // Otherwise nothing below means anything.
    const left = await traces();
    for (const site of ['platform', 'contacts', 'account-360', 'intent-raiser', 'record-view'] as const) {
      expect([site, left.some((trace) => trace.startsWith(used.desk.origins[site]))]).toEqual([site, true]);
    }
    for (const draft of drafts) expect([draft, left.some((trace) => trace.includes(draft))]).toEqual([draft, true]);

    await signOut({ hasTyped: true });
    await everywhere(async () => {
      await page.getByText('Not signed in to').waitFor();
      for (const frame of [contacts, account360])
        await frame.getByRole('heading', { name: 'Not signed in to Salesforce' }).waitFor();
      expect(await findTraces(context, ['Morgan Reed', 'Alex Chen'])).toEqual([]);
      expect(await traces()).toEqual([]);
      expect(recordViews()).toEqual([]);
    });

    await signIn(page, alex);
    await everywhere(async () => {
      await page.getByText('Signed in', { exact: true }).waitFor();
      await contacts
        .getByText(/of \d+ contacts|\d+ contacts/)
        .first()
        .waitFor();
      await account360.locator('.list-item').first().waitFor();
      for (const frame of [contacts, account360]) {
        await frame.getByText('Connected as Alex Chen').waitFor();
        expect(await frame.getByText(/signed out|not signed in|has ended/i).count()).toBe(0);
      }
      expect(await traces()).toEqual([]);
    });

    // And the first nothing of the second, when it is her turn again.
    await messages.getByRole('button', { name: 'View Tim Barr' }).click();
    const view = await recordViewWith(page, used.desk, 'Tim Barr');
    await view.getByRole('button', { name: 'Edit', exact: true }).click();
    await view.locator('form.edit').getByLabel('Title', { exact: true }).fill('zzqhis-edit');
    // It has followed the record view.
    await account360.getByRole('button', { name: 'All accounts' }).click();
    for (const [frame, text] of [
      [contacts, 'zzqhis-contact'],
      [account360, 'zzqhis-account'],
    ] as const)
      await frame.getByRole('searchbox').fill(text);
    const ofHis = () => findTraces(context, ['zzqhis']);
    expect(new Set((await ofHis()).map((trace) => new URL(trace.split(' ', 1)[0]!).origin)).size).toBe(3);
    await signOut({ hasTyped: true });
    expect(await ofHis()).toEqual([]);
    await signIn(page, morgan);
    await contacts.locator('#contacts .list-item').first().waitFor();
    expect(await findTraces(context, ['zzqhis', ...searches, ...drafts])).toEqual([]);
    expect(recordViews()).toEqual([]);
  });

  it('gets no context that the one before has shared, on no channel', async () => {
    const shared = () =>
      account360.evaluate(async () => {
        const { fdc3 } = window as unknown as { fdc3: DesktopAgent };
        const channels = [(await fdc3.getCurrentChannel())!, await fdc3.getOrCreateChannel('a channel of the apps')];
        return Promise.all(
          channels.map(async (channel) => (await channel.getCurrentContext('fdc3.contact'))?.name ?? null),
        );
      });
    await contacts.evaluate(async () => {
      const { fdc3 } = window as unknown as { fdc3: DesktopAgent };
      await fdc3.broadcast({ type: 'fdc3.contact', name: 'Tim Barr' });
      await (
        await fdc3.getOrCreateChannel('a channel of the apps')
      ).broadcast({ type: 'fdc3.contact', name: 'John Bond' });
    });
    expect(await shared()).toEqual(['Tim Barr', 'John Bond']);
    await signOut();
    await signIn(page, alex);
    expect(await shared()).toEqual([null, null]);
  });

  it('gets no answer that the one before was still waiting for', async () => {
    const [person] = hers as [Person];
    await used.desk.control.resetCounts();
    await used.desk.control.setLatency(2_000);
    const asked = async () =>
      Object.entries((await used.desk.control.counts()).requests)
        .filter(([path]) => /\/(?:query|composite)/.test(path))
        .reduce((sum, [, count]) => sum + count, 0);
    /** Queries of one moment would be one request. */
    const asks = async (act: () => Promise<void>): Promise<void> => {
      const before = await asked();
      await act();
      await until(async () => (await asked()) > before);
    };
    await asks(() => contacts.getByRole('searchbox').fill(person.Name));
    await asks(() => account360.getByRole('searchbox').fill(person.Account!.Name));
    await asks(() => viewOther(person.Name, person.Email!));
    await signOut();
    await used.desk.control.clearFaults();
    await signIn(page, alex);
    await findFrames();
    await contacts.locator('#contacts .list-item').first().waitFor();
    expect(await traces()).toEqual([]);
  });

  it('is not shown what is left of somebody whose session the org has ended', async () => {
    await leaveTraces();
    await used.desk.control.revokeRefreshTokens();
    await contacts.getByRole('searchbox').fill('zzqsearch-contact2');
    await page.getByText('Sign-in required').waitFor();
    for (const view of recordViews())
      await view.getByText('You are signed out of Salesforce').waitFor({ state: 'attached' });
    await contacts.getByRole('heading', { name: 'Sign-in required' }).waitFor();
    const ofSalesforce = (['contacts', 'account-360', 'record-view'] as const).map((site) => used.desk.origins[site]);
    const isOfSalesforce = (trace: string) => ofSalesforce.some((origin) => trace.startsWith(origin));
    expect((await traces()).filter(isOfSalesforce)).toEqual([]);

    await used.desk.control.endBrowserSessions();
    await signIn(page, alex);
    await findFrames();
    await contacts.locator('#contacts .list-item').first().waitFor();
    expect(await traces()).toEqual([]);
    expect(recordViews()).toEqual([]);
    expect(await page.getByText('You are signed out').count()).toBe(0);
  });
});
