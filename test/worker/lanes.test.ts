/** Lanes as the worker of a provider has them, with the port of a page at the other end, on the real org. */
import { deepestJson } from '../../src/jsonDepth.ts';
import type { CallRecord, DoorCaller } from '../../src/worker/pipeline/door.ts';
import type { TokenWorker } from '../../src/worker/tokenWorker.ts';
import { useOrg } from '../support/org.ts';
import { alex } from '../support/orgBrowser.ts';
import { PageEnd } from '../support/pageEnd.ts';
import { until } from '../support/until.ts';
import { configuredWorker, must, signedInSession } from '../support/workerSession.ts';

const blotter: DoorCaller = { id: 'blotter/1', app: 'Blotter', isPersons: false };
const notes: DoorCaller = { id: 'notes/1', app: 'Notes', isPersons: false };
const limits = '/services/data/vXX.X/limits';

describe('a lane', () => {
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

  beforeEach(async () => {
    // What another test has left comes to its own.
    const own: CallRecord[] = (told = []);
    worker = await configuredWorker(org.url, { onCalled: (records) => void own.push(...records) });
    ({ sessionId } = await signedInSession(worker, org.url));
    await worker.grantSession(blotter, sessionId, 'morgan@example.com');
  });
  afterEach(() => {
    for (const page of pages.splice(0)) page.close();
  });

  it('says that it is open, and answers requests with the bytes of the org, each with one audit line', async () => {
    const page = await openLane();
    await until(() => page.received.length > 0);
    expect(page.received).toEqual([{ kind: 'open' }]);
    const { status, type, body } = must(await page.ask({ sessionId, endpoint: `${limits}?secret=1` }));
    expect([status, type, body?.kind]).toEqual([200, 'application/json;charset=UTF-8', 'jsonBytes']);
    if (body?.kind !== 'jsonBytes') return;
    expect(JSON.parse(new TextDecoder().decode(body.bytes))).toHaveProperty('DailyApiRequests');
    await until(() => told.length > 0);
    expect(told).toEqual([
      {
        app: 'Blotter',
        action: 'GET',
        target: '/services/data/v66.0/limits',
        user: 'morgan@example.com',
        served: 'org',
        by: 'lane',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        correlationId: expect.any(String),
        outcome: 'ok',
      },
    ]);
  });

  it("is one caller's: sessions of others, and what others have under way, are out of its reach", async () => {
    const other = await signedInSession(worker, org.url, alex);
    await worker.grantSession(notes, other.sessionId);
    const [page, theirs] = [await openLane(), await openLane(notes)];
    for (const foreign of [other.sessionId, 'x', '__proto__', 'constructor']) {
      const refused = await page.ask({ sessionId: foreign, endpoint: limits });
      expect(refused).toMatchObject({ error: { code: 'SESSION_ENDED', correlationId: expect.any(String) } });
      await until(() => told.some(({ correlationId }) => !refused.ok && correlationId === refused.error.correlationId));
    }
    await org.control.injectFault({ kind: 'hang' }, { path: '/limits', times: 1 });
    theirs.post({ kind: 'execute', requestId: 'theirs', sessionId: other.sessionId, endpoint: limits, timeoutMs: 500 });
    await until(async () => (await org.control.counts()).requests['GET /services/data/v66.0/limits'] === 1);
    page.post({ kind: 'cancel', requestId: 'theirs' });
    expect(await theirs.answerTo('theirs')).toMatchObject({ error: { code: 'REQUEST_TIMED_OUT' } });
    expect(page.received.filter(({ requestId }) => requestId === 'theirs')).toEqual([]);
  });

  it('takes requests and cancels, and nothing else: each refusal is audited, and answered where it can be', async () => {
    const page = await openLane();
    const junk = [
      null,
      0,
      'execute',
      [],
      {},
      { kind: 'execute' },
      { kind: 'cancel' },
      { type: 'APPLY', id: '1', path: ['restoreSessions'], argumentList: [] },
      { kind: 'endSession', sessionId },
      new Map([['kind', 'execute']]),
    ];
    for (const message of junk) page.post(message);
    const refusals: [object, string][] = [
      [{ method: 'TRACE' }, 'method'],
      [{ endpoint: 7 }, 'endpoint'],
      [{ endpoint: 'x'.repeat(400_001) }, 'endpoint'],
      [{ headers: { a: 1 } }, 'headers.a'],
      [{ body: { kind: 'json', value: {} } }, 'body'],
      [{ body: { kind: 'raw', bytes: new ArrayBuffer(1), type: '' } }, 'body.bytes'],
      [{ method: 'POST', body: { kind: 'jsonText', json: '['.repeat(deepestJson + 1) } }, 'body.json'],
      [{ method: 'POST', body: { kind: 'jsonText', json: '{"a":1' } }, 'body.json'],
    ];
    for (const [request, named] of refusals)
      expect(await page.ask({ sessionId, endpoint: limits, ...request })).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PARAMETER', message: expect.stringContaining(named) },
      });
    await until(() => told.length >= junk.length + refusals.length);
    expect(told.map(({ outcome, by }) => [outcome, by])).toEqual(
      Array.from({ length: junk.length + refusals.length }, () => ['INVALID_PARAMETER', 'lane']),
    );
    expect(page.received).toHaveLength(1 + refusals.length);
    must(await page.ask({ sessionId, endpoint: limits }));
  });

  it('gives up what is cancelled, and audits that', async () => {
    const page = await openLane();
    await org.control.injectFault({ kind: 'hang' }, { path: '/limits', times: 1 });
    page.post({ kind: 'execute', requestId: 'r', sessionId, endpoint: limits });
    await until(async () => (await org.control.counts()).requests['GET /services/data/v66.0/limits'] === 1);
    page.post({ kind: 'cancel', requestId: 'r' });
    expect(await page.answerTo('r')).toMatchObject({ error: { code: 'REQUEST_CANCELLED' } });
    await until(() => told.length >= 2);
    expect(told.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['cancel', 'ok'],
      ['GET', 'REQUEST_CANCELLED'],
    ]);
  });

  it('is closed when its caller has gone, and when the caller opens another', async () => {
    const [first, second] = [await openLane(), await openLane()];
    await until(() => first.isClosed);
    must(await second.ask({ sessionId, endpoint: limits }));
    await worker.dismissCaller(blotter.id);
    await until(() => second.isClosed);
    await until(() => told.length > 0);
    await worker.grantSession(blotter, sessionId);
    for (const page of [first, second]) page.post({ kind: 'execute', requestId: 'late', sessionId, endpoint: limits });
    const third = await openLane();
    must(await third.ask({ sessionId, endpoint: limits }));
    await worker.endSession(sessionId);
    expect(told).toHaveLength(2);
  });

  it('reaches nothing of a session that has ended, whatever was under way in it', async () => {
    const page = await openLane();
    await org.control.injectFault({ kind: 'hang' }, { path: '/limits', times: 1 });
    page.post({ kind: 'execute', requestId: 'r', sessionId, endpoint: limits });
    await until(async () => (await org.control.counts()).requests['GET /services/data/v66.0/limits'] === 1);
    await worker.endSession(sessionId);
    expect(told.map(({ outcome }) => outcome)).toEqual(['SESSION_ENDED']);
    expect(await page.answerTo('r')).toMatchObject({ error: { code: 'SESSION_ENDED' } });
    expect(await page.ask({ sessionId, endpoint: limits })).toMatchObject({ error: { code: 'SESSION_ENDED' } });
  });

  it('fills in the API version and judges what is inside a composite body, whatever form that has', async () => {
    const page = await openLane();
    const endpoint = '/services/data/vXX.X/composite';
    const part = (url: string) => JSON.stringify({ compositeRequest: [{ method: 'GET', url, referenceId: 'a' }] });
    const good = { kind: 'jsonText', json: part('/services/data/vXX.X/limits') };
    const { body } = must(await page.ask({ sessionId, endpoint, method: 'POST', body: good }));
    expect(JSON.parse(new TextDecoder().decode((body as { bytes: ArrayBuffer }).bytes))).toMatchObject({
      compositeResponse: [{ httpStatusCode: 200 }],
    });
    const evil = part('/services/data/v66.0/tooling/executeAnonymous?anonymousBody=x');
    for (const sent of [
      { kind: 'jsonText', json: evil },
      { kind: 'text', text: evil },
      { kind: 'raw', bytes: new Blob([evil]), type: 'application/json' },
    ])
      expect(await page.ask({ sessionId, endpoint, method: 'POST', body: sent })).toMatchObject({
        error: { code: 'ENDPOINT_NOT_ALLOWED' },
      });
  });

  it('holds an app to its share, however much it sends', async () => {
    worker = await configuredWorker(org.url, {
      settings: {
        limits: { requestsAtOnce: 4, requestsAtOncePerApp: 2, waitingRequestsPerApp: 3, longestRequestMs: 10_000 },
      },
    });
    ({ sessionId } = await signedInSession(worker, org.url));
    await worker.grantSession(blotter, sessionId);
    const page = await openLane();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => page.ask({ sessionId, endpoint: `${limits}?n=${index}` })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'TOO_MANY_REQUESTS')).toHaveLength(45);
  });
});
