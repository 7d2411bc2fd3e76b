/** Who may subscribe to what, and when it ends. */
import { contacts, query, record, useLiveDesk } from './liveDesk.ts';

describe('subscribing', () => {
  const org = useLiveDesk();
  let contact: string;

  beforeEach(() => {
    contact = org.create('Contact', { LastName: 'Before' });
  });

  it.each([
    ['without a target', { target: undefined }, 'target'],
    ['with an id that is none', { target: record('003000000000000XXX') }, 'target.id'],
    [
      'with a field that is none',
      { target: record('003NB000000000dYAA', ["Name FROM User WHERE Name != ''"]) },
      'path',
    ],
    ['with an object that is none', { target: { ...contacts(), sObject: 'Contact WHERE' } }, 'API name'],
    ['with a name that cannot stand in SOQL', { target: contacts(['LastName', '1st']) }, '1st'],
    ['with an object by such a name', { target: { ...contacts(), sObject: '_x' } }, '_x'],
    ['to a query that counts', { target: query('SELECT COUNT() FROM Contact') }, 'no records'],
    [
      'to a query that groups',
      { target: query('SELECT AccountId FROM Contact GROUP BY AccountId') },
      'count them in the app',
    ],
    ['with a cursor that is none', { cursor: 'yesterday' }, 'cursor'],
  ])('is refused %s, in a sentence that names it', (_what, wrong, named) => {
    const { desk, sessions } = org.open();
    const asked = { subscriptionId: 's', sessionId: sessions.morgan, target: contacts(), isLookedAt: true, ...wrong };
    const caller = { id: 'page', app: 'Blotter', isPersons: false };
    expect(desk.live.subscribe(caller, asked, () => undefined)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringContaining(named) },
    });
  });

  it('is refused in a session that the caller does not use', async () => {
    const { ask, desk, sessions, pass, asked } = org.open();
    desk.signOut(sessions.alex);
    const { outcome, heard } = ask(record(contact), { user: 'alex' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    expect(await asked(() => pass(60))).toBe(0);
    expect(heard.news).toEqual([]);
  });

  it('is refused where it is switched off', () => {
    const { ask } = org.open({ live: { enabled: false } });
    expect(ask(record(contact)).outcome).toMatchObject({
      ok: false,
      error: { code: 'ENDPOINT_NOT_ALLOWED', message: expect.stringContaining('pipeline.live') },
    });
  });

  it('is refused above the share of an app, of all its pages together, until one has ended', async () => {
    const { ask, desk } = org.open({ live: { subscriptionsPerApp: 2 } });
    const [first] = [ask(record(contact)), ask(contacts(), { page: 'another page' })];
    expect(ask(contacts(['FirstName'])).outcome).toMatchObject({ ok: false, error: { code: 'TOO_MANY_REQUESTS' } });
    expect(ask(contacts(['FirstName']), { app: 'Notes' }).outcome.ok).toBe(true);
    desk.live.unsubscribe('Blotter', { subscriptionId: first!.id });
    expect(ask(contacts(['FirstName'])).outcome.ok).toBe(true);
    expect(ask(contacts(['Phone'])).outcome.ok).toBe(false);
    desk.live.leave('another page');
    expect(ask(contacts(['Phone'])).outcome.ok).toBe(true);
  });

  it('no longer counts where the org has ended it', async () => {
    const { ask, pass } = org.open({ live: { subscriptionsPerApp: 1 } });
    ask(record(contact, ['Nonsense']));
    await pass(1);
    expect(ask(record(contact)).outcome.ok).toBe(true);
  });

  it('tells nothing before it has returned', async () => {
    const { desk, sessions, listen, pass } = org.open();
    await listen(record(contact), { app: 'Notes' });
    let hasReturned = false;
    const early: unknown[] = [];
    const caller = { id: 'page', app: 'Blotter', isPersons: false };
    const asked = { subscriptionId: 's', sessionId: sessions.morgan, target: record(contact), isLookedAt: true };
    desk.live.subscribe(caller, asked, (news) => hasReturned || early.push(news));
    hasReturned = true;
    await pass(1);
    expect(early).toEqual([]);
  });

  it('ends without a word, and asks nothing more, when the page does not want it any more or has gone', async () => {
    const { ask, desk, pass, asked } = org.open();
    const [one, other] = [ask(record(contact)), ask(contacts(), { app: 'Notes' })];
    await pass(1);
    desk.live.unsubscribe('Blotter', { subscriptionId: one.id });
    desk.live.leave('Notes');
    const told = [one.heard.news.length, other.heard.news.length];
    org.update('Contact', contact, { LastName: 'After' });
    expect(await asked(() => pass(120))).toBe(0);
    expect([one.heard.news.length, other.heard.news.length]).toEqual(told);
  });

  it("cannot end, or look for, another page's", async () => {
    const { ask, desk, pass } = org.open();
    const { heard, id } = ask(record(contact));
    await pass(1);
    desk.live.unsubscribe('Notes', { subscriptionId: id });
    desk.live.look('Notes', { subscriptionId: id, isLookedAt: false });
    desk.live.look('Blotter', 'nonsense');
    await pass(6);
    expect(heard.of('unchanged')).toHaveLength(1);
  });

  it('gives each subscriber rows of its own', async () => {
    const { listen } = org.open();
    const [one, other] = [await listen(record(contact)), await listen(record(contact), { app: 'Notes' })];
    for (const row of one.rows.values()) row['LastName'] = 'Scribbled';
    expect(other.values('LastName')).toEqual(['Before']);
    const third = await listen(record(contact), { app: 'Third' });
    expect(third.values('LastName')).toEqual(['Before']);
  });

  it('is told the newest to whoever comes just after a write', async () => {
    const { listen, patch, desk, ask, pass } = org.open();
    await listen(record(contact));
    patch(contact, { LastName: 'Written' });
    await desk.pass(70);
    const { heard } = ask(record(contact), { app: 'Notes' });
    await pass(0.5);
    expect(heard.of('rows').map(({ rows }) => rows[0]!['LastName'])).toEqual(['Written']);
  });
});
