/**
 * @jest-environment jsdom
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
/** What a person is asked before a task or an event is written. The org is the embedded one. */
import { TextDecoder, TextEncoder } from 'node:util';
import type { ActivityToWrite } from '../../src/channel/protocol.ts';
import { ApiRequestError } from '../../src/client/errors.ts';
import type { ActivityState } from '../../src/record-view/activityTemplate.ts';
import { activityTemplate } from '../../src/record-view/activityTemplate.ts';
import { ActivityPane } from '../../src/record-view/activityPane.ts';
import type { WritingApi } from '../../src/record-view/recordApi.ts';
import { render } from 'lit';
import type { EmbeddedOrg } from '../intents/embeddedOrg.ts';
import { until } from '../support/until.ts';

// The org runs in Node.js, which has these; jsdom has not.
Object.assign(globalThis, { TextDecoder, TextEncoder });
const { openEmbeddedOrg, orgUrl } = await import('../intents/embeddedOrg.ts');

let org: EmbeddedOrg;
let ids: { account: string; ada: string; bob: string; lead: string };

beforeAll(async () => {
  org = await openEmbeddedOrg();
  const account = org.create('Account', { Name: 'Engines-Test' });
  ids = {
    account,
    ada: org.create('Contact', { LastName: 'Ada-Test', AccountId: account }),
    bob: org.create('Contact', { LastName: 'Bob-Test', AccountId: account }),
    lead: org.create('Lead', { LastName: 'Lea-Test', Company: 'Looms-Test' }),
  };
});

const found = (type: string, id: string, name: string) => ({
  type,
  id,
  name,
  details: [],
  ...(type === 'Contact' && { account: { id: ids.account, name: 'Engines-Test' } }),
});
const sure = (type: string, id: string, name: string) => ({ name, isSure: true, found: [found(type, id, name)] });
const call = (members: Partial<ActivityToWrite> = {}): ActivityToWrite => ({
  kind: 'activity',
  interactionType: 'Call',
  subject: 'Term sheet',
  comments: 'Wants it before Thursday.',
  startTime: '2026-02-10T15:12:00.000Z',
  endTime: '2026-02-10T15:42:00.000Z',
  people: [sure('Contact', ids.ada, 'Ada-Test')],
  ...members,
});

interface Options {
  activity?: ActivityToWrite;
  /** Answers before the org does. */
  before?: (path: string, method: string) => void;
  /** In its place. */
  instead?: (path: string) => unknown;
  /** After the org has. */
  after?: (path: string, method: string) => void;
}

