/** Apps have interactions written to Salesforce, on the desk that `npm start` runs: the person sees them first. */
import { jest } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { until } from '../support/until.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { closeRecordViews, raiseIn } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(120_000);

const used = useDesk({
  environment: { SANDBOX_CONTACTS: '60' },
  providerOptions: { identifiers: { Activity: { SINGLETRACK: ['Interaction_Id__c'] } } },
});
let page: Page;
let messages: Frame;
let contacts: Frame;

beforeAll(async () => {
  page = await openDesk(await used.newContext(), used.desk);
  await signIn(page);
  messages = await appFrame(page, used.desk, 'intent-raiser');
  contacts = await appFrame(page, used.desk, 'contacts');
});
afterEach(() => closeRecordViews(page));

const tim = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } };
const john = { type: 'fdc3.contact', name: 'John Bond', id: { email: 'bond_john@grandhotels.com' } };
const zora = { type: 'fdc3.contact', name: 'Zora Quillfeather', id: { email: 'zora@moonbeam.example' } };
const call = (description: string, members: object = {}) => ({
  type: 'fdc3.interaction',
  participants: { type: 'fdc3.contactList', contacts: [tim, zora] },
  timeRange: { type: 'fdc3.timeRange', startTime: '2026-02-10T15:12:00Z', endTime: '2026-02-10T15:40:00Z' },
  interactionType: 'Call',
  description,
  ...members,
});

/** The answer that the app gets, or the message of its error. */
const raise = (context: { type: string }): Promise<unknown> => raiseIn(messages, 'CreateInteraction', context);

/** The record view that asks about this subject. */
async function asking(subject: string): Promise<Frame> {
  const frame = await page.waitForSelector(`iframe[title="Log: ${subject}"]`);
  const view = (await frame.contentFrame())!;
  await view.locator('#field-Subject').waitFor();
  return view;
}

interface Written {
  Id: string;
  Description: string | null;
  WhoCount: number;
  Who: { Name: string } | null;
  What: { Name: string } | null;
}

/** What is in Salesforce with this subject. */
async function written(type: 'Task' | 'Event', subject: string): Promise<Written[]> {
  return valueOf(
    await callAs(
      contacts,
      async ({ connect, query, soql, soqlName }, [object, text]) =>
        query<Written>(
          await connect(),
          soql`SELECT Id, Description, WhoCount, Who.Name, What.Name FROM ${soqlName(object)} WHERE Subject = ${text}`,
        ).toArray(),
      [type, subject] as const,
    ),
  );
}

describe('CreateInteraction on the desk', () => {
  it('writes a call by keyboard alone, with the contact, their account, and whom Salesforce does not know', async () => {
    const result = raise(call('Wants the term sheet'));
    const view = await asking('Wants the term sheet');
    await view.locator('#heading:focus').waitFor();
    await view.getByText('Not in Salesforce, and named in the comments: Zora Quillfeather.').waitFor();
    await view.locator('#heading').press('Control+Enter');
    expect(await result).toMatchObject({ type: 'fdc3.transactionResult', status: 'Created' });
    const [task] = await written('Task', 'Wants the term sheet');
    expect(task).toMatchObject({
      Who: { Name: 'Tim Barr' },
      What: { Name: 'Grand Hotels & Resorts Ltd' },
      Description: expect.stringContaining('Not in Salesforce: Zora Quillfeather (zora@moonbeam.example)'),
    });
    expect(await result).toMatchObject({ context: { id: { SALESFORCE: task?.Id } } });
    // The view goes on with the record.
    await view.getByText('Task Information').waitFor();
  });

  it('writes a meeting as an event with all who took part', async () => {
    const meeting = call('Refinancing', { interactionType: 'Meeting', participants: [tim, john] });
    const result = raise(meeting);
    const view = await asking('Refinancing');
    await view.locator('#field-Location').fill('Chicago');
    await view.getByRole('button', { name: 'Save in Salesforce' }).click();
    expect(await result).toMatchObject({ status: 'Created', context: { interactionType: 'Meeting' } });
    expect(await written('Event', 'Refinancing')).toMatchObject([{ WhoCount: 2, Who: { Name: 'Tim Barr' } }]);
  });

  it('says at its field what Salesforce refuses; nothing typed is lost, and it is written once that is mended', async () => {
    const result = raise(call('To be refused'));
    const view = await asking('To be refused');
    await view.locator('#field-Description').fill('Typed by hand');
    await view.locator('#field-Subject').evaluate((input: HTMLInputElement) => input.removeAttribute('maxlength'));
    await view.locator('#field-Subject').fill('x'.repeat(300));
    await view.locator('#field-Subject').press('Control+Enter');
    await view.locator('#field-Subject[aria-invalid="true"]:focus').waitFor();
    await view.getByText('data value too large').waitFor();
    await view.locator('#field-Subject').fill('Mended');
    await view.locator('#field-Subject').press('Control+Enter');
    expect(await result).toMatchObject({ status: 'Created' });
    expect(await written('Task', 'Mended')).toMatchObject([{ Description: 'Typed by hand' }]);
  });

  it('writes nothing where the person cancels, and asks before what they have typed is dropped', async () => {
    const atOnce = raise(call('Cancelled at once'));
    await (await asking('Cancelled at once')).locator('#heading:focus').press('Escape');
    // The desktop agent has one word for all that a handler throws.
    expect(await atOnce).toBe('IntentHandlerRejected');
    const result = raise(call('Cancelled'));
    const view = await asking('Cancelled');
    await view.locator('#field-Location, #field-Status').first().waitFor();
    await view.locator('#field-Subject').fill('Typed');
    await view.locator('#field-Subject').press('Escape');
    await view.getByRole('alertdialog', { name: 'Discard what you have typed?' }).waitFor();
    await view.getByRole('button', { name: 'Keep editing' }).click();
    expect(await view.locator('#field-Subject').inputValue()).toBe('Typed');
    await view.getByRole('button', { name: 'Cancel' }).click();
    await view.getByRole('button', { name: 'Discard' }).click();
    expect(await result).toBe('IntentHandlerRejected');
    await until(async () => (await page.getByRole('button', { name: /^Close / }).count()) === 0);
    expect(await written('Task', 'Cancelled')).toEqual([]);
    expect(await written('Task', 'Typed')).toEqual([]);
  });

  it.each([
    ['a mapped external id', { SINGLETRACK: 'ST-7' }],
    ['any other id', { conversation: 'c-7' }],
  ])('writes an interaction with %s once, also where it is asked for twice at a time', async (_which, id) => {
    const subject = `Once by ${Object.keys(id)[0]}`;
    const both = [raise(call(subject, { id })), raise(call(subject, { id }))];
    const view = await asking(subject);
    await view.getByRole('button', { name: 'Save in Salesforce' }).click();
    const [first, second] = (await Promise.all(both)) as { status: string; context: { id: { SALESFORCE: string } } }[];
    expect(first).toMatchObject({ status: 'Created' });
    expect(second?.context.id.SALESFORCE).toBe(first?.context.id.SALESFORCE);
    const later = await raise(call(subject, { id }));
    expect(later).toMatchObject({ status: 'Failed', context: { id: { SALESFORCE: first?.context.id.SALESFORCE } } });
    expect(await written('Task', subject)).toHaveLength(1);
  });
});
