/** @jest-environment jsdom */
import type { RecordViewState } from '../../src/channel/protocol.ts';
import type { WritingApi } from '../../src/record-view/recordApi.ts';
import { RecordViewApp } from '../../src/record-view/recordViewApp.ts';
import type { Watch } from '../../src/record-view/shownRecord.ts';
import { until } from '../support/until.ts';

const record: RecordViewState = {
  kind: 'choose',
  type: 'Contact',
  query: 'Smith',
  candidates: [
    {
      type: 'Contact',
      id: '003000000000001AAA',
      name: 'Quinn Smith',
      details: [{ label: 'Company', value: 'Vexley plc' }],
      agrees: ['same family name'],
      differs: ['another company: Vexley plc'],
    },
  ],
  hasMore: true,
  notFound: ['Nobody Vexing'],
  suggested: {},
};

/** A view before a person; what it asks Salesforce is answered when the test says so. */
async function openView() {
  document.title = 'Salesforce record';
  document.body.innerHTML = '<div id="root"></div>';
  const root = document.getElementById('root')!;
  const announced: string[] = [];
  const asked: { path: string; answer: (data: unknown) => void; fail: (error: Error) => void }[] = [];
  let opened = 0;
  const api = {
    orgUrl: 'https://acme.my.salesforce.com',
    executeApiRequest: (path: string) =>
      new Promise((answer, fail) => asked.push({ path, answer: (data) => answer({ data }), fail })),
  } as unknown as WritingApi;
  const watch: Watch = () => {
    throw new Error('No record is shown here');
  };
  const app = new RecordViewApp({
    root,
    announce: (text) => announced.push(text),
    reportChoice: async () => undefined,
    reportShown: () => undefined,
    forgetChoice: async () => undefined,
    cancelWriting: async () => undefined,
    open: async () => {
      opened += 1;
      return { api, watch, state: record, person: 'somebody' };
    },
    onUnsavedWork: () => undefined,
    ask: async () => {
      throw new Error('Nothing is typed here');
    },
  });
  await app.start();
  const text = () => `${document.title} ${location.href} ${root.textContent}`;
  return { app, root, announced, asked, text, opened: () => opened };
}

describe('a record view whose session ends', () => {
  it('shows nothing of what it showed once somebody has signed out, and waits for nobody', async () => {
    const { app, text, announced, opened, root } = await openView();
    history.replaceState(null, '', '#/Contact/003000000000001AAA');
    expect(text()).toContain('Quinn Smith');
    app.leave('signedOut');
    for (const trace of ['Smith', 'Vexley', '003000000000001AAA']) expect(text()).not.toContain(trace);
    expect(document.title).toBe('Salesforce record');
    expect(announced.at(-1)).toBe('');
    expect(root.querySelector('button')).toBeNull();
    app.signedIn();
    expect(opened()).toBe(1);
  });

  it('drops the answers that were on their way, good and bad', async () => {
    for (const end of ['answer', 'fail'] as const) {
      const { app, asked, root, text } = await openView();
      root.querySelector<HTMLInputElement>('#search')!.value = 'Quillon';
      root.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
      await until(() => asked.length === 1);
      expect(text()).toContain('Quillon');
      app.leave('signedOut');
      if (end === 'answer')
        asked[0]!.answer({
          searchRecords: [{ attributes: { type: 'Contact' }, Id: '003000000000002AAA', Name: 'Quillon Vexley' }],
        });
      else asked[0]!.fail(new Error('Quillon cannot be found'));
      await new Promise((resolve) => setTimeout(resolve, 0));
      expect(text()).not.toContain('Quillon');
      expect(text()).toContain('You signed out of Salesforce');
    }
  });

  it('comes back by itself when somebody has signed in again after the org had ended the session', async () => {
    const { app, text, opened } = await openView();
    app.leave('signInRequired');
    expect(text()).toContain('Sign in again');
    expect(text()).not.toContain('Smith');
    app.signedIn();
    await until(() => text().includes('Quinn Smith'));
    expect(opened()).toBe(2);
  });
});
