/** Live data over the lanes of apps, on the real org. */
import { useOrg } from '../support/org.ts';
import { alex } from '../support/orgBrowser.ts';
import { PageEnd } from '../support/pageEnd.ts';
import { until } from '../support/until.ts';
import { configuredWorker, must, signedInSession } from '../support/workerSession.ts';
import type { CallRecord, DoorCaller } from '../../src/worker/pipeline/door.ts';
import type { TokenWorker } from '../../src/worker/tokenWorker.ts';

const blotter: DoorCaller = { id: 'blotter/1', app: 'Blotter', isPersons: false };
const notes: DoorCaller = { id: 'notes/1', app: 'Notes', isPersons: false };
const soql = "SELECT Id, LastName FROM Contact WHERE LastName != 'A secret' ORDER BY Id LIMIT 3";

describe('live data over a lane', () => {
  const org = useOrg({ contacts: 5 });
  let worker: TokenWorker;
  let sessionId: string;
  let told: CallRecord[];
  const pages: PageEnd[] = [];

  async function openLane(caller = blotter): Promise<PageEnd> {
    const page = await PageEnd.open(worker, caller);
    pages.push(page);
    return page;
  }
  const subscribe = (page: PageEnd, subscriptionId: string, more: object = {}) =>
    page.ask({
      kind: 'subscribe',
      subscriptionId,
      sessionId,
      target: { kind: 'query', soql },
      isLookedAt: true,
      ...more,
    });
  const rowsOf = (page: PageEnd, id: string) => page.newsOf(id).filter((news) => news.kind === 'rows');
  const write = async (page: PageEnd, LastName: string) => {
    const [first] = rowsOf(page, 's');
    must(
      await page.ask({
        sessionId,
        method: 'PATCH',
        endpoint: `/services/data/vXX.X/sobjects/Contact/${String(first!.rows[0]!['Id'])}`,
        body: { kind: 'jsonText', json: JSON.stringify({ LastName }) },
      }),
    );
  };

  beforeEach(async () => {
    // What another test has left comes to its own.
    const own: CallRecord[] = (told = []);
    worker = await configuredWorker(org.url, { onCalled: (records) => void own.push(...records) });
    ({ sessionId } = await signedInSession(worker, org.url));
    await worker.grantSession(blotter, sessionId, 'morgan@example.com');
    await worker.grantSession(notes, sessionId);
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) page.close();
    await worker.shutDown();
  });

  it('comes to the page that has asked for it, and has one audit line, without the statement', async () => {
    const [page, other] = [await openLane(), await openLane(notes)];
    expect(await subscribe(page, 's')).toEqual({ ok: true, data: null });
    await until(() => rowsOf(page, 's').length > 0);
    expect(rowsOf(page, 's')).toMatchObject([{ isWhole: true, rows: [{}, {}, {}], gone: [] }]);
    expect(told).toEqual([
      {
        app: 'Blotter',
        action: 'live.subscribe',
        target: 'Contact',
        user: 'morgan@example.com',
        by: 'lane',
        at: expect.any(String),
        correlationId: expect.any(String),
        outcome: 'ok',
      },
    ]);
    await write(page, 'Changed');
    await until(() => rowsOf(page, 's').length > 1);
    expect(rowsOf(page, 's').at(-1)).toMatchObject({ rows: [{ LastName: 'Changed' }, {}, {}] });
    expect(other.received).toEqual([{ kind: 'open' }]);
  });

  it("is nobody else's to look after or to end, though the ids be the same", async () => {
    const [page, hostile] = [await openLane(), await openLane(notes)];
    must(await subscribe(page, 's'));
    await until(() => rowsOf(page, 's').length > 0);
    hostile.post({ kind: 'unsubscribe', subscriptionId: 's' });
    hostile.post({ kind: 'look', subscriptionId: 's', isLookedAt: false });
    must(await subscribe(hostile, 's'));
    await until(() => rowsOf(hostile, 's').length > 0);
    hostile.post({ kind: 'unsubscribe', subscriptionId: 's' });
    await write(page, 'Still told');
    await until(() => rowsOf(page, 's').length > 1);
    expect(rowsOf(hostile, 's')).toHaveLength(1);
  });

  it('is refused in a session that the page was not granted, and where it is malformed; each refusal is audited', async () => {
    const page = await openLane();
    const theirs = await signedInSession(worker, org.url, alex);
    for (const foreign of [theirs.sessionId, 'x', '__proto__']) {
      const refused = await subscribe(page, 's', { sessionId: foreign });
      expect(refused).toMatchObject({ error: { code: 'SESSION_ENDED', correlationId: expect.any(String) } });
      await until(() => told.some(({ correlationId }) => !refused.ok && correlationId === refused.error.correlationId));
    }
    const malformed = [
      { target: { kind: 'query', soql: 7 } },
      { target: { kind: 'record', sObject: 'Contact', id: '../x', fields: ['Id'] } },
      { target: { kind: 'sObject', sObject: "Contact'--", fields: ['Id'] } },
      { target: { kind: 'sObject', sObject: 'Contact', fields: ['Id FROM User'] } },
      { target: { kind: 'tooling' } },
      { subscriptionId: '' },
      { subscriptionId: 'x'.repeat(201) },
      { cursor: 'x'.repeat(201) },
      { isLookedAt: 'yes' },
    ];
    for (const one of malformed)
      expect(await subscribe(page, 's', one)).toMatchObject({ error: { code: 'INVALID_PARAMETER' } });
    await until(() => told.length >= 3 + malformed.length);
    expect(told.map(({ action, outcome }) => [action, outcome])).toEqual([
      ...Array.from({ length: 3 }, () => ['live.subscribe', 'SESSION_ENDED']),
      ...malformed.map(() => ['live.subscribe', 'INVALID_PARAMETER']),
    ]);
    must(await subscribe(page, 's'));
    expect(await subscribe(page, 's')).toMatchObject({ error: { code: 'INVALID_PARAMETER' } });
  });

  it('is bounded: a flood of subscriptions is refused, and those that there are go on', async () => {
    worker = await configuredWorker(org.url, { settings: { pipeline: { live: { subscriptionsPerApp: 3 } } } });
    ({ sessionId } = await signedInSession(worker, org.url));
    await worker.grantSession(blotter, sessionId);
    const page = await openLane();
    const answers = await Promise.all(
      ['s', ...Array.from({ length: 50 }, (_, n) => `s${n}`)].map((id) => subscribe(page, id)),
    );
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual(
      Array.from({ length: 51 }, (_, index) => (index < 3 ? 'ok' : 'TOO_MANY_REQUESTS')),
    );
    await until(() => rowsOf(page, 's').length > 0);
  });

  it('ends with the lane, and with the page: the ids are free again, and nothing is told', async () => {
    const first = await openLane();
    must(await subscribe(first, 's'));
    await until(() => rowsOf(first, 's').length > 0);
    const second = await openLane();
    await until(() => first.isClosed);
    const heard = first.received.length;
    must(await subscribe(second, 's'));
    await until(() => rowsOf(second, 's').length > 0);
    await write(second, 'After the lane');
    await until(() => rowsOf(second, 's').length > 1);
    await worker.dismissCaller(blotter.id);
    await until(() => second.isClosed);
    expect(first.received).toHaveLength(heard);
  });

  it('says so when the session ends', async () => {
    const page = await openLane();
    must(await subscribe(page, 's'));
    await until(() => rowsOf(page, 's').length > 0);
    await worker.endSession(sessionId);
    await until(() => page.newsOf('s').at(-1)?.kind === 'state');
    expect(page.newsOf('s').at(-1)).toMatchObject({ kind: 'state', state: 'signedOut' });
  });
});