/** The screen before a person. */
async function open({ activity = call(), before, instead, after }: Options = {}) {
  document.body.innerHTML = '<div id="root"></div>';
  const root = document.getElementById('root')!;
  const seen = {
    chosen: [] as string[],
    cancelled: [] as (string | undefined)[],
    asked: 0,
    lets: true,
    announced: [] as string[],
  };
  const [me] = (
    org.request(
      '/services/data/vXX.X/query?q=SELECT+Id+FROM+User+WHERE+Username=%27morgan.reed@northbridge.example%27',
    ) as { data: { records: { Id: string }[] } }
  ).data.records;
  const api: WritingApi = {
    orgUrl,
    currentUser: { Id: me!.Id },
    async executeApiRequest<T>(path: string, method = 'GET', data?: unknown) {
      before?.(path, method);
      const other = instead?.(path);
      if (other !== undefined) return { status: 200, data: other as T };
      const { status, body } = org.send(path, method as 'GET', data);
      after?.(path, method);
      if (status >= 400) throw new ApiRequestError('refused', status, { data: body });
      return { status, data: body as T };
    },
  };
  let state: ActivityState | undefined;
  const pane = new ActivityPane({
    root,
    announce: (text) => seen.announced.push(text),
    ask: async () => {
      seen.asked += 1;
      return seen.lets;
    },
    draw: (drawn) => {
      state = drawn;
      render(activityTemplate(drawn, pane.actions), root);
    },
    choose: async (type, id) => void seen.chosen.push(`${type} ${id}`),
    cancel: async (refusal) => void seen.cancelled.push(refusal),
    onUnsavedWork: () => undefined,
  });
  const screen = new AbortController();
  const show = (person = 'Ada') => pane.open({ api, activity, person, signal: screen.signal });
  await show();
  const save = async (): Promise<void> => {
    pane.actions.save();
    await until(() => state?.isSaving === false || seen.chosen.length > 0);
  };
  const type = (name: string, value: string): void => {
    const input = root.querySelector<HTMLInputElement>(`#field-${name}`)!;
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return { root, pane, seen, save, type, show, screen, text: () => root.textContent.replaceAll(/\s+/g, ' ') };
}

const read = (type: string, id: string): Record<string, unknown> =>
  (org.request(`/services/data/vXX.X/sobjects/${type}/${id}`) as { data: Record<string, unknown> }).data;
const relations = (object: 'Task' | 'Event', id: string): string[] =>
  (
    org.request(
      `/services/data/vXX.X/query?q=${encodeURIComponent(`SELECT RelationId FROM ${object}Relation WHERE ${object}Id = '${id}'`)}`,
    ) as { data: { records: { RelationId: string }[] } }
  ).data.records.map(({ RelationId }) => RelationId);
const written = (chosen: readonly string[]): Record<string, unknown> => {
  const [type, id] = chosen[0]!.split(' ') as [string, string];
  return read(type, id);
};

describe('an activity before it is written', () => {
  it('is a finished task for a call, with the contact, their account, its day, its length and what was said', async () => {
    const { seen, save, root } = await open();
    expect(document.activeElement).toBe(root.querySelector('#heading'));
    await save();
    expect(written(seen.chosen)).toMatchObject({
      Subject: 'Term sheet',
      WhoId: ids.ada,
      WhatId: ids.account,
      Status: 'Completed',
      TaskSubtype: 'Call',
      CallDurationInSeconds: 1800,
      ActivityDate: '2026-02-10',
      Description: expect.stringMatching(/^Wants it before Thursday\.\n\nWhen: /),
    });
  });

  it('is an event for a meeting of which both ends are known, with everybody who took part', async () => {
    const people = [sure('Contact', ids.ada, 'Ada-Test'), sure('Contact', ids.bob, 'Bob-Test')];
    const { seen, save } = await open({ activity: call({ interactionType: 'Meeting', people }) });
    await save();
    const event = written(seen.chosen);
    expect(event).toMatchObject({
      StartDateTime: '2026-02-10T15:12:00.000+0000',
      DurationInMinutes: 30,
      WhoId: ids.ada,
      WhoCount: 2,
    });
    expect(relations('Event', String(event['Id']))).toEqual([ids.bob]);
  });

  it('links a lead alone and with no account, and names in the comments who cannot be linked', async () => {
    const people = [sure('Lead', ids.lead, 'Lea-Test'), sure('Contact', ids.ada, 'Ada-Test')];
    const { seen, save, text, pane } = await open({ activity: call({ people }) });
    expect(text()).toContain('These are named in the comments: Lea-Test.');
    pane.actions.choosePerson(1, '');
    expect(text()).not.toContain('These are named');
    pane.actions.choosePerson(1, ids.ada);
    await save();
    expect(written(seen.chosen)).toMatchObject({
      WhoId: ids.ada,
      Description: expect.stringMatching(/\n\nAlso took part: Lea-Test$/),
    });
    const alone = await open({ activity: call({ people: [people[0]!] }) });
    await alone.save();
    expect(written(alone.seen.chosen)).toMatchObject({ WhoId: ids.lead, WhatId: null });
  });

  it('names the others in an org that links one contact only', async () => {
    const people = [sure('Contact', ids.ada, 'Ada-Test'), sure('Contact', ids.bob, 'Bob-Test')];
    const { seen, save, text } = await open({
      activity: call({ people }),
      before: (path) => {
        if (path.includes('TaskRelation'))
          throw new ApiRequestError('none', 404, { data: [{ errorCode: 'NOT_FOUND', message: 'x' }] });
      },
    });
    expect(text()).toContain('Your Salesforce links one contact.');
    await save();
    const task = written(seen.chosen);
    expect(task).toMatchObject({ WhoCount: 1, Description: expect.stringContaining('Also took part: Bob-Test') });
  });

  it('says at its field what Salesforce refuses, keeps what was typed, and is written once that is mended', async () => {
    const { seen, save, type, root } = await open();
    type('Subject', 'x'.repeat(300));
    type('Description', 'Typed by hand');
    await save();
    const subject = root.querySelector('#field-Subject')!;
    expect(subject.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(subject.getAttribute('aria-describedby')!)?.textContent).toContain(
      'data value too large',
    );
    expect(document.activeElement).toBe(subject);
    type('Subject', 'Short');
    await save();
    expect(written(seen.chosen)).toMatchObject({ Subject: 'Short', Description: 'Typed by hand' });
  });

  it('undoes all where one of the links is refused', async () => {
    const people = [sure('Contact', ids.ada, 'Ada-Test'), sure('Contact', '003000000000001AAA', 'Gone')];
    const { save, text, seen } = await open({ activity: call({ people, subject: 'All or nothing' }) });
    await save();
    expect(text()).toContain('invalid cross reference id');
    expect(seen.chosen).toEqual([]);
    const rows = org.request("/services/data/vXX.X/query?q=SELECT+Id+FROM+Task+WHERE+Subject='All+or+nothing'");
    expect(rows).toMatchObject({ data: { totalSize: 0 } });
  });

  it('is not written twice where the answer to the first time was lost', async () => {
    let isLost = true;
    const activity = call({ subject: 'Lost and found' });
    const { seen, save, text } = await open({
      activity,
      after: (path, method) => {
        if (!isLost || method !== 'POST' || !path.endsWith('/sobjects/Task')) return;
        isLost = false;
        throw new ApiRequestError('Salesforce did not answer in time.');
      },
    });
    await save();
    expect(text()).toContain('It is not known whether it was saved');
    await save();
    expect(seen.chosen).toHaveLength(1);
    const rows = org.request("/services/data/vXX.X/query?q=SELECT+Id+FROM+Task+WHERE+Subject='Lost+and+found'");
    expect(rows).toMatchObject({ data: { totalSize: 1 } });
  });

  it('with an external id is one record, whoever writes it', async () => {
    const externalId = { field: 'Interaction_Id__c', value: 'X/1 ?' };
    const [here, there] = [
      await open({ activity: call({ externalId }) }),
      await open({ activity: call({ externalId }) }),
    ];
    await here.save();
    await there.save();
    expect(there.seen.chosen).toEqual(here.seen.chosen);
    expect(written(here.seen.chosen)).toMatchObject({ Interaction_Id__c: 'X/1 ?' });
  });

  it('takes no text for a reference to another part of the request', async () => {
    const people = [sure('Contact', ids.ada, 'Ada-Test'), sure('Contact', ids.bob, 'Bob-Test')];
    const { seen, save } = await open({ activity: call({ people, comments: 'Literally @{activity.id}' }) });
    await save();
    expect(written(seen.chosen)).toMatchObject({
      Description: expect.stringMatching(/^Literally @\{activity\.id\}[^]*Also took part: Bob-Test$/),
    });
  });

  it('asks before what was typed is dropped, and tells what Salesforce had refused', async () => {
    const { seen, pane, type, save } = await open();
    type('Subject', 'x'.repeat(300));
    await save();
    seen.lets = false;
    pane.actions.cancel();
    await until(() => seen.asked === 1);
    expect(seen.cancelled).toEqual([]);
    expect(pane.hasUnsavedWork).toBe(true);
    seen.lets = true;
    pane.actions.cancel();
    await until(() => seen.cancelled.length === 1);
    expect(seen.cancelled[0]).toContain('data value too large');
    expect(pane.hasUnsavedWork).toBe(false);
  });

  it('ends with Escape, at once where nothing was typed', async () => {
    const { seen, root } = await open();
    root
      .querySelector('#heading')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    await until(() => seen.cancelled.length === 1);
    expect([seen.asked, seen.cancelled]).toEqual([0, [undefined]]);
  });

  it('keeps what was typed for its person only', async () => {
    for (const [who, expected] of [
      ['Ada', 'Typed'],
      ['Bob', 'Term sheet'],
    ] as const) {
      const { pane, type, show, root } = await open();
      type('Subject', 'Typed');
      pane.leave('Ada');
      await show(who);
      expect(root.querySelector<HTMLInputElement>('#field-Subject')!.value).toBe(expected);
    }
  });

  it('becomes another kind, and keeps what was typed', async () => {
    const { seen, pane, type, save, root } = await open();
    type('Subject', 'A meeting after all');
    pane.actions.chooseKind(3);
    await until(() => root.querySelector('#field-StartDateTime') !== null);
    await save();
    expect(seen.chosen[0]).toMatch(/^Event /);
    expect(written(seen.chosen)).toMatchObject({
      Subject: 'A meeting after all',
      Description: 'Wants it before Thursday.',
    });
  });

  it('is done by the status that the org has for it', async () => {
    const { root } = await open({
      instead: (path) => {
        if (path.includes('TaskStatus')) return { records: [{ ApiName: 'Erledigt' }] };
        if (!path.endsWith('/Task/describe')) return undefined;
        const described = org.send(path).body as { fields: { name: string; picklistValues: object[] }[] };
        const values = ['Offen', 'Erledigt'].map((value) => ({
          value,
          label: value,
          active: true,
          defaultValue: false,
        }));
        const fields = described.fields.map((field) =>
          field.name === 'Status' ? { ...field, picklistValues: values } : field,
        );
        return { ...described, fields };
      },
    });
    expect(root.querySelector<HTMLSelectElement>('#field-Status')!.value).toBe('Erledigt');
  });

  it('says that a person may not write tasks, and offers another kind', async () => {
    const { text, seen, pane } = await open({
      before: (path) => {
        if (/sobjects\/Task\//.test(path))
          throw new ApiRequestError('no', 403, { data: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'x' }] });
      },
    });
    expect(text()).toContain('Your Salesforce profile does not let you write tasks.');
    pane.actions.cancel();
    await until(() => seen.cancelled.length === 1);
    expect(seen.cancelled[0]).toContain('does not let you write tasks');
  });
});
