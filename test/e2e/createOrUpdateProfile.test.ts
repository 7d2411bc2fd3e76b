/** Apps have people and companies written to Salesforce, on the desk that `npm start` runs: the person decides. */
import { jest } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { closeRecordViews, raiseIn, recordViewWith } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(120_000);

const used = useDesk({ environment: { SANDBOX_CONTACTS: '60' } });
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

const raise = (context: { type: string }): Promise<unknown> => raiseIn(messages, 'CreateOrUpdateProfile', context);
const viewWith = (heading: string): Promise<Frame> => recordViewWith(page, used.desk, heading);

/** A person of the org whom no other test knows. */
async function make(values: { LastName: string; Email: string; Title?: string }): Promise<string> {
  return valueOf(
    await callAs(
      contacts,
      async ({ connect, record }, given) => record(await connect(), 'Contact').create({ FirstName: 'Ada', ...given }),
      values,
    ),
  );
}
async function read(id: string): Promise<Record<string, unknown>> {
  return valueOf(
    await callAs(
      contacts,
      async ({ connect, record }, of) =>
        record(await connect(), 'Contact', of).read(['Title', 'Phone', 'Email', 'LastName'], { maxAge: 0 }),
      id,
    ),
  );
}
/** Nobody has the same number: it is found by too. */
let numbers = 10;
const said = (name: string, members: object = {}) => ({
  type: 'fdc3.contact',
  name: `Ada ${name}`,
  id: { email: `${name.toLowerCase()}@engines.example` },
  phone: `+44 20 7946 00${(numbers += 1)}`,
  title: 'Baroness',
  ...members,
});

describe('CreateOrUpdateProfile on the desk', () => {
  it('fills by keyboard what is empty, and overwrites what somebody has filled only where it is ticked', async () => {
    const id = await make({ LastName: 'Filled', Email: 'filled@engines.example', Title: 'Countess' });
    const filled = said('Filled');
    const first = raise(filled);
    const view = await viewWith('Update Ada Filled?');
    await view.locator('#heading:focus').waitFor();
    const title = view.getByRole('checkbox', { name: 'Title: overwrite “Countess” by “Baroness”' });
    await title.waitFor();
    expect(await title.isChecked()).toBe(false);
    expect(await view.getByRole('checkbox', { name: /Phone: fill in/ }).isChecked()).toBe(true);
    await view.getByText('In Salesforce already: First Name, Last Name, Email.').waitFor();
    await view.locator('#heading').press('Control+Enter');
    expect(await first).toMatchObject({ status: 'Updated', context: { id: { SALESFORCE: id } } });
    expect(await read(id)).toMatchObject({ Title: 'Countess', Phone: filled.phone.replaceAll(' ', '') });
    await closeRecordViews(page);

    const second = raise(filled);
    const again = await viewWith('Update Ada Filled?');
    await again.getByRole('checkbox', { name: /^Title/ }).check();
    await again.getByRole('button', { name: 'Save in Salesforce' }).click();
    expect(await second).toMatchObject({ status: 'Updated' });
    expect(await read(id)).toMatchObject({ Title: 'Baroness' });
    await closeRecordViews(page);

    // The third time all is there: nobody is asked, and the app is told at once.
    expect(await raise(filled)).toMatchObject({
      status: 'Updated',
      message: 'Nothing was changed in Salesforce.',
      context: { id: { SALESFORCE: id } },
    });
    const third = await viewWith('Update Ada Filled?');
    await third.locator('#root').getByText('There is nothing to change.').waitFor();
  });

  it('opens the form of a new record for somebody whom nobody knows, and creates it once Salesforce accepts it', async () => {
    const result = raise(said('Unheard', { id: { email: 'unheard@engines' } }));
    const view = await viewWith('No contact matches “Ada Unheard”');
    await view.getByRole('button', { name: 'Save' }).click();
    await view.getByText('invalid email address').waitFor();
    expect(await view.locator('#field-Title').inputValue()).toBe('Baroness');
    await view.getByLabel('Email', { exact: true }).fill('unheard@engines.example');
    await view.getByRole('button', { name: 'Save' }).click();
    expect(await result).toMatchObject({
      status: 'Created',
      context: { name: 'Ada Unheard', id: { email: 'unheard@engines.example' } },
    });
  });

  it('has the person choose first where it may be somebody else, and lets them go back', async () => {
    const id = await make({ LastName: 'Doubtful', Email: 'other@engines.example' });
    const result = raise(said('Doubtful'));
    const chooser = await viewWith('Is this the contact you mean?');
    await chooser.getByRole('button', { name: /^Ada Doubtful/ }).click();
    const view = await viewWith('Update Ada Doubtful?');
    await view.getByRole('checkbox', { name: /^Email: overwrite “other@engines.example”/ }).waitFor();
    await view.getByRole('button', { name: 'Somebody else' }).click();
    await chooser.getByRole('button', { name: /^Ada Doubtful/ }).click();
    await view.getByRole('button', { name: 'Save in Salesforce' }).click();
    expect(await result).toMatchObject({ status: 'Updated', context: { id: { SALESFORCE: id } } });
    expect(await read(id)).toMatchObject({ Email: 'other@engines.example', Title: 'Baroness' });
  });

  it('writes nothing where the person cancels', async () => {
    const id = await make({ LastName: 'Cancelled', Email: 'cancelled@engines.example' });
    const result = raise(said('Cancelled'));
    const view = await viewWith('Update Ada Cancelled?');
    await view.getByRole('checkbox', { name: /^Title: fill in/ }).waitFor();
    await view.locator('#heading:focus').press('Escape');
    expect(await result).toBe('IntentHandlerRejected');
    expect(await read(id)).toMatchObject({ Title: null, Phone: null });

    const nobody = raise(said('Nobodyatall'));
    const form = await viewWith('No contact matches “Ada Nobodyatall”');
    await form.getByLabel('Last Name').fill('Typed');
    await form.getByRole('button', { name: 'Write nothing' }).click();
    await form.getByRole('button', { name: 'Discard' }).click();
    expect(await nobody).toBe('IntentHandlerRejected');
  });

  it('brings what is said of a company to its account', async () => {
    const result = raise({
      type: 'fdc3.organization',
      name: 'Grand Hotels & Resorts Ltd',
      id: {},
      website: 'https://grand.example',
    } as never);
    const view = await viewWith('Update Grand Hotels & Resorts Ltd?');
    await view.getByRole('checkbox', { name: /^Website: .*“https:\/\/grand\.example”/ }).check();
    await view.getByRole('button', { name: 'Save in Salesforce' }).click();
    expect(await result).toMatchObject({ status: 'Updated', context: { website: 'https://grand.example' } });
    await viewWith('Grand Hotels & Resorts Ltd');
  });
});
