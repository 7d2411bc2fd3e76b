import { success } from '../../src/outcomes/failure.ts';
import { createRecordViews } from '../../src/provider/recordViews.ts';
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
  const views = createRecordViews(
    {
      openRecordView: async ({ viewId }) => {
        opened.push(viewId);
        return success({ close: async () => void closed.push(viewId) });
      },
    },
    'https://view.example/',
  );
  return { views, opened, closed };
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
