import { failure, success } from '../../src/outcomes/failure.ts';
import { createRecordViews } from '../../src/provider/recordViews.ts';
import { until } from '../support/until.ts';
import { must } from '../support/workerSession.ts';

const activity = {
  kind: 'activity' as const,
  interactionType: 'Call',
  subject: 'Term sheet',
  comments: '',
  people: [],
};
const asked = (sharedAs: string) => ({
  state: activity,
  title: 'Log: Term sheet',
  org: { orgUrl: 'https://acme.my.salesforce.com', consumerKey: 'key' },
  sharedAs,
});

/** The views of a desktop, and which of them are open. */
function open() {
  const opened: string[] = [];
  const closed: string[] = [];
  const broughtToFront: string[] = [];
  /** Views that the desktop does not have any more, although it has not said so. */
  const lost = new Set<string>();
  const views = createRecordViews(
    {
      openRecordView: async ({ viewId }) => {
        opened.push(viewId);
        return success({
          async bringToFront() {
            broughtToFront.push(viewId);
            return !lost.has(viewId);
          },
          close: async () => void closed.push(viewId),
        });
      },
    },
    'https://view.example/',
  );
  return { views, opened, closed, broughtToFront, lost };
}

describe('a view of what is to be written', () => {
  it('is one for all who ask for the same at a time, and answers each', async () => {
    const { views, opened } = open();
    const ended: string[] = [];
    const first = must(await views.show(asked('same'), () => ended.push('first')));
    const second = must(await views.show(asked('same'), () => ended.push('second')));
    const other = must(await views.show(asked('another')));
    expect(opened).toHaveLength(2);
    views.choose({ viewId: opened[0]!, type: 'Task', id: '00T1', outcome: 'created' });
    const written = { type: 'Task', id: '00T1', outcome: 'created' };
    expect(await Promise.all([first.chosen, second.chosen])).toEqual([written, written]);
    views.closeAll();
    expect(ended).toEqual(['first', 'second']);
    expect(await other.chosen).toBeUndefined();
  });

  it('closes when the person cancels, and says what Salesforce had refused', async () => {
    const { views, opened, closed } = open();
    const view = must(await views.show(asked('same')));
    views.cancel({ viewId: opened[0]!, refusal: 'Subject: data value too large' });
    expect([await view.chosen, view.refusal?.(), closed]).toEqual([undefined, 'Subject: data value too large', opened]);
    // Whoever asks again is shown it again.
    must(await views.show(asked('same')));
    expect(opened).toHaveLength(2);
  });
});

describe('a view of a record', () => {
  const [id, sameId, otherId] = ['0038000000AbcdeAAB', '0038000000Abcde', '0038000000AbcdfAAB'] as const;
  const org = { orgUrl: 'https://acme.my.salesforce.com', consumerKey: 'key' };
  const record = (of: string, more: object = {}) => ({
    state: { kind: 'record' as const, type: 'Contact', id: of, ...more },
    title: 'Ada Lovelace',
    org,
  });

  it('comes to the front when the same record is asked for again, in either form of its id, and nothing waits', async () => {
    const { views, opened, broughtToFront } = open();
    const ended: string[] = [];
    await Promise.all([views.show(record(id)), views.show(record(sameId), () => ended.push('second'))]);
    expect([opened.length, broughtToFront, ended]).toEqual([1, opened, ['second']]);
    await views.show(record(otherId));
    await views.show({ ...record(id), org: { ...org, orgUrl: 'https://other.my.salesforce.com' } });
    expect(opened).toHaveLength(3);
  });

  it('comes to the front too where a part of it was opened first, or it was chosen before', async () => {
    const { views, opened, broughtToFront } = open();
    const instead = { kind: 'none' as const, type: 'Contact', query: 'Ada', suggested: {} };
    await views.show(record(id, { opensOn: { kind: 'activities' } }));
    await views.show(record(otherId, { instead }));
    for (const state of [{}, { opensOn: { kind: 'activities' } }]) await views.show(record(sameId, state));
    await views.show(record(otherId, { instead }));
    await views.show(record(otherId));
    expect(broughtToFront).toEqual([opened[0], opened[0], opened[1], opened[1]]);
    // What the view does not have is shown in one of its own.
    await views.show(record(id, { opensOn: { kind: 'call', numbers: [] } }));
    await views.show(record(id, { instead }));
    expect(opened).toHaveLength(4);
  });

  it('stays where it is where it may not come to the front, and nothing else opens', async () => {
    const { views, opened, broughtToFront } = open();
    await views.show(record(id));
    const ended: string[] = [];
    const refused = failure('TOO_MANY_REQUESTS', 'Wait a little.');
    const shown = await views.show({ ...record(id), mayComeToFront: () => refused }, () => ended.push('it'));
    expect([shown, opened.length, broughtToFront, ended]).toEqual([refused, 1, [], ['it']]);
  });

  it('is the one that shows it now, wherever the person has gone in it', async () => {
    const { views, opened, broughtToFront } = open();
    must(await views.show(record(id)));
    views.shows({ viewId: opened[0]!, id: otherId });
    must(await views.show(record(otherId)));
    expect([opened.length, broughtToFront]).toEqual([1, opened]);
    views.shows({ viewId: opened[0]! });
    must(await views.show(record(otherId)));
    expect(opened).toHaveLength(2);
  });

  it('is opened anew where the desktop has lost the one that was there', async () => {
    const { views, opened, lost } = open();
    must(await views.show(record(id)));
    lost.add(opened[0]!);
    must(await views.show(record(id)));
    expect(opened).toHaveLength(2);
  });

  it('is closed with all others also while it is being opened', async () => {
    const { views, opened, closed } = open();
    const shown = views.show(record(id));
    views.closeAll();
    expect(await must(await shown).chosen).toBeUndefined();
    await until(() => closed.length === 1);
    expect(closed).toEqual(opened);
  });
});
