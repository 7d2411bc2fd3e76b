import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { Fault, FaultPlace } from '../../sandbox/org/control/controlClient.ts';
import { deferred } from '../../src/deferred.ts';
import { outcomes } from '../../src/outcomes/outcomes.ts';
import type { TokenWorker } from '../../src/worker/tokenWorker.ts';
import { useOrg } from '../support/org.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { decideOnSecondDevice } from '../support/secondDevice.ts';
import { until } from '../support/until.ts';
import { configuredWorker, get, must } from '../support/workerSession.ts';

const codeLifeMs = 600_000;

describe('the device flow, against the embedded org', () => {
  const org = useOrg({ contacts: 50 });
  let worker: TokenWorker;
  let online: boolean;
  /** Both clocks, this machine's and the org's, stand that far ahead: the worker's pauses pass without waiting. */
  let aheadMs: number;
  let pauses: number[];
  /** What happens in the worker's first, second, … pause; nothing in the others. */
  let during: Record<number, () => unknown>;

  const pass = async (ms: number): Promise<void> => {
    aheadMs += ms;
    await org.control.moveClock(ms);
  };
  const environment = {
    now: () => Date.now() + aheadMs,
    isOnline: () => online,
    async delay(ms: number, signal: AbortSignal) {
      if (signal.aborted) return;
      pauses.push(ms);
      await during[pauses.length]?.();
      await pass(ms);
    },
  };
  const request = { orgUrl: '', consumerKey: defaultConsumerKey, scopes: ['api', 'refresh_token'] };
  const start = (more: object = {}) => worker.startDeviceSignIn({ ...request, orgUrl: org.url, ...more });
  const polls = async () => (await org.control.counts()).tokenRequests['device'] ?? 0;
  const meet = (fault: Fault, where: FaultPlace = {}) =>
    org.control.injectFault(fault, { endpoint: 'token', ...where });

  beforeEach(async () => {
    [aheadMs, online, pauses, during] = [0, true, [], {}];
    await org.control.setPolicy({ dpopNonces: false });
    await org.control.setApp(defaultConsumerKey, { deviceFlow: true, installed: true, adminApprovedOnly: false });
    worker = await configuredWorker(org.url, environment);
  });

  /** Signs in while `acts` happen in the worker's pauses; the person decides at the end of the pause `decidedIn`. */
  async function signIn(acts: Record<number, () => unknown> = {}, decision: 'allow' | 'deny' = 'allow', decidedIn = 1) {
    const codes = deferred<string>();
    const decide = async (): Promise<void> => {
      await acts[decidedIn]?.();
      await decideOnSecondDevice(org.url, await codes.promise, decision);
    };
    during = { ...acts, [decidedIn]: decide };
    const { signInId, userCode } = must(await start());
    codes.resolve(userCode);
    return worker.waitForSignIn(signInId);
  }

  it('shows what a person needs and nothing that gets tokens', async () => {
    during = { 1: () => new Promise(() => undefined) };
    const started = must(await start());
    expect(started).toEqual({
      signInId: expect.any(String),
      userCode: expect.stringMatching(/^[A-Z0-9]{8}$/),
      verificationUri: `${org.url}/setup/connect`,
      expiresInMs: codeLifeMs,
    });
    const secrets = (await org.control.secrets()).map(({ value }) => value);
    expect(secrets.filter((secret) => JSON.stringify(started).includes(secret))).toEqual([]);
  });

  it("asks at the org's interval until the person has allowed, and then requests data", async () => {
    const session = must(await signIn({}, 'allow', 3));
    expect(pauses).toEqual([5_000, 5_000, 5_000]);
    expect(session).toMatchObject({ orgUrl: org.url, scopes: ['api', 'refresh_token'], tokenBinding: 'dpop' });
    expect(must(await worker.request(session.sessionId, get('/services/data/v66.0/limits'))).status).toBe(200);
    must(await worker.expireTokens(session.sessionId, true));
    expect(must(await worker.request(session.sessionId, get('/services/data/v66.0/limits'))).status).toBe(200);
  });

  it('binds the tokens also where the org wants a nonce in its proofs, and not at all where DPoP is off', async () => {
    await org.control.setPolicy({ dpopNonces: true });
    expect(must(await signIn()).tokenBinding).toBe('dpop');
    pauses = [];
    worker = await configuredWorker(org.url, { ...environment, org: { dpop: 'off' } });
    expect(must(await signIn()).tokenBinding).toBe('bearer');
  });

  it('adds five seconds for good each time the org says that it is asked too often', async () => {
    // Two questions within five seconds: the clocks stand still in the second pause.
    const hurry = () => {
      aheadMs -= 5_000;
      return org.control.moveClock(-5_000);
    };
    await signIn({ 2: hurry }, 'allow', 5);
    expect(pauses).toEqual([5_000, 5_000, 10_000, 10_000, 10_000]);
  });

  it('tells a denial from a code that nobody entered in time', async () => {
    expect(await signIn({}, 'deny', 2)).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_DENIED', reason: 'redeem.deviceDenied' },
    });
    pauses = [];
    during = {};
    const { signInId } = must(await start());
    expect(await worker.waitForSignIn(signInId)).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_TIMED_OUT', reason: 'redeem.deviceExpired', data: { error: 'expired_token' } },
    });
    expect(pauses).toHaveLength(codeLifeMs / 5_000);
  });

  it('gives a code up when its time is over, although the org keeps saying that it waits', async () => {
    const body = JSON.stringify({ error: 'authorization_pending', error_description: 'still waiting' });
    during = { 1: () => meet({ kind: 'answer', status: 400, body }, { times: 'always' }), 2: () => pass(codeLifeMs) };
    const { signInId } = must(await start());
    expect(await worker.waitForSignIn(signInId)).toMatchObject({
      ok: false,
      error: { reason: 'redeem.deviceExpired' },
    });
    expect(pauses).toEqual([5_000, 5_000]);
  });

  it('asks once more after a sleep past the end of the code, as it may have been approved before', async () => {
    // This machine's clock alone, so that the org still has the approval. A proof would go by the wrong clock.
    worker = await configuredWorker(org.url, { ...environment, org: { dpop: 'off' } });
    const asleep = () => {
      aheadMs += 2 * codeLifeMs;
    };
    expect(await signIn({ 1: asleep })).toMatchObject({ ok: true });
    aheadMs -= 2 * codeLifeMs;
  });

  it('stops asking as soon as it is abandoned', async () => {
    let begun: { signInId: string } | undefined;
    during = { 2: () => worker.abandonSignIn(begun!.signInId) };
    const started = start();
    during[1] = async () => {
      begun = must(await started);
    };
    const { signInId } = must(await started);
    expect(await worker.waitForSignIn(signInId)).toMatchObject({ ok: false, error: { reason: 'window.cancelled' } });
    expect(await polls()).toBe(1);
  });

  it('revokes a grant that arrives after it was abandoned', async () => {
    const approvals = async () => (await org.control.approvals()).length;
    await org.control.revokeRefreshTokens();
    let begun: { signInId: string; userCode: string } | undefined;
    const started = start();
    during[1] = async () => {
      begun = must(await started);
      await decideOnSecondDevice(org.url, begun.userCode, 'allow');
      await meet({ kind: 'hang', afterWork: true });
    };
    const { signInId } = must(await started);
    const finished = worker.waitForSignIn(signInId);
    await until(async () => (await approvals()) === 1);
    await worker.abandonSignIn(signInId);
    expect(await finished).toMatchObject({ ok: false, error: { reason: 'window.cancelled' } });
    await org.control.clearFaults();
    await until(async () => (await approvals()) === 0);
  });

  it('polls no more once the worker is shut down, neither with codes that are out nor with new ones', async () => {
    const started = start();
    during[1] = async () => {
      await started;
    };
    during[2] = () => worker.shutDown();
    const { signInId } = must(await started);
    expect(await worker.waitForSignIn(signInId)).toMatchObject({ ok: false, error: { reason: 'window.cancelled' } });
    expect(await polls()).toBe(1);
    const later = must(await start());
    expect(await worker.waitForSignIn(later.signInId)).toMatchObject({
      ok: false,
      error: { reason: 'window.cancelled' },
    });
    expect(await polls()).toBe(1);
  });

  const troubles: [string, Fault][] = [
    ['broken connections', { kind: 'drop' }],
    ['an org that is not available', { kind: 'server-error' }],
    ['an org that fails', { kind: 'answer', status: 400, body: '{"error":"server_error","error_description":"x"}' }],
    ['a captive portal', { kind: 'captive-portal' }],
    ['too many requests', { kind: 'rate-limit' }],
  ];
  it.each(troubles)('goes on asking, less often, through %s', async (_name, fault) => {
    const session = await signIn({ 1: () => meet(fault, { times: 3 }) }, 'allow', 4);
    expect(session).toMatchObject({ ok: true });
    // Asked by the person's own browser meanwhile, the org answers: only the worker's requests fail.
    expect(pauses).toEqual([5_000, 10_000, 20_000, 30_000]);
  });

  it('goes on asking while this machine is offline, and says so when the code ends before the network is back', async () => {
    during = {
      1: () => {
        online = false;
        return meet({ kind: 'drop' }, { times: 'always' });
      },
    };
    const { signInId } = must(await start());
    expect(await worker.waitForSignIn(signInId)).toMatchObject({
      ok: false,
      error: { code: 'TOKEN_EXCHANGE_FAILED', reason: 'poll.offline' },
    });
    expect(pauses.slice(0, 5)).toEqual([5_000, 10_000, 20_000, 30_000, 30_000]);
  });

  it('does not ask the org for codes while it cannot be reached', async () => {
    await meet({ kind: 'drop' }, { endpoint: 'discovery' });
    expect(await start()).toMatchObject({
      ok: false,
      error: { code: 'ORG_UNREACHABLE', reason: 'discovery.unreachable' },
    });
    await meet({ kind: 'server-error' }, { times: 'always' });
    expect(await start()).toMatchObject({ ok: false, error: { reason: 'redeem.unavailable' } });
  });

  it('tells apps that may not use it, and scopes that are not theirs', async () => {
    expect(await start({ scopes: ['full'] })).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_REFUSED', reason: 'device.scopeNotAllowed' },
    });
    await org.control.setApp(defaultConsumerKey, { deviceFlow: false });
    expect(await start()).toMatchObject({
      ok: false,
      error: {
        code: 'SIGN_IN_REFUSED',
        reason: 'device.notEnabled',
        message: expect.stringContaining('Enable Device Flow'),
      },
    });
  });

  it('ends when an administrator removes the app meanwhile', async () => {
    during = { 1: () => org.control.uninstallApp(defaultConsumerKey) };
    const { signInId } = must(await start());
    expect(await worker.waitForSignIn(signInId)).toMatchObject({
      ok: false,
      error: { reason: 'redeem.appNotInstalled' },
    });
    expect(pauses).toHaveLength(1);
  });

  it.each([
    ['another host', 'https://login.evil.example/setup/connect'],
    ["a host behind the org's name", 'HOST@evil.example/setup/connect'],
    ['a script', 'javascript:alert(1)'],
  ])('refuses a verification page on %s', async (_name, page) => {
    await meet(
      { kind: 'change-members', members: { verification_uri: page.replace('HOST', org.url) } },
      { times: 'always' },
    );
    expect(await start()).toMatchObject({
      ok: false,
      error: { code: 'ORG_MISCONFIGURED', reason: 'device.foreignVerification' },
    });
  });

  it.each(['device_code', 'user_code', 'verification_uri'])('refuses an answer without %s', async (member) => {
    await meet({ kind: 'change-members', members: { [member]: null } }, { times: 'always' });
    expect(await start()).toMatchObject({
      ok: false,
      error: { code: 'ORG_MISCONFIGURED', reason: 'redeem.incomplete' },
    });
  });

  it('takes a life and an interval that the org does name', async () => {
    await meet({ kind: 'change-members', members: { expires_in: 60, interval: 20 } }, { times: 'always' });
    const started = start();
    during[1] = async () => {
      await started;
      await org.control.clearFaults();
    };
    const { signInId, expiresInMs } = must(await started);
    expect(expiresInMs).toBe(60_000);
    await worker.waitForSignIn(signInId);
    expect(pauses).toEqual([20_000, 20_000, 20_000]);
  });

  it('refuses what apps may not set, and orgs that are not configured', async () => {
    expect(await start({ extraParameters: { response_type: 'token' } })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('implicit') },
    });
    expect(await start({ orgUrl: 'https://other.my.salesforce.com' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER' },
    });
  });

  it("keeps two people's sign-ins apart", async () => {
    const codes: string[] = [];
    const [first, second] = [must(await start()), must(await start())];
    codes.push(first.userCode, second.userCode);
    const both = [worker.waitForSignIn(first.signInId), worker.waitForSignIn(second.signInId)];
    await decideOnSecondDevice(org.url, second.userCode, 'allow', alex);
    await decideOnSecondDevice(org.url, first.userCode, 'allow', morgan);
    const [one, other] = await Promise.all(both);
    expect(new Set(codes).size).toBe(2);
    expect(must(one!).userId).not.toBe(must(other!).userId);
  });

  it('asks again for every row that says so, and for no other', () => {
    const repeated = outcomes
      .filter(({ stages, retry }) => stages.includes('poll') && retry === 'later')
      .map(({ id }) => id);
    expect(repeated.every((id) => id.startsWith('poll.'))).toBe(true);
  });
});
