/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
/** A record that comes up to call or write to somebody, and the log of it. The record is one of the embedded org. */
import { TextDecoder, TextEncoder } from 'node:util';
import type { OpensOn } from '../../src/channel/protocol.ts';
import { ApiRequestError } from '../../src/client/errors.ts';
import type { Subscription } from '../../src/client/subscription.ts';
import type { WritingApi } from '../../src/record-view/recordApi.ts';
import { RecordViewApp } from '../../src/record-view/recordViewApp.ts';
import type { EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { until } from '../support/until.ts';

// The org runs in Node.js, which has these; jsdom has not.
Object.assign(globalThis, { TextDecoder, TextEncoder });
const { openEmbeddedOrg, orgUrl } = await import('../intents/embeddedOrg.ts');

let org: EmbeddedOrg;
let ada: string;

beforeAll(async () => {
  org = await openEmbeddedOrg();
});
beforeEach(() => {
  ada = org.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Called-Test',
    Phone: '+44 20 7946 0001',
    MobilePhone: '+44 7700 900001 ext 7',
    Email: 'ada+crm@engines.example',
  });
});

const opened: RecordViewApp[] = [];
// Each listens to the one window that there is.
afterEach(() => opened.splice(0).forEach((app) => app.leave('signedOut')));

const call: OpensOn = { kind: 'call', numbers: [] };

