/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
/** What a person is asked before an app's words are written to a record. The org is the embedded one. */
import { TextDecoder, TextEncoder } from 'node:util';
import { render } from 'lit';
import type { ProfileToWrite } from '../../src/channel/protocol.ts';
import { ApiRequestError } from '../../src/client/errors.ts';
import { ProfilePane } from '../../src/record-view/profilePane.ts';
import { profileTemplate, type ProfileState } from '../../src/record-view/profileTemplate.ts';
import type { RecordApi } from '../../src/record-view/recordApi.ts';
import type { EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { until } from '../support/until.ts';

// The org runs in Node.js, which has these; jsdom has not.
Object.assign(globalThis, { TextDecoder, TextEncoder });
const { openEmbeddedOrg, orgUrl } = await import('../intents/embeddedOrg.ts');

let org: EmbeddedOrg;
let id: string;

beforeAll(async () => {
  org = await openEmbeddedOrg();
});
beforeEach(() => {
  id = org.create('Contact', { FirstName: 'Ada', LastName: 'Profile-Test', Title: 'Countess' });
});

const path = (): string => `/services/data/vXX.X/sobjects/Contact/${id}`;
const read = (): Record<string, unknown> => (org.request(path()) as { data: Record<string, unknown> }).data;
const change = (values: object): unknown => org.send(path(), 'PATCH', values);

/** The screen before a person. */
async function open(values: ProfileToWrite['values'], onRead?: (asked: string) => void) {
  document.body.innerHTML = '<div id="root"></div>';
  const root = document.getElementById('root')!;
  const seen = { reported: [] as string[], opened: 0, cancelled: [] as (string | undefined)[], told: true };
  const api: RecordApi = {
    orgUrl,
    async executeApiRequest<T>(asked: string, method = 'GET', data?: unknown) {
      if (method === 'GET') onRead?.(asked);
      const { status, body } = org.send(asked, method as 'GET', data);
      if (status >= 400) throw new ApiRequestError('refused', status, { data: body });
      return { status, data: body as T };
    },
  };
  let state: ProfileState | undefined;
  const pane = new ProfilePane({
    root,
    announce: () => undefined,
    draw: (drawn) => {
      state = drawn;
      render(profileTemplate(drawn, pane.actions), root);
    },
    report: async (_type, _id, outcome) => {
      if (!seen.told) throw new ApiRequestError('The Salesforce provider did not answer in time.');
      seen.reported.push(outcome);
    },
    openRecord: () => (seen.opened += 1),
    cancel: async (refusal) => void seen.cancelled.push(refusal),
    onUnsavedWork: () => undefined,
  });
  const profile: ProfileToWrite = { kind: 'profile', type: 'Contact', id, name: 'Ada Profile-Test', values };
  let page = new AbortController();
  const show = async (person = 'Morgan'): Promise<void> => {
    page = new AbortController();
    await pane.open({ api, profile, person, signal: page.signal, back: undefined });
  };
  await show();
  /** The org has ended the session. */
  const leave = (): void => {
    pane.leave('Morgan');
    page.abort();
  };
  const save = async (): Promise<void> => {
    const before = seen.reported.length;
    pane.actions.save(false);
    await until(() => seen.reported.length > before || state?.isSaving === false);
  };
  return {
    root,
    pane,
    seen,
    save,
    show,
    leave,
    state: () => state!,
    text: () => root.textContent.replaceAll(/\s+/g, ' '),
  };
}

const title = { fields: ['Title'], value: 'Baroness' };
const department = { fields: ['Department'], value: 'Engines' };

describe('what an app says of somebody', () => {
  it('is written as far as it is ticked, and the app is told', async () => {
    const { pane, seen, save } = await open([title, department]);
    await save();
    expect(read()).toMatchObject({ Title: 'Countess', Department: 'Engines' });
    expect([seen.reported, seen.opened]).toEqual([['updated'], 1]);
    expect(pane.hasUnsavedWork).toBe(false);
  });

  it('changes nothing where nothing is ticked', async () => {
    const { pane, seen, save, text } = await open([title]);
    expect(text()).toContain('Leave as it is');
    await save();
    expect(read()).toMatchObject({ Title: 'Countess' });
    expect([seen.reported, seen.opened]).toEqual([['unchanged'], 1]);
    expect(pane.hasUnsavedWork).toBe(false);
  });

  it('does not overwrite what somebody else has written meanwhile, unless it is ticked again', async () => {
    const { pane, seen, save, text, state } = await open([title, department]);
    change({ Department: 'Looms' });
    await save();
    expect(read()).toMatchObject({ Department: 'Looms' });
    expect(text()).toContain('Somebody has changed this record meanwhile.');
    expect(text()).toContain('Changed to “Looms” by');
    expect(state().ticked).toEqual([]);
    pane.actions.tick('Department', true);
    await save();
    expect(read()).toMatchObject({ Department: 'Engines', Title: 'Countess' });
    expect(seen.reported).toEqual(['updated']);
  });

  it('shows at its field what Salesforce refuses, and tells it to the app where the person gives up', async () => {
    const { root, pane, seen, save } = await open([{ fields: ['Email'], value: 'no address' }]);
    await save();
    const tick = root.querySelector('#tick-Email')!;
    expect(tick.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(tick);
    expect(root.querySelector('#error-Email')?.textContent).toContain('invalid email');
    pane.actions.cancel();
    await until(() => seen.cancelled.length === 1);
    expect(seen.cancelled[0]).toContain('invalid email');
  });

  it('tells the app again where the provider could not be told, and writes nothing twice', async () => {
    const { seen, save, text } = await open([department]);
    seen.told = false;
    await save();
    expect(text()).toContain('The desktop could not be told.');
    expect(read()).toMatchObject({ Department: 'Engines' });
    const modified = read()['SystemModstamp'];
    seen.told = true;
    await save();
    expect([seen.reported, read()['SystemModstamp']]).toEqual([['updated'], modified]);
  });

  it('says that the record was deleted meanwhile', async () => {
    const { save, text } = await open([department]);
    org.send(path(), 'DELETE');
    await save();
    expect(text()).toContain('This record was deleted meanwhile');
  });
});

describe('what a person has ticked', () => {
  it('is there again when the org had ended their session, and for nobody else', async () => {
    const { pane, show, leave, state, seen, save } = await open([title, department]);
    pane.actions.tick('Title', true);
    pane.actions.tick('Department', false);
    leave();
    expect(pane.hasUnsavedWork).toBe(true);
    expect(pane.keptFor('Morgan')).toMatchObject({ id });
    await show();
    expect([state().ticked, pane.hasUnsavedWork]).toEqual([['Title'], true]);
    leave();
    expect(pane.keptFor('Somebody else')).toBeUndefined();
    await show();
    expect([state().ticked, pane.hasUnsavedWork]).toEqual([['Department'], false]);
    await save();
    expect(seen.reported).toEqual(['updated']);
  });
});
