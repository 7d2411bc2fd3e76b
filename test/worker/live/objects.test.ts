/** Objects of which apps have subscribed to all changes. */
import type { LiveNews } from '../../../src/channel/liveMessages.ts';
import { outcomeFailure } from '../../../src/outcomes/outcomes.ts';
import { contacts, query, useLiveDesk } from './liveDesk.ts';

type Rows = Extract<LiveNews, { kind: 'rows' }>;

const toldOf = (rows: readonly Rows[]): unknown[] =>
  rows.map(({ rows: told, gone }) => [...told.map((row) => row['LastName']), ...gone]);

describe('an object that is subscribed to', () => {
  const org = useLiveDesk();

  it('is told of what changes from then on: what is new, other than before, gone, and back', async () => {
    const { listen, pass } = org.open();
    const early = org.create('Contact', { LastName: 'Early' });
    await pass(120);
    const heard = await listen(contacts());
    expect(heard.of('rows')).toMatchObject([{ isWhole: false, rows: [], gone: [] }]);
    await pass(11);
    const late = org.create('Contact', { LastName: 'Late' });
    await pass(11);
    org.update('Contact', early, { LastName: 'Changed' });
    await pass(11);
    org.remove('Contact', early);
    await pass(11);
    org.undelete('Contact', early);
    await pass(11);
    const distinct = [...new Map(toldOf(heard.of('rows')).map((told) => [JSON.stringify(told), told])).values()];
    expect(distinct).toEqual([[], ['Late'], ['Changed'], [early]]);
    expect(heard.values('LastName')).toEqual(['Late', 'Changed']);
    expect([...heard.rows.keys()]).toEqual([late, early]);
  });

  it('is told again of a row that changes a second time within one second', async () => {
    const { listen, pass, desk } = org.open();
    const contact = org.create('Contact', { LastName: 'Before' });
    await pass(60);
    const heard = await listen(contacts());
    await pass(5);
    const { time } = org.org;
    // Just before the look, and just after it, within the same second.
    await desk.pass(time.nextAt()! - time.now() - 10);
    await desk.pass((1_000 - (time.now() % 1_000) + 100) % 1_000);
    org.update('Contact', contact, { LastName: 'First' });
    await pass(0.3);
    org.update('Contact', contact, { LastName: 'Second' });
    await pass(12);
    expect(heard.values('LastName')).toEqual(['Second']);
  });

  it('is told of what has changed though its rows could not be read at first', async () => {
    const { listen, pass, desk } = org.open();
    const contact = org.create('Contact', { LastName: 'Before' });
    await pass(120);
    const heard = await listen(contacts());
    await pass(11);
    org.update('Contact', contact, { LastName: 'After' });
    desk.answerInstead = ({ endpoint }) =>
      endpoint.includes('LastName')
        ? { outcome: outcomeFailure({ stage: 'request', noAnswer: 'unreachable' }), served: 'org', size: 0 }
        : undefined;
    await pass(11);
    desk.answerInstead = undefined;
    expect(heard.rows.size).toBe(0);
    await pass(30);
    expect(heard.values('LastName')).toEqual(['After']);
  });

  it.each([
    ['has no such field', ['LastName', 'Nonsense'], 'INVALID_FIELD'],
    ['has no such parent', ['Nonsense.Name'], 'INVALID_FIELD'],
  ])('is refused at once, and not at the first change, when it %s', async (_what, fields, errorCode) => {
    const { listen, asked, pass } = org.open();
    org.create('Contact', { LastName: 'One' });
    const heard = await listen(contacts(fields));
    expect(heard.news).toMatchObject([{ kind: 'ended', failure: { code: 'REQUEST_FAILED', data: [{ errorCode }] } }]);
    expect(await asked(() => pass(60))).toBe(0);
  });

  it('begins once the org can be reached again, as any other', async () => {
    const { listen, pass, desk } = org.open();
    desk.answerInstead = () => ({
      outcome: outcomeFailure({ stage: 'request', noAnswer: 'unreachable' }),
      served: 'org',
      size: 0,
    });
    const heard = await listen(contacts());
    desk.answerInstead = undefined;
    await pass(30);
    org.create('Contact', { LastName: 'Later' });
    await pass(11);
    expect(heard.values('LastName')).toEqual(['Later']);
  });

  it('is told of what a transaction has written that took minutes', async () => {
    const { listen, pass } = org.open();
    const [slow, quick] = ['Slow', 'Quick'].map((LastName) => org.create('Contact', { LastName }));
    await pass(600);
    const heard = await listen(contacts());
    await pass(240);
    org.update('Contact', quick!, { LastName: 'Quickly' });
    await pass(6);
    org.org.tick(200_000);
    org.org.database.update('Contact', slow!, { LastName: 'Slowly' }, org.org.administrator);
    await pass(6);
    expect(heard.values('LastName').toSorted()).toEqual(['Quickly', 'Slowly']);
  });

  it('is told after a restart of what has changed meanwhile, by its cursor', async () => {
    const { listen, pass, desk } = org.open();
    const contact = org.create('Contact', { LastName: 'Before' });
    await pass(600);
    const before = await listen(contacts());
    const { cursor } = before.of('rows').at(-1)!;
    desk.restart();
    org.update('Contact', contact, { LastName: 'Meanwhile' });
    await pass(600);
    const without = await listen(contacts(), { app: 'Notes' });
    const after = await listen(contacts(), { cursor });
    expect(after.values('LastName')).toContain('Meanwhile');
    expect(without.rows.size).toBe(0);
  });

  it('is read again as a whole when so much has changed that one look does not show all', async () => {
    const { listen, pass } = org.open();
    const heard = await listen(contacts());
    const others = await listen(query("SELECT Id FROM Contact WHERE LastName = 'Last of many'"));
    await pass(16);
    const before = heard.of('gap').length;
    for (let n = 0; n < 2_100; n += 1) org.create('Contact', { LastName: n === 0 ? 'Last of many' : 'One of many' });
    await pass(12);
    const gaps = heard.of('gap').length;
    expect(gaps).toBeGreaterThan(before);
    expect(others.rows.size).toBe(1);
    // While they still fill the look, nothing new is nothing new.
    await pass(60);
    expect(heard.of('gap')).toHaveLength(gaps);
    // What was committed late may have been hidden behind them.
    const quiet = org.create('Contact', { LastName: 'Later' });
    await pass(12);
    org.org.time.sleep(600_000);
    org.update('Contact', quiet, { LastName: 'Much later' });
    await pass(12);
    expect(heard.of('gap').length).toBeGreaterThan(gaps);
  });

  it('is asked about once for all queries and subscriptions that read it', async () => {
    const { ask, asked, pass } = org.open();
    for (let n = 0; n < 10; n += 1) ask(contacts(n % 2 ? ['LastName'] : ['FirstName']), { app: `App ${n}` });
    ask(query('SELECT Id FROM Contact LIMIT 5'));
    await pass(16);
    expect(await asked(() => pass(40))).toBe(8);
  });
});
