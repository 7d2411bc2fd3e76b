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
