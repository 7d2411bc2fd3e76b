import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { useOrg } from '../support/org.ts';
import { OrgBrowser } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';

const limits = '/services/data/v66.0/limits';
const minutes = (count: number): number => count * 60_000;

describe('renewing a session', () => {
  const org = useOrg({ contacts: 20, accessTokenLifetimeMs: minutes(60), sessionTimeout: 'fixed' });
  /** What the org's clock has been moved by, and what this machine's is ahead of real time. */
  let elapsed: number;
  let ahead: number;
  let online: boolean;
  let lost: string[];

  beforeEach(async () => {
    [elapsed, ahead, online, lost] = [0, 0, true, []];
    await org.control.setRefreshTokenRotation(true);
  });

  const newWorker = () =>
    configuredWorker(org.url, {
      now: () => Date.now() + ahead,
      serverTime: async () => Date.now() + elapsed,
      isOnline: () => online,
      onSessionLost: (id, { reason }) => lost.push(`${id} ${reason}`),
    });

  async function pass(milliseconds: number): Promise<void> {
    elapsed += milliseconds;
    ahead += milliseconds;
    await org.control.moveClock(milliseconds);
  }

  /** Signed in, and the org has said how long its tokens live. */
  async function signedIn() {
    await org.control.resetCounts();
    const worker = await newWorker();
    const { sessionId } = await signedInSession(worker, org.url);
    await until(async () => (await org.control.counts()).requests['POST /services/oauth2/introspect'] === 1);
    await org.control.resetCounts();
    const request = () => worker.request(sessionId, get(limits));
    return { worker, sessionId, request };
  }
  const refreshes = async () => (await org.control.counts()).tokenRequests['refresh_token'] ?? 0;
  const answers = async () => (await org.control.counts()).requests[`GET ${limits}`];

  it('leaves a token alone while it is good', async () => {
    const { request } = await signedIn();
    await pass(minutes(40));
    must(await request());
    expect(await refreshes()).toBe(0);
  });

  it("renews in the background near the end of the token's life, without holding a request up", async () => {
    const { request } = await signedIn();
    await pass(minutes(50));
    const hang = await org.control.injectFault({ kind: 'hang' }, { endpoint: 'token', times: 'always' });
    must(await request());
    must(await request());
    const known = (await org.control.secrets()).length;
    await org.control.clearFaults(hang);
    await until(async () => (await org.control.secrets()).length === known + 2);
    await pass(minutes(30));
    must(await request());
    expect(await refreshes()).toBe(1);
  });

  it('renews before sending once the token has ended, one renewal for all, and the org refuses nothing', async () => {
    const { request } = await signedIn();
    await pass(minutes(90));
    for (const outcome of await Promise.all(Array.from({ length: 20 }, request))) must(outcome);
    expect(await refreshes()).toBe(1);
    expect(await answers()).toBe(20);
  });

  it('does not mind a clock that jumps by hours, forwards or back', async () => {
    const { request } = await signedIn();
    ahead += minutes(300);
    must(await request());
    ahead -= minutes(900);
    must(await request());
    must(await request());
    // Each jump costs one renewal at most, and one proof that the org refuses for its time.
    expect(await refreshes()).toBeLessThanOrEqual(4);
    expect(lost).toEqual([]);
  });

  it('signs in on a machine whose clock is wrong by hours, id token and proofs included', async () => {
    for (const wrong of [minutes(-420), minutes(420)]) {
      ahead += wrong;
      const worker = await configuredWorker(org.url, {
        now: () => Date.now() + ahead,
        serverTime: async () => Date.now() + elapsed,
      });
      const session = await signedInSession(worker, org.url, undefined, ['api', 'refresh_token', 'openid']);
      expect(session.tokenBinding).toBe('dpop');
      must(await worker.request(session.sessionId, get(limits)));
      ahead -= wrong;
    }
  });

  /** A renewal in the background which the org has done, and whose answer is still on its way. */
  async function answerOnItsWay(request: () => Promise<unknown>) {
    await pass(minutes(50));
    const known = (await org.control.secrets()).length;
    const hang = await org.control.injectFault({ kind: 'hang', afterWork: true }, { endpoint: 'token' });
    await request();
    await until(async () => (await org.control.secrets()).length === known + 2);
    return () => org.control.clearFaults(hang);
  }

  it('renews once more when an administrator ended the sessions while a renewal was on its way', async () => {
    const { request } = await signedIn();
    const arrives = await answerOnItsWay(request);
    await org.control.expireAccessTokens();
    const requests = Array.from({ length: 20 }, request);
    await until(async () => (await answers()) === 21);
    await arrives();
    for (const outcome of await Promise.all(requests)) must(outcome);
    expect(await refreshes()).toBe(2);
  });

  it("does not take a sleep during a renewal for a difference between its clock and the org's", async () => {
    const { request } = await signedIn();
    const arrives = await answerOnItsWay(request);
    const known = await answers();
    await pass(minutes(8));
    await arrives();
    // The token that was there is still good; the new one is used as soon as it is.
    for (let count = 0; count < 5; count += 1) must(await request());
    expect(await answers()).toBe(known! + 5);
    expect(await refreshes()).toBe(1);
  });

  it('keeps the session while this machine is offline, asks the org nothing, and goes on by itself', async () => {
    const { request, worker } = await signedIn();
    await pass(minutes(90));
    online = false;
    expect(await request()).toMatchObject({ ok: false, error: { code: 'NETWORK_FAILED', reason: 'session.offline' } });
    expect(await refreshes()).toBe(0);
    online = true;
    await worker.checkSessions();
    expect(await refreshes()).toBe(1);
    must(await request());
    expect(await refreshes()).toBe(1);
    expect(lost).toEqual([]);
  });

  it('pauses when the org cannot renew, so that a hundred callers are no storm', async () => {
    const { request, worker } = await signedIn();
    await pass(minutes(90));
    await org.control.injectFault({ kind: 'server-error', as: 'json' }, { endpoint: 'token', times: 'always' });
    for (let round = 0; round < 10; round += 1) {
      for (const outcome of await Promise.all(Array.from({ length: 10 }, request))) {
        expect(outcome).toMatchObject({ ok: false, error: { code: 'NETWORK_FAILED', reason: 'session.unavailable' } });
      }
    }
    expect(await refreshes()).toBeLessThanOrEqual(3);
    await org.control.clearFaults();
    await worker.checkSessions();
    must(await request());
    expect(lost).toEqual([]);
  });

  it('ends in one clear "sign in again" when the answer with the rotated refresh token was lost', async () => {
    const { request, sessionId } = await signedIn();
    await pass(minutes(90));
    await org.control.injectFault({ kind: 'drop', afterWork: true }, { endpoint: 'token' });
    expect(await request()).toMatchObject({ ok: false, error: { reason: 'session.unreachable' } });
    for (const outcome of await Promise.all(Array.from({ length: 20 }, request))) {
      expect(outcome).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED', reason: 'refresh.refused' } });
    }
    expect(lost).toEqual([`${sessionId} refresh.refused`]);
    expect(await refreshes()).toBe(2);
  });

  it('notices on waking that an administrator has revoked the session, before any app asks', async () => {
    const { worker, sessionId } = await signedIn();
    await pass(minutes(90));
    await org.control.revokeRefreshTokens();
    await worker.checkSessions();
    expect(lost).toEqual([`${sessionId} refresh.refused`]);
  });

  it('widens a session to more scopes without ending what is under way', async () => {
    const worker = await newWorker();
    const narrow = await signedInSession(worker, org.url, undefined, ['api', 'refresh_token']);
    const wide = await signedInSession(worker, org.url, undefined, ['api', 'refresh_token', 'web']);
    const slow = await org.control.injectFault({ kind: 'delay', milliseconds: 150 }, { path: '/limits$' });
    const underWay = worker.request(narrow.sessionId, get(limits));
    expect(must(await worker.widenSession(narrow.sessionId, wide.sessionId)).scopes).toEqual(
      expect.arrayContaining(['api', 'refresh_token', 'web']),
    );
    must(await underWay);
    await org.control.clearFaults(slow);
    must(await worker.request(narrow.sessionId, get(limits)));
    expect(await worker.request(wide.sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'SESSION_ENDED' },
    });
    const scopes = (await org.control.approvals())
      .filter(({ consumerKey }) => consumerKey === defaultConsumerKey)
      .map(({ scope }) => scope);
    expect(scopes.at(-1)).toContain('web');
    expect(scopes.filter((scope) => !scope.includes('web')).length).toBeLessThan(5);
  });

  it('widens a session by the tokens that are current, when they were renewed and rotated in between (D3)', async () => {
    const worker = await newWorker();
    const narrow = await signedInSession(worker, org.url, undefined, ['api', 'refresh_token']);
    const wide = await signedInSession(worker, org.url, undefined, ['api', 'refresh_token', 'web']);
    await org.control.expireAccessTokens();
    must(await worker.request(wide.sessionId, get(limits)));
    must(await worker.widenSession(narrow.sessionId, wide.sessionId));
    must(await worker.request(narrow.sessionId, get(limits)));
    await org.control.expireAccessTokens();
    must(await worker.request(narrow.sessionId, get(limits)));
    expect(lost).toEqual([]);
  });

  it("does not widen one person's session by another person's grant", async () => {
    const { morgan, alex } = await import('../support/orgBrowser.ts');
    const worker = await newWorker();
    const hers = await signedInSession(worker, org.url, morgan);
    const his = await signedInSession(worker, org.url, alex, ['api', 'refresh_token', 'web']);
    expect(await worker.widenSession(hers.sessionId, his.sessionId)).toMatchObject({
      ok: false,
      error: { code: 'SESSION_ENDED' },
    });
    for (const { sessionId } of [hers, his]) must(await worker.request(sessionId, get(limits)));
  });

  it('refuses a renewal that answers for somebody else, or names another instance', async () => {
    for (const [members, reason] of [
      [{ id: `${org.url}/id/00D000000000001AAA/005000000000001AAA` }, 'refresh.otherUser'],
      [{ instance_url: 'https://evil.example' }, 'refresh.foreignInstance'],
    ] as const) {
      const { request } = await signedIn();
      await pass(minutes(90));
      await org.control.injectFault({ kind: 'change-members', members }, { endpoint: 'token' });
      expect(await request()).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED', reason } });
    }
  });

  it("takes a sign-in up in the browser's own session without asking twice", async () => {
    const worker = await newWorker();
    const browser = new OrgBrowser(org.url);
    for (const interaction of ['allowed', 'none'] as const) {
      const { signInId, authorizeUrl } = must(
        await worker.startSignIn({
          orgUrl: org.url,
          consumerKey: defaultConsumerKey,
          scopes: ['api', 'refresh_token'],
          interaction,
        }),
      );
      const finished = worker.waitForSignIn(signInId);
      must(await worker.deliverRedirect((await browser.signIn(authorizeUrl)).href));
      must(await finished);
    }
  });
});