async function open(opensOn: OpensOn = call, { id = ada, type = 'Contact' } = {}) {
  document.body.innerHTML = '<div id="root"></div>';
  history.replaceState(null, '', location.pathname);
  const root = document.getElementById('root')!;
  const now = { person: 'Morgan', answer: false, asked: [] as string[], unsaved: false, refuses: '' };
  const api: WritingApi = {
    orgUrl,
    currentUser: { Id: '005000000000001AAA' },
    async executeApiRequest<T>(path: string, method?: string, data?: unknown) {
      if (now.refuses !== '' && method === 'POST' && path.includes('/sobjects/Task'))
        throw new ApiRequestError(now.refuses, 503, {});
      const { status, body } = org.send(path, method as 'GET', data);
      if (status >= 400) throw new ApiRequestError('refused', status, { data: body });
      return { status, data: body as T };
    },
  };
  const subscription = { state: 'live', asOf: new Date(), end: () => undefined } as unknown as Subscription<{
    Id: string;
  }>;
  const app = new RecordViewApp({
    root,
    announce: () => undefined,
    reportChoice: async () => undefined,
    reportShown: () => undefined,
    forgetChoice: async () => undefined,
    cancelWriting: async () => undefined,
    onUnsavedWork: (unsaved) => (now.unsaved = unsaved),
    ask: async ({ title }) => {
      now.asked.push(title);
      return now.answer;
    },
    open: async () => ({
      api,
      watch: () => subscription,
      state: { kind: 'record', type, id, opensOn },
      person: now.person,
    }),
  });
  opened.push(app);
  await app.start();
  const panel = () => root.querySelector('.contacting');
  await until(() => panel() !== null);
  const links = () =>
    [...root.querySelectorAll<HTMLAnchorElement>('.ways a')].map(({ textContent, href }) => [
      textContent?.replaceAll(/\s+/g, ' ').trim(),
      href,
    ]);
  const button = (label: string) =>
    [...root.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === label);
  const field = (name: string) => root.querySelector<HTMLInputElement>(`#log-field-${name}`);
  async function begin(label: string): Promise<void> {
    button(label)!.click();
    await until(() => field('Subject') !== null);
  }
  function type_(name: string, value: string): void {
    field(name)!.value = value;
    field(name)!.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  const logged = () =>
    org.request(
      `/services/data/vXX.X/query?q=${encodeURIComponent(
        `SELECT Subject, ActivityDate, Description, Status, TaskSubtype, WhoId, WhatId, AccountId FROM Task WHERE WhoId = '${id}' OR WhatId = '${id}'`,
      )}`,
    ) as unknown as { data: { records: object[] } };
  return { app, root, now, panel, links, button, begin, field, type: type_, logged };
}

describe('a record that comes up for a call', () => {
  it("has the record's numbers by the org's labels, and the focus on the first", async () => {
    const { links } = await open();
    expect(links()).toEqual([
      ['Business Phone: +44 20 7946 0001', 'tel:+442079460001'],
      ['Mobile Phone: +44 7700 900001 ext 7', 'tel:+447700900001;ext=7'],
    ]);
    expect(document.activeElement?.textContent).toContain('+44 20 7946 0001');
  });

  it('has a number that the app alone knows, and none twice', async () => {
    const { links } = await open({ kind: 'call', numbers: ['020 7946 0001', '+4930123456'] });
    expect(links().map(([text]) => text)).toEqual([
      expect.stringContaining('+44 20 7946 0001'),
      expect.stringContaining('+44 7700 900001'),
      'Number from the app: +4930123456',
    ]);
  });

  it('says of a person without a number that there is none', async () => {
    const id = org.create('Contact', { LastName: 'Silent-Test' });
    const { panel, links } = await open(call, { id });
    expect(links()).toEqual([]);
    expect(panel()!.textContent).toContain('Salesforce has no telephone number of Silent-Test');
  });

  it('says of a person that they do not want to be called', async () => {
    const id = org.create('Contact', { LastName: 'Quiet-Test', Phone: '1', DoNotCall: true });
    const { panel } = await open(call, { id });
    expect(panel()!.textContent).toContain('Quiet-Test does not want to be called');
    expect(document.activeElement?.id).toBe('heading');
  });

  it('logs the call only when the person saves it, with whom it was', async () => {
    const { root, field, type, button, logged, panel } = await open();
    // There is no telephone here.
    root.addEventListener('click', (event) => event.preventDefault(), { once: true });
    root.querySelector<HTMLAnchorElement>('.ways a')!.click();
    await until(() => field('Subject') !== null);
    expect(field('Subject')!.value).toBe('Call');
    expect(logged().data.records).toEqual([]);
    type('Subject', 'Call about the engine');
    type('ActivityDate', '2026-11-25');
    type('Description', 'She is fine.');
    button('Save in Salesforce')!.click();
    await until(() => panel()!.textContent!.includes('The call is logged.'));
    expect(logged().data.records).toMatchObject([
      {
        Subject: 'Call about the engine',
        ActivityDate: '2026-11-25',
        Description: 'She is fine.',
        Status: 'Completed',
        TaskSubtype: 'Call',
        WhoId: ada,
        WhatId: null,
      },
    ]);
  });

  it('logs what is about a company with it', async () => {
    const id = org.create('Account', { Name: 'Called plc', Phone: '+44 20 7946 0002' });
    const { begin, button, logged, panel } = await open(call, { id, type: 'Account' });
    await begin('Log a call');
    button('Save in Salesforce')!.click();
    await until(() => panel()!.textContent!.includes('The call is logged.'));
    expect(logged().data.records).toMatchObject([{ WhatId: id, WhoId: null, AccountId: id }]);
  });

  it('keeps what is typed where it cannot be saved, and says why', async () => {
    const { now, begin, button, type, field, logged, root } = await open();
    await begin('Log a call');
    type('Description', 'Kept');
    type('Subject', ' ');
    button('Save in Salesforce')!.click();
    await until(
      () => document.activeElement === field('Subject') && root.textContent?.includes('Complete this field.') === true,
    );
    type('Subject', 'Call');
    now.refuses = 'The org is being maintained.';
    button('Save in Salesforce')!.click();
    await until(() => root.querySelector('[role=alert]')?.textContent?.includes('being maintained') === true);
    expect(field('Description')!.value).toBe('Kept');
    now.refuses = '';
    button('Save in Salesforce')!.click();
    await until(() => logged().data.records.length === 1);
  });

  it('asks before what is typed in the log is lost', async () => {
    const { app, now, begin, button, type, field } = await open();
    await begin('Log a call');
    expect([app.hasUnsavedWork, now.unsaved]).toEqual([false, false]);
    type('Description', 'Half a sentence');
    expect([app.hasUnsavedWork, now.unsaved]).toEqual([true, true]);
    button('Cancel')!.click();
    await until(() => now.asked.length === 1);
    expect(field('Description')!.value).toBe('Half a sentence');
    now.answer = true;
    button('Cancel')!.click();
    await until(() => field('Description') === null);
    expect(now.unsaved).toBe(false);
  });

  it('asks before what is typed is lost by looking for the record anew', async () => {
    const { now, begin, button, type, field } = await open();
    await begin('Log a call');
    type('Description', 'Half a sentence');
    button('Refresh')!.click();
    await until(() => now.asked.length === 1);
    expect(field('Description')!.value).toBe('Half a sentence');
  });

  it('gives what was typed back to the same person after the org had ended the session, and to nobody else', async () => {
    const { app, now, begin, button, type, field, root } = await open();
    await begin('Log a call');
    type('Description', 'Between us');
    app.leave('signInRequired');
    expect(root.innerHTML).not.toContain('Between us');
    app.signedIn();
    await until(() => field('Description')?.value === 'Between us');
    app.leave('signInRequired');
    now.person = 'Somebody else';
    app.signedIn();
    await until(() => button('Log a call') !== undefined);
    expect(app.hasUnsavedWork).toBe(false);
  });
});

describe('a record that comes up for an e-mail', () => {
  const email: OpensOn = {
    kind: 'email',
    addresses: ['ADA+crm@engines.example'],
    others: [{ name: 'Bob', address: 'bob@looms.example' }, { name: 'Carl' }],
    subject: 'The engine',
    text: 'Line one\nLine two',
  };

  it('has a link for each address, to all others too, and says of whom none is known', async () => {
    const { links, panel } = await open(email);
    expect(links()).toEqual([
      [
        'Email: ada+crm@engines.example',
        'mailto:ada%2Bcrm@engines.example,bob@looms.example?subject=The%20engine&body=Line%20one%0D%0ALine%20two',
      ],
    ]);
    expect(panel()!.textContent).toContain('bob@looms.example');
    expect(panel()!.textContent).toMatch(/No address is known of\s+Carl/);
  });

  it('logs it with its subject and text', async () => {
    const { begin, button, logged, panel } = await open(email);
    await begin('Log an e-mail');
    button('Save in Salesforce')!.click();
    await until(() => panel()!.textContent!.includes('The e-mail is logged.'));
    expect(logged().data.records).toMatchObject([
      { Subject: 'Email: The engine', Description: 'Line one\nLine two', TaskSubtype: 'Email', WhoId: ada },
    ]);
  });

  it('has a text that is too long for a mail program to copy', async () => {
    const { root, links } = await open({ ...email, text: 'word '.repeat(1_000) });
    expect(links()[0]![1]).not.toContain('body=');
    expect(root.querySelector<HTMLTextAreaElement>('textarea[readonly]')!.value).toContain('word word');
  });

  it('says of a person without an address that there is none, and that one does not want e-mails', async () => {
    const id = org.create('Contact', { LastName: 'Unwritten-Test', HasOptedOutOfEmail: true });
    const { panel, links } = await open({ kind: 'email', addresses: [], others: [] }, { id });
    expect(links()).toEqual([]);
    expect(panel()!.textContent).toContain('Salesforce has no e-mail address of Unwritten-Test');
    expect(panel()!.textContent).toContain('does not want e-mails');
  });
});
