/** The intents of a CRM, from an app that knows nothing of Salesforce to the record before the person. */
import type { Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { closeRecordViews, raiseIn, recordViewWith } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk();
let page: Page;
let messages: Frame;
/** An app that uses the client, to see what is in the org. */
let contacts: Frame;

beforeAll(async () => {
  page = await openDesk(await used.newContext(), used.desk);
  await signIn(page);
  messages = await appFrame(page, used.desk, 'intent-raiser');
  contacts = await appFrame(page, used.desk, 'contacts');
});
afterEach(() => closeRecordViews(page));

const raise = (intent: string, context: { type: string; [member: string]: unknown }): Promise<unknown> =>
  raiseIn(messages, intent, context);
const viewWith = (heading: string): Promise<Frame> => recordViewWith(page, used.desk, heading);

/** Rows of the org, as a person's app reads them. */
async function query<T>(statement: string): Promise<T[]> {
  const answer = await callAs(
    contacts,
    async (client, soql) => {
      const salesforce = await client.connect();
      const path = `/services/data/vXX.X/query?q=${encodeURIComponent(soql)}`;
      return (await salesforce.executeApiRequest<{ records: object[] }>(path)).data?.records;
    },
    statement,
  );
  return valueOf(answer) as T[];
}

describe('ViewInteractions', () => {
  it('shows the record with what is to come and what has been before all else, also after a choice', async () => {
    const contacts = ['Tim Barr', 'John Bond'].map((name) => ({ type: 'fdc3.contact', name, id: {} }));
    const result = raise('ViewInteractions', { type: 'fdc3.contactList', name: 'Both', contacts });
    const view = await viewWith('Which contact do you mean?');
    await view.getByRole('button', { name: /^Tim Barr/ }).click();
    expect(await result).toMatchObject({ type: 'fdc3.contact', name: 'Tim Barr' });
    await view.getByRole('region', { name: /^Past events, / }).waitFor();
    const headings = await view.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(headings.slice(0, 4).map((text) => text.replace(/ \(\d+\)$/, ''))).toEqual([
      'Open tasks',
      'Upcoming events',
      'Completed tasks',
      'Past events',
    ]);
    await view.getByText('Contact Information').waitFor();
  });

  it('shows those of a company', async () => {
    const company = { type: 'fdc3.organization', name: 'Grand Hotels & Resorts', id: {} };
    expect(await raise('ViewInteractions', company)).toMatchObject({ type: 'fdc3.organization' });
    const view = await viewWith('Grand Hotels & Resorts Ltd');
    await view.getByRole('region', { name: /^Open tasks, / }).waitFor();
    await view.getByRole('region', { name: /^Contacts, / }).waitFor();
  });
});

describe('salesforce.ViewRecord', () => {
  it('shows a record of any object by its 15-character id, and returns what it is', async () => {
    const [deal] = await query<{ Id: string; Name: string }>('SELECT Id, Name FROM Opportunity ORDER BY Id LIMIT 1');
    const result = await raise('salesforce.ViewRecord', {
      type: 'salesforce.record',
      id: { SALESFORCE_ID: deal!.Id.slice(0, 15) },
    });
    expect(result).toMatchObject({ objectType: 'Opportunity', name: deal!.Name, id: { SALESFORCE_ID: deal!.Id } });
    await (await viewWith(deal!.Name)).getByText('Opportunity', { exact: true }).first().waitFor();
  });

  it('tells the person on the desktop of a record that they cannot see', async () => {
    const unknown = { type: 'salesforce.record', name: 'Another deal', id: { SALESFORCE_ID: '0069Z00000abcde' } };
    expect(await raise('salesforce.ViewRecord', unknown)).toBe('IntentHandlerRejected');
    await page.getByText('wanted to show the record “Another deal”').waitFor();
    await page.getByText('The record that was asked for is not in this org, or you may not see it.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });
});
