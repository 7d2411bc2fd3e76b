/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
/** What a person has typed into a record, whatever happens around them. The record is one of the embedded org. */
import { TextDecoder, TextEncoder } from 'node:util';
import { ApiRequestError } from '../../src/client/errors.ts';
import type { Subscription } from '../../src/client/subscription.ts';
import type { RecordViewState } from '../../src/channel/protocol.ts';
import type { WritingApi } from '../../src/record-view/recordApi.ts';
import { recordHash } from '../../src/record-view/recordHash.ts';
import { RecordViewApp } from '../../src/record-view/recordViewApp.ts';
import type { EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { until } from '../support/until.ts';

// The org runs in Node.js, which has these; jsdom has not.
Object.assign(globalThis, { TextDecoder, TextEncoder });
const { openEmbeddedOrg, orgUrl } = await import('../intents/embeddedOrg.ts');

let org: EmbeddedOrg;
let contact: string;
let other: string;

beforeAll(async () => {
  org = await openEmbeddedOrg();
});
beforeEach(() => {
  contact = org.create('Contact', { FirstName: 'Ada', LastName: 'Unsaved-Test', Title: 'Before' });
  other = org.create('Contact', { LastName: 'Other-Test' });
});

const opened: RecordViewApp[] = [];
// Each listens to the one window that there is.
afterEach(() => opened.splice(0).forEach((app) => app.leave('signedOut')));

/** A view of the contact before a person, who answers the questions that they are asked. */
async function open(state: RecordViewState = { kind: 'record', type: 'Contact', id: contact }) {
  document.title = 'Salesforce record';
  document.body.innerHTML = '<div id="root"></div>';
  history.replaceState(null, '', location.pathname);
  const root = document.getElementById('root')!;
  const now = { person: 'Ada', answer: false, asked: [] as string[], unsaved: false, chosen: [] as string[] };
  const api: WritingApi = {
    orgUrl,
    currentUser: { Id: '005000000000001AAA' },
    async executeApiRequest<T>(path: string, method?: string, data?: unknown) {
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
    reportChoice: async (_type, id) => void now.chosen.push(id),
    reportShown: () => undefined,
    forgetChoice: async () => undefined,
    cancelWriting: async () => undefined,
    onUnsavedWork: (unsaved) => (now.unsaved = unsaved),
    ask: async ({ title }) => {
      now.asked.push(title);
      return now.answer;
    },
    open: async () => ({ api, watch: () => subscription, state, person: now.person }),
  });
  opened.push(app);
  await app.start();
  const title = () => root.querySelector<HTMLInputElement>('#field-Title');
  const heading = () => root.querySelector('h1')?.textContent;
  async function edit(): Promise<void> {
    root.querySelector<HTMLButtonElement>('#edit')!.click();
    await until(() => title() !== null);
  }
  function type(text: string): void {
    title()!.value = text;
    title()!.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const go = (hash: string): void => {
    history.replaceState(null, '', hash);
    window.dispatchEvent(new Event('hashchange'));
  };
  const reload = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  return { app, now, root, title, heading, edit, type, go, reload };
}

const toOther = () => recordHash('Contact', other);

it('is asked for before another record is shown, and stays where the person wants to keep it', async () => {
  const { now, title, heading, edit, type, go } = await open();
  await edit();
  type('Typed');
  go(toOther());
  await until(() => now.asked.length === 1);
  expect([title()?.value, location.hash]).toEqual(['Typed', recordHash('Contact', contact)]);
  now.answer = true;
  go(toOther());
  await until(() => heading() === 'Other-Test');
  expect(location.hash).toBe(toOther());
});

it('is no matter of a question where nothing was typed', async () => {
  const { now, heading, edit, go, reload } = await open();
  await edit();
  expect(reload()).toBe(false);
  go(toOther());
  await until(() => heading() === 'Other-Test');
  expect(now.asked).toEqual([]);
});

it('lets browser and platform ask before the page is left, closed or loaded again', async () => {
  const { now, edit, type, reload } = await open();
  await edit();
  expect(now.unsaved).toBe(false);
  type('Typed');
  expect([reload(), now.unsaved]).toEqual([true, true]);
  type('Before');
  expect([reload(), now.unsaved]).toEqual([false, false]);
});

it('leaves the page when the session ends, and is back when the same person is', async () => {
  const { app, root, title, heading, edit, type, reload } = await open();
  await edit();
  type('A secret word');
  app.leave('signInRequired');
  expect(document.documentElement.outerHTML).not.toMatch(/secret word|Unsaved-Test/);
  expect([...root.querySelectorAll('input')]).toEqual([]);
  expect(reload()).toBe(true);
  app.signedIn();
  await until(() => title() !== null);
  expect([heading(), title()!.value]).toEqual(['Ada Unsaved-Test', 'A secret word']);
});

it('is back too when the session has ended twice', async () => {
  const { app, title, edit, type } = await open();
  await edit();
  type('Typed');
  app.leave('signInRequired');
  app.leave('signInRequired');
  app.signedIn();
  await until(() => title()?.value === 'Typed');
});

it('is dropped as soon as anybody else is there, for good', async () => {
  const { app, now, title, heading, edit, type, reload } = await open();
  await edit();
  type('A secret word');
  app.leave('signInRequired');
  now.person = 'Bob';
  app.signedIn();
  await until(() => heading() === 'Ada Unsaved-Test');
  expect([title(), reload()]).toEqual([null, false]);
  app.leave('signInRequired');
  now.person = 'Ada';
  app.signedIn();
  await until(() => heading() === 'Ada Unsaved-Test');
  expect(title()).toBeNull();
});

it('is dropped when the person signs out', async () => {
  const { app, title, edit, type, reload } = await open();
  await edit();
  type('A secret word');
  app.leave('signedOut');
  expect(reload()).toBe(false);
  app.signedIn();
  expect(title()).toBeNull();
});

it('is still there to copy when somebody has deleted the record meanwhile, which is said', async () => {
  contact = org.create('Contact', { FirstName: 'Ada', LastName: 'Deleted-Test', Title: 'Before' });
  const { root, title, edit, type } = await open();
  await edit();
  type('To copy');
  org.send(`/services/data/vXX.X/sobjects/Contact/${contact}`, 'DELETE');
  root.querySelector<HTMLFormElement>('form.edit')!.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  await until(() => root.querySelector('[role="alert"]') !== null);
  expect(root.querySelector('[role="alert"]')!.textContent).toContain('was deleted meanwhile');
  expect(title()!.value).toBe('To copy');
  expect(root.querySelector<HTMLButtonElement>('[type="submit"]')!.disabled).toBe(true);
});

it('is not dropped in silence where a lookup was typed into and nothing picked', async () => {
  const { root, now, edit } = await open();
  await edit();
  const search = root.querySelector<HTMLInputElement>('#field-ReportsToId')!;
  search.value = 'Grace';
  search.dispatchEvent(new Event('input', { bubbles: true }));
  await until(() => now.unsaved);
  root.querySelector<HTMLFormElement>('form.edit')!.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  await until(() => root.querySelector('#error-ReportsToId') !== null);
  expect(document.activeElement?.id).toBe('field-ReportsToId');
});

describe('of a new record', () => {
  const nobody: RecordViewState = { kind: 'none', type: 'Contact', query: 'Grace', suggested: { LastName: 'Hopper' } };

  /** The form, and something typed into one of its fields. */
  async function typed(text = 'A secret word') {
    const view = await open(nobody);
    view.root.querySelector<HTMLButtonElement>('#new-record')!.click();
    const input = (name: string) => view.root.querySelector<HTMLInputElement>(`#field-${name}`);
    await until(() => input('Title') !== null);
    function fill(name: string, value: string): void {
      input(name)!.value = value;
      input(name)!.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (text !== '') fill('Title', text);
    const press = (label: string): void =>
      [...view.root.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label)!.click();
    const save = (): unknown =>
      view.root
        .querySelector('form[class*="stack"]')!
        .dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
    return { ...view, input, fill, press, save };
  }

  it('is asked for before the form is closed or another record is shown', async () => {
    const { now, input, press, go, heading, reload } = await typed();
    expect([now.unsaved, reload()]).toEqual([true, true]);
    press('Cancel');
    await until(() => now.asked.length === 1);
    go(toOther());
    await until(() => now.asked.length === 2);
    expect([input('Title')?.value, location.hash]).toEqual(['A secret word', '']);
    now.answer = true;
    go(toOther());
    await until(() => heading() === 'Other-Test');
    expect([now.unsaved, location.hash]).toEqual([false, toOther()]);
  });

  it('is no matter of a question as long as only what the app knows is in it', async () => {
    const { now, input, press, reload } = await typed('');
    expect([input('LastName')?.value, reload()]).toEqual(['Hopper', false]);
    press('Cancel');
    await until(() => input('LastName') === null);
    expect([now.asked, document.activeElement?.id]).toEqual([[], 'new-record']);
  });

  it('leaves the page when the session ends, and is back when the same person is, who saves it', async () => {
    const { app, now, root, input, save, reload } = await typed();
    app.leave('signInRequired');
    expect(document.documentElement.outerHTML).not.toMatch(/secret word/);
    expect([[...root.querySelectorAll('input')], reload()]).toEqual([[], true]);
    app.signedIn();
    await until(() => input('Title')?.value === 'A secret word');
    save();
    await until(() => now.chosen.length === 1);
    const made = org.request(`/services/data/vXX.X/sobjects/Contact/${now.chosen[0]}`);
    expect(made).toMatchObject({ data: { LastName: 'Hopper', Title: 'A secret word' } });
    await until(() => !now.unsaved);
  });

  it('is dropped as soon as anybody else is there', async () => {
    const { app, now, root, input, reload } = await typed();
    app.leave('signInRequired');
    now.person = 'Bob';
    app.signedIn();
    await until(() => root.querySelector('#new-record') !== null);
    expect([input('Title'), reload()]).toEqual([null, false]);
  });

  it('is not sent while a lookup was typed into and nothing picked', async () => {
    const { now, root, fill, save } = await typed('');
    fill('AccountId', 'Typed and not picked');
    expect(now.unsaved).toBe(true);
    save();
    await until(() => root.querySelector('#error-AccountId') !== null);
    expect([document.activeElement?.id, now.chosen]).toEqual(['field-AccountId', []]);
  });
});
