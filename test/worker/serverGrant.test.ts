import { decodeJwt, decodeProtectedHeader } from 'jose';
import { confidentialApp } from '../../sandbox/org/oauth/defaultClients.ts';
import { clientCredentialsGrant, jwtBearerGrant, type ServerGrant } from '../../src/worker/serverGrant.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { newServerKey, setUpApp, type ServerKey } from '../support/serverFlows.ts';
import { useOrg } from '../support/org.ts';
import { until } from '../support/until.ts';
import { configuredWorker, get, must } from '../support/workerSession.ts';

const { consumerKey, secret } = confidentialApp;
const me = get('/services/oauth2/userinfo');

describe('flows without a person, against the embedded org', () => {
  const org = useOrg({ contacts: 20 });
  let key: ServerKey;

  beforeAll(async () => {
    key = await newServerKey();
  });
  beforeEach(() => org.control.setApp(consumerKey, setUpApp(key)));

  const jwt = (audience = org.url): ServerGrant =>
    jwtBearerGrant({ username: alex.username, privateKey: key.privateKey, audience });
  const flows = { 'JWT bearer': () => jwt(), 'client credentials': () => clientCredentialsGrant(secret) };
  const grantTypes = {
    'JWT bearer': 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'client credentials': 'client_credentials',
  };
  const workerWith = (serverGrant: ServerGrant, options: Parameters<typeof configuredWorker>[1] = {}) =>
    configuredWorker(org.url, { serverGrant, ...options, org: { consumerKey, ...options.org } });
  const signIn = (worker: Awaited<ReturnType<typeof workerWith>>) =>
    worker.signInAsServer({ orgUrl: org.url, consumerKey, scopes: ['api'] });
  const asked = async (flow: keyof typeof grantTypes) =>
    (await org.control.counts()).tokenRequests[grantTypes[flow]] ?? 0;

  describe.each(Object.keys(flows) as (keyof typeof flows)[])('%s', (flow) => {
    it('signs in as the user that the administrator chose, with tokens bound to a key', async () => {
      const worker = await workerWith(flows[flow]());
      const session = must(await signIn(worker));
      expect(session).toMatchObject({
        orgUrl: org.url,
        consumerKey,
        tokenBinding: 'dpop',
        owner: '',
        scopes: expect.arrayContaining(['api']),
      });
      expect(must(await worker.request(session.sessionId, me)).body).toMatchObject({
        value: { preferred_username: alex.username },
      });
    });

    it('asks once for new tokens when they have ended, however many requests need them', async () => {
      const worker = await workerWith(flows[flow]());
      const { sessionId } = must(await signIn(worker));
      await org.control.expireAccessTokens();
      const answers = await Promise.all(Array.from({ length: 5 }, () => worker.request(sessionId, me)));
      for (const answer of answers) expect(must(answer)).toMatchObject({ status: 200 });
      expect(await asked(flow)).toBe(2);
    });

    it('revokes the tokens when the session or the worker ends', async () => {
      for (const end of ['endSession', 'shutDown'] as const) {
        const worker = await workerWith(flows[flow](), { org: { dpop: 'off' } });
        const { sessionId } = must(await signIn(worker));
        const accessToken = (await org.control.secrets()).filter(({ kind }) => /access/i.test(kind)).at(-1)!.value;
        const use = async () =>
          (await fetch(`${org.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } }))
            .status;
        expect(await use()).toBe(200);
        await worker[end](sessionId);
        expect(await use()).toBe(403);
      }
    });

    it('ends the session when the org answers for another user', async () => {
      const lost: unknown[] = [];
      const worker = await workerWith(flows[flow](), { onSessionLost: (...what) => lost.push(what) });
      const { sessionId, userId } = must(await signIn(worker));
      await org.control.expireAccessTokens();
      const id = `${org.url}/id/00D000000000001AAA/${userId.slice(0, -4)}ZZZZ`;
      await org.control.injectFault({ kind: 'change-members', members: { id } }, { endpoint: 'token' });
      expect(await worker.request(sessionId, me)).toMatchObject({
        ok: false,
        error: { code: 'SIGN_IN_REQUIRED', reason: 'refresh.otherUser' },
      });
      expect(lost).toEqual([[sessionId, expect.objectContaining({ reason: 'refresh.otherUser' })]]);
      must(await signIn(worker));
    });

    it('keeps the session through a network that fails', async () => {
      const worker = await workerWith(flows[flow]());
      const { sessionId } = must(await signIn(worker));
      await org.control.expireAccessTokens();
      await org.control.injectFault({ kind: 'drop' }, { endpoint: 'token' });
      expect(await worker.request(sessionId, me)).toMatchObject({
        ok: false,
        error: { code: 'NETWORK_FAILED', reason: 'session.unreachable' },
      });
      expect(must(await worker.request(sessionId, me))).toMatchObject({ status: 200 });
    });
  });

  it('renews before the end of the time that the org tells an app with a secret', async () => {
    let aheadMs = 0;
    await org.control.setPolicy({ accessTokenLifetimeMs: 100_000 });
    const worker = await workerWith(clientCredentialsGrant(secret), { now: () => Date.now() + aheadMs });
    const { sessionId } = must(await signIn(worker));
    await worker.checkSessions();
    expect(await asked('client credentials')).toBe(1);
    aheadMs = 80_000;
    must(await worker.request(sessionId, me));
    await until(async () => (await asked('client credentials')) > 1);
    expect(await asked('client credentials')).toBe(2);
    await org.control.setPolicy({ accessTokenLifetimeMs: 7_200_000 });
  });

  it('signs an assertion for the user, the app and the audience, that is good for less than three minutes', async () => {
    let sent = new URLSearchParams();
    const worker = await workerWith(jwt('https://login.salesforce.com'), {
      fetch: (url, init) => {
        if (String(url).endsWith('/token') && init?.body instanceof URLSearchParams && init.body.has('assertion'))
          sent = init.body;
        return fetch(url, init);
      },
    });
    must(await signIn(worker));
    const { iss, sub, aud, exp, ...others } = decodeJwt(sent.get('assertion')!);
    expect({ iss, sub, aud }).toEqual({ iss: consumerKey, sub: alex.username, aud: 'https://login.salesforce.com' });
    expect(others).toEqual({});
    expect(exp! * 1000 - Date.now()).toBeGreaterThan(120_000);
    expect(exp! * 1000 - Date.now()).toBeLessThan(180_000);
    expect(decodeProtectedHeader(sent.get('assertion')!)).toEqual({ alg: 'RS256' });
  });

  it('signs in from a machine whose clock is wrong, by the time that a server tells', async () => {
    const wrongMs = 3 * 3_600_000;
    const now = () => Date.now() + wrongMs;
    expect(await signIn(await workerWith(jwt(), { now, org: { dpop: 'off' } }))).toMatchObject({
      ok: false,
      error: { reason: 'server.assertionRefused' },
    });
    must(await signIn(await workerWith(jwt(), { now, org: { dpop: 'off' }, serverTime: async () => Date.now() })));
  });

  it('asks for the time again when an assertion was refused for it', async () => {
    const wrongMs = 3 * 3_600_000;
    const times = [Date.now() + wrongMs, Date.now()];
    must(
      await signIn(
        await workerWith(jwt(), {
          now: () => Date.now() + wrongMs,
          org: { dpop: 'off' },
          serverTime: async () => times.shift(),
        }),
      ),
    );
    expect(times).toEqual([]);
  });

  it('uses nobody whom no administrator has approved', async () => {
    const grant = jwtBearerGrant({ username: morgan.username, privateKey: key.privateKey, audience: org.url });
    expect(await signIn(await workerWith(grant))).toMatchObject({
      ok: false,
      error: { reason: 'server.userNotApproved' },
    });
  });

  it('is not there for a worker without key or secret, nor for an org that is not configured', async () => {
    const page = await configuredWorker(org.url, { org: { consumerKey } });
    expect(await signIn(page)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('server-side host') },
    });
    const worker = await workerWith(jwt());
    expect(
      await worker.signInAsServer({ orgUrl: 'https://other.my.salesforce.com', consumerKey, scopes: ['api'] }),
    ).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
  });

  it('tells no secret in what it says, whether it succeeds or fails', async () => {
    const wrong = 'a-secret-that-is-wrong';
    const said = JSON.stringify([
      await signIn(await workerWith(clientCredentialsGrant(secret))),
      await signIn(await workerWith(jwt())),
      await signIn(await workerWith(clientCredentialsGrant(wrong))),
    ]);
    for (const { value } of await org.control.secrets()) expect(said).not.toContain(value);
    for (const value of [secret, wrong]) expect(said).not.toContain(value);
  });
});
