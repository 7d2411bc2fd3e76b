import { failure, success, type Outcome } from '../../src/outcomes/failure.ts';
import { createCallsUnderWay, type CallUnderWay } from '../../src/calls/callsUnderWay.ts';

describe('calls that are under way', () => {
  let calls: ReturnType<typeof createCallsUnderWay>;

  beforeEach(() => {
    calls = createCallsUnderWay();
  });

  /** A call that is worked on until it is given up. */
  function begin(
    callerId: string,
    requestId: string,
    { sessionId, writes = false }: { sessionId?: string; writes?: boolean } = {},
  ) {
    let signal!: AbortSignal;
    const work = (call: CallUnderWay): Promise<Outcome<string>> => {
      ({ signal } = call);
      call.isHarmless = !writes;
      return new Promise((resolve) =>
        call.signal.addEventListener('abort', () => resolve(failure('REQUEST_CANCELLED', 'given up'))),
      );
    };
    const outcome = calls.run({ id: callerId }, { requestId, ...(sessionId !== undefined && { sessionId }) }, work);
    return { outcome, isGivenUp: () => signal.aborted };
  }

  it('are given up by the app that made them, and by no other', async () => {
    const own = begin('blotter', '1');
    const others = begin('research', '1');
    calls.cancel({ id: 'blotter' }, '1');
    expect(await own.outcome).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    expect(others.isGivenUp()).toBe(false);
  });

  it('have a request id each, which is free again once they are over', async () => {
    const first = begin('blotter', '1');
    expect(await calls.run({ id: 'blotter' }, { requestId: '1' }, async () => success('twice'))).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER' },
    });
    calls.cancel({ id: 'blotter' }, '1');
    await first.outcome;
    expect(await calls.run({ id: 'blotter' }, { requestId: '1' }, async () => success('later'))).toEqual(
      success('later'),
    );
  });

  it('end with their caller, unless they write, and not with one whose id begins as theirs', async () => {
    const reading = begin('desk/blotter', '1');
    const writing = begin('desk/blotter', '2', { writes: true });
    calls.leave('desk');
    expect(reading.isGivenUp()).toBe(false);
    calls.leave('desk/blotter');
    expect([reading.isGivenUp(), writing.isGivenUp()]).toEqual([true, false]);
  });

  it('end with the session they work in, writing or not, and say so', async () => {
    const inSession = begin('blotter', '1', { sessionId: 'a', writes: true });
    const elsewhere = begin('blotter', '2', { sessionId: 'b' });
    calls.endSession('a');
    expect(await inSession.outcome).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    expect(elsewhere.isGivenUp()).toBe(false);
  });

  it('have no answer of a session that has ended, even where the work came to one', async () => {
    const outcome = calls.run({ id: 'blotter' }, { requestId: '1', sessionId: 'a' }, async () => {
      calls.endSession('a');
      return success('of somebody who has left');
    });
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
  });
});
