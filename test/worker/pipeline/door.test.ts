/** The one door to the orgs, as the worker of a provider has it, on the real org. */
import { failure, success } from '../../../src/outcomes/failure.ts';
import { createDoor, type CallRecord, type DoorCaller } from '../../../src/worker/pipeline/door.ts';
import type { TokenWorker } from '../../../src/worker/tokenWorker.ts';
import { useOrg } from '../../support/org.ts';
import { alex } from '../../support/orgBrowser.ts';
import { until } from '../../support/until.ts';
import { configuredWorker, must, signedInSession } from '../../support/workerSession.ts';

describe('the door of the token worker', () => {
  const org = useOrg({ contacts: 5 });
  let worker: TokenWorker;
  let sessionId: string;
  const blotter: DoorCaller = { id: 'blotter/1', app: 'Blotter', isPersons: false };
  const notes: DoorCaller = { id: 'notes/1', app: 'Notes', isPersons: false };

  beforeEach(async () => {
    worker = await configuredWorker(org.url);
    ({ sessionId } = await signedInSession(worker, org.url));
  });

  const ask = async (caller: DoorCaller, more: object = {}) =>
    worker.execute(caller, { requestId: 'r', sessionId, endpoint: '/services/data/vXX.X/limits?secret=1', ...more });

  it('lets a caller into the sessions that it was granted, and into no other', async () => {
    const other = await signedInSession(worker, org.url, alex);
    await worker.grantSession(blotter, sessionId, 'morgan@example.com');
    expect(await ask(blotter)).toEqual({
      outcome: expect.objectContaining({ ok: true }),
      line: {
        app: 'Blotter',
        action: 'GET',
        target: '/services/data/v66.0/limits',
        user: 'morgan@example.com',
        served: 'org',
      },
    });
    for (const refused of [await ask(notes), await ask(blotter, { sessionId: other.sessionId })])
      expect(refused.outcome).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    expect((await org.control.counts()).requests['GET /services/data/v66.0/limits']).toBe(1);
  });

  it('is closed to a caller that has left the session, that has gone, or whose session has ended', async () => {
    const ends = [
      () => worker.withdrawSession(blotter.id, sessionId),
      () => worker.dismissCaller(blotter.id),
      () => worker.endSession(sessionId),
    ];
    for (const end of ends) {
      await worker.grantSession(blotter, sessionId);
      must((await ask(blotter)).outcome);
      await end();
      expect((await ask(blotter)).outcome).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    }
  });

  it('refuses what is malformed, whoever sends it, and says what is wrong with it', async () => {
    await worker.grantSession(blotter, sessionId);
    for (const [more, named] of [
      [{ method: 'TRACE' }, 'method'],
      [{ requestId: '' }, 'requestId'],
      [{ headers: { a: 1 } }, 'headers.a'],
      [{ timeoutMs: -1 }, 'timeoutMs'],
    ] as const)
      expect((await ask(blotter, more)).outcome).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PARAMETER', message: expect.stringContaining(named) },
      });
    expect((await worker.execute(blotter, null)).outcome).toMatchObject({ ok: false });
  });

  it('gives up what a caller cancels, and nothing of another with the same request id', async () => {
    await worker.grantSession(blotter, sessionId);
    await worker.grantSession(notes, sessionId);
    await org.control.injectFault({ kind: 'hang' }, { path: '/limits', times: 2 });
    const [cancelled, other] = [
      ask(blotter),
      ask(notes, { endpoint: '/services/data/vXX.X/limits?other', timeoutMs: 400 }),
    ];
    await until(async () => (await org.control.counts()).requests['GET /services/data/v66.0/limits'] === 2);
    await worker.cancelCall(blotter.id, 'r');
    expect((await cancelled).outcome).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    expect((await other).outcome).toMatchObject({ ok: false, error: { code: 'REQUEST_TIMED_OUT' } });
  });
});

describe('a call that does not come through the provider', () => {
  const caller: DoorCaller = { id: 'lane/1', app: 'Blotter', isPersons: false };
  const outcomes = {
    '/good': async () => ({ outcome: success({ status: 200 }), served: 'org' as const }),
    '/bad': async () => ({ outcome: failure('NETWORK_FAILED', 'Offline.'), served: 'org' as const }),
    '/broken': async () => {
      throw new Error('a fault of this provider');
    },
  };

  it('leaves one record for the audit trail, whose id its failure has, and the cause of what went wrong here', async () => {
    const told: [CallRecord, unknown][] = [];
    const door = createDoor({
      apiVersion: '66.0',
      requestTimeoutMs: 1_000,
      longestRequestMs: 1_000,
      ask: ({ request }) => outcomes[request.endpoint as keyof typeof outcomes](),
      onCall: (...call) => void told.push(call as [CallRecord, unknown]),
    });
    door.grant(caller, 's', 'morgan');
    const answers = [];
    for (const endpoint of ['/good', '/bad?q=1', '/broken'])
      answers.push(
        await door.call(caller, {
          kind: 'execute',
          requestId: endpoint,
          sessionId: 's',
          endpoint: endpoint.split('?')[0],
        }),
      );
    expect(told.map(([{ outcome, user }]) => [outcome, user])).toEqual([
      ['ok', 'morgan'],
      ['NETWORK_FAILED', 'morgan'],
      ['INTERNAL', undefined],
    ]);
    expect(answers.map((answer) => (answer.ok ? undefined : answer.error.correlationId))).toEqual([
      undefined,
      told[1]![0].correlationId,
      told[2]![0].correlationId,
    ]);
    expect(told[2]![1]).toBeInstanceOf(Error);
    expect(JSON.stringify(answers)).not.toContain('a fault of this provider');
  });
});
