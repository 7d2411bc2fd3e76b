import { deferred } from '../../src/deferred.ts';
import { useOrg } from '../support/org.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';

const limits = '/services/data/v66.0/limits';
const minutes = (count: number): number => count * 60_000;
const always = { endpoint: 'token', times: 'always' } as const;
const once = { endpoint: 'token' } as const;
const refusal = (error: string, error_description: string, headers: Record<string, string> = {}) =>
  ({ kind: 'answer', status: 400, body: JSON.stringify({ error, error_description }), headers }) as const;
const paused = (reason: string) => ({
  ok: false,
  error: { code: 'TEMPORARILY_UNAVAILABLE', name: 'ApiRequestError', reason },
});

/**
 * D1, D17: segmentio/action-destinations pull request 2300, sfdx-core pull request 1342, restforce pull request 744.
 */
describe('a renewal that the org refuses', () => {
  const org = useOrg({ contacts: 20 });
  let ahead: number;
  let told: string[];

  beforeEach(() => {
    [ahead, told] = [0, []];
  });

  async function pass(milliseconds: number): Promise<void> {
    ahead += milliseconds;
    await org.control.moveClock(milliseconds);
  }

  /**
   * Signed in, with an access token that the org has ended. The renewal is sent when the org has answered so many
   * requests: one that is refused after the renewal has failed would rightly begin another.
   */
  async function ended(answersFirst = 0) {
    const answered = deferred<void>();
    if (answersFirst === 0) answered.resolve();
    const worker = await configuredWorker(org.url, {
      async fetch(input, init) {
        if (init?.body instanceof URLSearchParams && init.body.get('grant_type') === 'refresh_token')
          await answered.promise;
        const response = await fetch(input, init);
        if (String(input).endsWith(limits) && (answersFirst -= 1) === 0) answered.resolve();
        return response;
      },
      now: () => Date.now() + ahead,
      serverTime: async () => Date.now() + ahead,
      onSessionLost: (_id, { code, reason }) => told.push(`${code} ${reason}`),
      onSessionRecovered: () => told.push('recovered'),
    });
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.expireAccessTokens();
    await org.control.resetCounts();
    return { worker, sessionId, request: () => worker.request(sessionId, get(limits)) };
  }
  const refreshes = async () => (await org.control.counts()).requests['POST /services/oauth2/token'] ?? 0;

  it.each(['token request is already being processed', 'Token request is already being processed.'])(
    'once, as "%s", is not noticed by anybody',
    async (words) => {
      const { request } = await ended();
      await org.control.injectFault(refusal('invalid_grant', words), once);
      for (const outcome of await Promise.all(Array.from({ length: 20 }, request))) must(outcome);
      expect(await refreshes()).toBe(2);
      expect(told).toEqual([]);
    },
  );

  it.each([
    ['invalid_grant', 'login rate exceeded', 'refresh.tooMany'],
    ['rate_limit_exceeded', 'too many logins', 'refresh.tooMany'],
    ['invalid_grant', 'ip restricted', 'refresh.placeOrTime'],
    ['invalid_grant', 'something that nobody has seen yet', 'refresh.unknown'],
  ])('once, as %s "%s", keeps everybody signed in and is tried again by itself', async (error, words, reason) => {
    const { request, worker } = await ended(20);
    await org.control.injectFault(refusal(error, words), once);
    for (const outcome of await Promise.all(Array.from({ length: 20 }, request)))
      expect(outcome).toMatchObject(paused(reason));
    expect(await refreshes()).toBe(1);
    await worker.renewOwed();
    must(await request());
    expect(await refreshes()).toBe(2);
    expect(told).toEqual([]);
  });

  it('is tried again after longer and longer pauses, whoever asks, and says when', async () => {
    const { request, worker } = await ended();
    await org.control.injectFault(refusal('invalid_grant', 'not today'), always);
    const waits: unknown[] = [];
    for (let second = 0; second < 120; second += 1) {
      const outcomes = await Promise.all([request(), request(), worker.renewOwed()]);
      expect(outcomes[0]).toMatchObject({
        ok: false,
        error: { data: { error: 'invalid_grant', error_description: 'not today', retryAfterMs: expect.any(Number) } },
      });
      waits.push(outcomes[0].ok || (outcomes[0].error.data as { retryAfterMs: number }).retryAfterMs);
      await pass(1_000);
    }
    // At once, then after 1, 2, 4, 8, 16, 32 and 64 seconds.
    expect(await refreshes()).toBeLessThanOrEqual(9);
    expect(Math.max(...(waits as number[]))).toBeGreaterThan(30_000);
    expect(told).toEqual([]);
  });

  it('is not tried again before the time that the org names', async () => {
    const { request, worker } = await ended();
    await org.control.injectFault(refusal('rate_limit_exceeded', 'too many logins', { 'Retry-After': '90' }), once);
    expect(await request()).toMatchObject({ ok: false, error: { data: { retryAfterMs: 90_000 } } });
    await pass(80_000);
    await worker.renewOwed();
    expect(await request()).toMatchObject(paused('refresh.tooMany'));
    expect(await refreshes()).toBe(1);
    await pass(11_000);
    await worker.renewOwed();
    must(await request());
    expect(await refreshes()).toBe(2);
  });

  it('lets requests go on while the access token is good', async () => {
    const worker = await configuredWorker(org.url, {
      now: () => Date.now() + ahead,
      serverTime: async () => Date.now() + ahead,
      onSessionLost: (_id, { reason }) => told.push(reason!),
    });
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.injectFault(refusal('invalid_grant', 'not today'), always);
    await pass(minutes(95));
    for (let minute = 0; minute < 20; minute += 1) {
      must(await worker.request(sessionId, get(limits)));
      await pass(minutes(1));
    }
    expect(told).toEqual([]);
  });

  it('for ten minutes asks a person once to sign in, says why, and still takes it up when the org changes its mind', async () => {
    const { request, worker } = await ended();
    await org.control.injectFault(refusal('invalid_grant', 'not today'), always);
    for (let minute = 0; minute < 9; minute += 1) {
      expect(await request()).toMatchObject(paused('refresh.unknown'));
      await pass(minutes(1));
    }
    expect(told).toEqual([]);
    for (let minute = 9; minute < 60; minute += 1) {
      await worker.renewOwed();
      await pass(minutes(1));
    }
    expect(await request()).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_REQUIRED', reason: 'refresh.stillRefused', data: { error_description: 'not today' } },
    });
    expect(told).toEqual(['SIGN_IN_REQUIRED refresh.stillRefused']);
    // Once in five minutes.
    expect(await refreshes()).toBeLessThanOrEqual(25);
    await org.control.clearFaults();
    await pass(minutes(5));
    await worker.renewOwed();
    must(await request());
    expect(told).toEqual(['SIGN_IN_REQUIRED refresh.stillRefused', 'recovered']);
  });

  it("before a night's sleep and once after it does not ask anybody to sign in", async () => {
    const { request, worker } = await ended();
    await org.control.injectFault(refusal('invalid_grant', 'not today'), always);
    expect(await request()).toMatchObject(paused('refresh.unknown'));
    await pass(minutes(600));
    await worker.checkSessions();
    expect(await request()).toMatchObject(paused('refresh.unknown'));
    expect(told).toEqual([]);
  });
});
