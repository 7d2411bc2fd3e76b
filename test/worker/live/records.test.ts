/** Records that apps have subscribed to. */
import { record, useLiveDesk } from './liveDesk.ts';

describe('a record that is subscribed to', () => {
  const org = useLiveDesk();
  let contact: string;

  beforeEach(() => {
    contact = org.create('Contact', { LastName: 'Before' });
  });

  it('is told as it is, and again when it has changed in the org', async () => {
    const { listen, pass } = org.open();
    const heard = await listen(record(contact, ['LastName', 'Account.Name']));
    expect(heard.news).toMatchObject([
      { kind: 'rows', isWhole: false, rows: [{ Id: contact, LastName: 'Before', Account: null }], gone: [] },
      { kind: 'state', state: 'live' },
    ]);
    org.update('Contact', contact, { LastName: 'After' });
    await pass(6);
    expect(heard.values('LastName')).toEqual(['After']);
    expect(heard.of('rows')).toHaveLength(2);
  });

  it('is told within a round to whoever has just read it, with what has changed since, for no request of its own', async () => {
    const { listen, asked, ask, pass } = org.open();
    const other = org.create('Contact', { LastName: 'Another' });
    const first = await listen(record(other), { app: 'Notes' });
    await pass(6);
    const heard = ask(record(contact), { mayWait: true }).heard;
    org.update('Contact', contact, { LastName: 'After' });
    expect(await asked(() => pass(0.3))).toBe(0);
    // Nothing is known of it, and so nothing is said of how well that goes.
    expect(heard.news).toEqual([]);
    const alone = await asked(() => pass(6));
    expect(heard.news).toMatchObject([
      { kind: 'rows', rows: [{ Id: contact, LastName: 'After' }] },
      { kind: 'state', state: 'live' },
    ]);
    // A round asks about both at once.
    expect(alone).toBeLessThanOrEqual(2);
    expect(first.of('unchanged').length).toBeGreaterThan(0);
  });

  it('is told at once to whoever has just read it, when an app has written it', async () => {
    const { ask, pass, patch } = org.open();
    const { heard } = ask(record(contact), { mayWait: true });
    patch(contact, { LastName: 'Written' });
    await pass(0.3);
    expect(heard.values('LastName')).toEqual(['Written']);
  });

  it('is told as it is known to whoever may wait, where another app has just been told', async () => {
    const { listen, ask, pass } = org.open();
    await listen(record(contact), { app: 'Notes' });
    const { heard } = ask(record(contact), { mayWait: true });
    await pass(0.1);
    expect(heard.values('LastName')).toEqual(['Before']);
  });

  it('is told within a round to whoever may wait, and another who has begun meanwhile needs it at once', async () => {
    const { listen, ask } = org.open();
    const { heard } = ask(record(contact), { mayWait: true });
    const other = await listen(record(contact), { app: 'Notes' });
    expect(other.values('LastName')).toEqual(['Before']);
    expect(heard.values('LastName')).toEqual(['Before']);
  });

  it('is told again when its parent alone has changed, of which a field is named', async () => {
    const { listen, pass } = org.open();
    const account = org.create('Account', { Name: 'Parent' });
    org.update('Contact', contact, { AccountId: account });
    const heard = await listen(record(contact, ['LastName', 'Account.Name']));
    await pass(16);
    org.update('Account', account, { Name: 'Renamed' });
    await pass(6);
    expect(heard.of('rows').at(-1)!.rows).toMatchObject([{ LastName: 'Before', Account: { Name: 'Renamed' } }]);
  });

  it('is told as an app has written it, without waiting for a round', async () => {
    const { listen, pass, patch } = org.open();
    const heard = await listen(record(contact), { app: 'Notes' });
    patch(contact, { LastName: 'Written' });
    await pass(0.3);
    expect(heard.values('LastName')).toEqual(['Written']);
  });

  it('is asked for at once after a write, and the rarer, the longer writes follow each other', async () => {
    const { listen, desk, asked, pass, patch } = org.open();
    const heard = await listen(record(contact));
    const writes = 100;
    const requests = await asked(async () => {
      for (let n = 0; n < writes; n += 1) {
        patch(contact, { LastName: `Write ${n}` });
        await desk.pass(200);
      }
      await pass(3);
    });
    expect(requests - writes).toBeLessThan(writes / 5);
    expect(heard.values('LastName')).toEqual([`Write ${writes - 1}`]);
  });

  it('is said to be as it was, once a round, to whoever looks', async () => {
    const { listen, pass } = org.open();
    const [looking, away] = [await listen(record(contact)), await listen(record(contact), { isLookedAt: false })];
    await pass(21);
    expect(looking.of('unchanged')).toHaveLength(4);
    expect(away.of('unchanged')).toEqual([]);
    const times = looking.of('unchanged').map(({ asOf }) => asOf);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('is looked for more rarely while nobody looks, and sooner again when somebody does', async () => {
    const { ask, desk, asked, pass } = org.open();
    const { heard, id } = ask(record(contact), { isLookedAt: false });
    await pass(1);
    expect(await asked(() => pass(50))).toBe(0);
    desk.live.look('Blotter', { subscriptionId: id, isLookedAt: true });
    org.update('Contact', contact, { LastName: 'Seen' });
    await pass(1);
    expect(heard.values('LastName')).toEqual(['Seen']);
    expect(await asked(() => pass(50))).toBe(10);
  });

  it('is gone when it is deleted, and back when it is taken out of the recycle bin', async () => {
    const { listen, pass } = org.open();
    const heard = await listen(record(contact));
    org.remove('Contact', contact);
    await pass(6);
    expect(heard.of('rows').at(-1)).toMatchObject({ rows: [], gone: [contact] });
    org.undelete('Contact', contact);
    await pass(6);
    expect(heard.values('LastName')).toEqual(['Before']);
  });

  it('is gone for whoever may not see it any more, and for nobody else', async () => {
    const { listen, pass } = org.open();
    org.update('Contact', contact, { OwnerId: org.org.banker.user.id });
    const [hers, his] = [await listen(record(contact)), await listen(record(contact), { user: 'alex' })];
    expect([hers.rows.size, his.rows.size]).toEqual([1, 1]);
    org.update('Contact', contact, { OwnerId: org.org.administrator.user.id });
    await pass(6);
    expect([hers.rows.size, his.rows.size]).toEqual([1, 0]);
  });

  it('is gone from the start where there is none', async () => {
    const { listen } = org.open();
    org.remove('Contact', contact);
    const heard = await listen(record(contact));
    expect(heard.news).toMatchObject([{ kind: 'rows', rows: [], gone: [contact] }, { kind: 'state' }]);
  });

  it('is told by its 18 characters, however its id was written', async () => {
    const { listen } = org.open();
    const heard = await listen(record(contact.slice(0, 15)));
    expect([...heard.rows.keys()]).toEqual([contact]);
  });

  it('is one request a round, whoever has subscribed to it', async () => {
    const { listen, asked, pass } = org.open();
    const all: Awaited<ReturnType<typeof listen>>[] = [];
    const first = await asked(async () => {
      for (let n = 0; n < 20; n += 1) all.push(await listen(record(contact), { app: `App ${n}` }));
    });
    expect(first).toBe(1);
    expect(await asked(() => pass(3_600))).toBe(720);
    org.update('Contact', contact, { LastName: 'For all' });
    await pass(6);
    for (const heard of all) expect(heard.values('LastName')).toEqual(['For all']);
  });

  it('is read with others in one request: a hundred of them, by one app each', async () => {
    const { ask, asked, pass } = org.open();
    const ids = Array.from({ length: 100 }, (_, n) => org.create('Contact', { LastName: `Of ${n}` }));
    const all = ids.map((id, n) => ask(record(id), { app: `App ${n}` }).heard);
    expect(await asked(() => pass(1))).toBe(1);
    expect(all.map((heard) => heard.values('LastName'))).toEqual(ids.map((_, n) => [`Of ${n}`]));
    expect(await asked(() => pass(5))).toBe(1);
  });

  it('ends with the reason where the org knows no such field, and ends no other', async () => {
    const { ask, desk } = org.open();
    const [wrong, right] = [ask(record(contact, ['Nonsense'])), ask(record(contact))];
    await desk.pass(1_000);
    expect(wrong.heard.news).toMatchObject([
      { kind: 'ended', failure: { code: 'REQUEST_FAILED', data: [{ errorCode: 'INVALID_FIELD' }] } },
    ]);
    expect(right.heard.states).toEqual(['live']);
  });
});
