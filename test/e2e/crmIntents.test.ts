/** The intents of a CRM, from an app that knows nothing of Salesforce to the record before the person. */
import type { DesktopAgent } from '@finos/fdc3';
import type { Frame, Page } from 'playwright-core';
import { appFrame, callAs, openSignedIn, valueOf } from './deskPage.ts';
import { closeRecordViews, raiseIn, recordViewWith } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

declare const fdc3: DesktopAgent;

/** Which banker covers an account stands for what a bank holds for it. */
const coverage = {
  object: 'Coverage__c',
  label: 'Coverage',
  Account: 'Account__c',
  fields: ['Name', 'Product__c', 'Tier__c'],
  orderBy: 'Start_Date__c',
};
const used = useDesk({ providerOptions: { intents: { ViewHoldings: coverage } } });
let page: Page;
let messages: Frame;
/** An app that uses the client, to see what is in the org. */
let contacts: Frame;

beforeAll(async () => {
  page = await openSignedIn(await used.newContext(), used.desk);
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

describe('StartCall and StartEmail', () => {
  it('show the ways to call somebody, and log the call when the person saves it, by keyboard alone', async () => {
    const [tim] = await query<{ Id: string; Phone: string }>("SELECT Id, Phone FROM Contact WHERE Name = 'Tim Barr'");
    const result = await raise('StartCall', { type: 'fdc3.contact', name: 'Tim Barr', id: { SALESFORCE: tim!.Id } });
    expect(result).toMatchObject({ type: 'fdc3.contact', name: 'Tim Barr', phone: tim!.Phone });
    const view = await viewWith('Tim Barr');
    const number = view.getByRole('link', { name: `Business Phone: ${tim!.Phone}` });
    await number.waitFor();
    expect(await number.getAttribute('href')).toMatch(/^tel:\+?\d+$/);
    await view.locator('.ways a:focus').waitFor();
    await view.getByRole('button', { name: 'Log a call' }).press('Enter');
    await view.locator('#log-field-Subject:focus').fill('Call by keyboard');
    await view.locator('#log-field-Subject').press('Tab');
    await view.getByLabel('Comments').fill('He rang back.');
    await view.getByRole('button', { name: 'Save in Salesforce' }).press('Enter');
    await view.locator('.contacting').getByText('The call is logged.').waitFor();
    expect(
      await query(`SELECT Description, Status FROM Task WHERE WhoId = '${tim!.Id}' AND Subject = 'Call by keyboard'`),
    ).toMatchObject([{ Description: 'He rang back.', Status: 'Completed' }]);
    await view.getByRole('link', { name: /^Call by keyboard/ }).waitFor();
  });

  it('hand an e-mail with its subject and text to the mail program of the person, for all recipients', async () => {
    const contacts = [
      { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } },
      { type: 'fdc3.contact', name: 'Far Away', id: { email: 'far+away@elsewhere.example' } },
    ];
    const result = await raise('StartEmail', {
      type: 'fdc3.email',
      recipients: { type: 'fdc3.contactList', contacts },
      subject: 'Rooms & rates?',
      textBody: 'Dear both,\n50% off.',
    });
    expect(result).toMatchObject({ type: 'fdc3.email', recipients: { contacts: [{ phone: expect.any(String) }, {}] } });
    const view = await viewWith('Tim Barr');
    const link = view.getByRole('link', { name: 'Email: barr_tim@grandhotels.com' }).first();
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(
      'mailto:barr_tim@grandhotels.com,far%2Baway@elsewhere.example?subject=Rooms%20%26%20rates%3F&body=Dear%20both%2C%0D%0A50%25%20off.',
    );
    await view.getByText('It goes to these too:').waitFor();
  });
});

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

describe('an app that looks for a type of result', () => {
  it('finds the provider by it, for an intent and for a context', async () => {
    const found = await messages.evaluate(async () => {
      const contact = { type: 'fdc3.contact', id: {} };
      const appsOf = ({ apps }: { apps: { appId: string }[] }) => [...new Set(apps.map(({ appId }) => appId))];
      return {
        byIntent: appsOf(await fdc3.findIntent('StartCall', contact, 'fdc3.contact')),
        byContext: (await fdc3.findIntentsByContext(contact, 'fdc3.contact')).map(({ intent }) => intent.name),
        other: await fdc3.findIntent('StartCall', contact, 'fdc3.chart').catch((error: Error) => error.message),
      };
    });
    expect(found).toEqual({
      byIntent: ['salesforce-interop'],
      byContext: expect.arrayContaining(['ViewContact', 'StartCall']),
      other: 'NoAppsFound',
    });
    expect(found.byContext).not.toContain('ViewAccount');
  });
});

describe('ViewHoldings, which the configuration maps to an object', () => {
  it('shows the company with the rows of that object first, and its result tells the company', async () => {
    const [of] = await query<{ Name: string; Account__r: { Id: string; Name: string } }>(
      'SELECT Name, Account__r.Id, Account__r.Name FROM Coverage__c ORDER BY Start_Date__c DESC NULLS LAST LIMIT 1',
    );
    const { Id, Name } = of!.Account__r;
    const organization = { type: 'fdc3.organization', name: Name, id: { SALESFORCE: Id } };
    expect(await raise('ViewHoldings', organization)).toMatchObject({ type: 'fdc3.organization', name: Name });
    const view = await viewWith(Name);
    const first = view.locator('.related-card').first();
    await first.getByRole('heading', { name: /^Coverage/ }).waitFor();
    await first.getByRole('link', { name: of!.Name }).click();
    await view.getByText('Coverage Information').waitFor();
  });

  it('is found by its context and the type of its result, and ViewOrders, which is mapped to nothing, is not', async () => {
    const found = (intent: string) =>
      messages.evaluate(async (name) => {
        const organization = { type: 'fdc3.organization' };
        const { apps } = await fdc3.findIntent(name, organization, 'fdc3.organization').catch(() => ({ apps: [] }));
        return [...new Set(apps.map(({ appId }) => appId))];
      }, intent);
    expect(await found('ViewHoldings')).toEqual(['salesforce-interop']);
    expect(await found('ViewOrders')).toEqual([]);
    expect(await raise('ViewOrders', { type: 'fdc3.organization', name: 'Dickenson plc' })).toBe('NoAppsFound');
  });
});
