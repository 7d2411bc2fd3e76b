import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { useOrg } from '../support/org.ts';
import { OrgBrowser } from '../support/orgBrowser.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';

const limits = get('/services/data/v66.0/limits');

/** A page's fetch against an org whose CORS answers leave the DPoP header out: the preflight fails. */
const withoutProofHeader: typeof fetch = (url, init) =>
  new Headers(init?.headers).has('dpop') ? Promise.reject(new TypeError('Failed to fetch')) : fetch(url, init);

describe('proof of possession (DPoP), against the embedded org', () => {
  const org = useOrg({ contacts: 20 });

  beforeEach(async () => {
    await org.control.setApp(defaultConsumerKey, { dpop: 'allowed' });
    await org.control.setPolicy({ dpopNonces: false });
  });

  const start = (worker: Awaited<ReturnType<typeof configuredWorker>>) =>
    worker.startSignIn({ orgUrl: org.url, consumerKey: defaultConsumerKey, scopes: ['api', 'refresh_token'] });
  const newestSecret = async (kind: string) =>
    (await org.control.secrets()).filter((secret) => secret.kind === kind).at(-1)!.value;

  it('binds code and tokens to a new key for each sign-in', async () => {
    const worker = await configuredWorker(org.url);
    const thumbprints = await Promise.all(
      [start(worker), start(worker)].map(async (started) =>
        new URL(must(await started).authorizeUrl).searchParams.get('dpop_jkt'),
      ),
    );
    expect(thumbprints[0]).toMatch(/^[\w-]{43}$/);
    expect(thumbprints[1]).not.toBe(thumbprints[0]);
    expect((await signedInSession(worker, org.url)).tokenBinding).toBe('dpop');
  });

  it('does without where nobody tells the time and the settings allow it, and says so (D16)', async () => {
    const troubles: string[] = [];
    for (const wrongMs of [-25_200_000, 25_200_000]) {
      const nobodyTells = {
        now: () => Date.now() + wrongMs,
        serverTime: async () => undefined,
        onTrouble: ({ kind }: { kind: string }) => void troubles.push(kind),
      };
      const worker = await configuredWorker(org.url, nobodyTells);
      const session = await signedInSession(worker, org.url, undefined, ['api', 'refresh_token', 'openid']);
      expect(session.tokenBinding).toBe('bearer');
      must(await worker.request(session.sessionId, limits));
      // The org's own answer has told the time: the next sign-in is bound.
      expect((await signedInSession(worker, org.url)).tokenBinding).toBe('dpop');
    }
    expect(troubles).toEqual(['notBound', 'notBound']);
  });

  it('makes stolen tokens worthless elsewhere, while the session goes on', async () => {
    const worker = await configuredWorker(org.url);
    const { sessionId } = await signedInSession(worker, org.url);
    const [access, refresh] = [await newestSecret('access_token'), await newestSecret('refresh_token')];
    for (const scheme of ['Bearer', 'DPoP']) {
      const stolen = await fetch(`${org.url}/services/data/v66.0/limits`, {
        headers: { authorization: `${scheme} ${access}` },
      });
      expect([scheme, stolen.status]).toEqual([scheme, 401]);
    }
    const redeemed = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', client_id: defaultConsumerKey, refresh_token: refresh }),
    });
    expect(redeemed.status).toBe(400);
    must(await worker.request(sessionId, limits));

    // The same theft from a session that is not bound succeeds.
    const bearer = await configuredWorker(org.url, { org: { dpop: 'off' } });
    expect((await signedInSession(bearer, org.url)).tokenBinding).toBe('bearer');
    expect(
      (
        await fetch(`${org.url}/services/data/v66.0/limits`, {
          headers: { authorization: `Bearer ${await newestSecret('access_token')}` },
        })
      ).status,
    ).toBe(200);
  });

  it('answers nonce challenges at the token endpoint and at resources, and renews with the same key', async () => {
    await org.control.setPolicy({ dpopNonces: true });
    const worker = await configuredWorker(org.url);
    const { sessionId } = await signedInSession(worker, org.url);
    must(await worker.request(sessionId, limits));
    must(
      await worker.request(sessionId, {
        ...limits,
        endpoint: '/services/data/v66.0/sobjects/Account',
        method: 'POST',
        body: { kind: 'json', value: { Name: 'Nonce & Sons' } },
      }),
    );
    await org.control.expireAccessTokens();
    must(await worker.request(sessionId, limits));
    must(await worker.request(sessionId, limits));
  });

  it('does not repeat a proof for a challenge without a nonce', async () => {
    const worker = await configuredWorker(org.url);
    const { sessionId } = await signedInSession(worker, org.url);
    const challenge = {
      status: 401,
      body: '[{"errorCode":"OTHER","message":"no"}]',
      headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"' },
    };
    await org.control.answerWith({ path: '/limits$', times: 5, ...challenge });
    await org.control.resetCounts();
    expect(await worker.request(sessionId, limits)).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_FAILED', status: 401 },
    });
    expect((await org.control.counts()).requests['GET /services/data/v66.0/limits']).toBe(1);
  });

  it('works where the org requires it', async () => {
    await org.control.setApp(defaultConsumerKey, { dpop: 'required' });
    const worker = await configuredWorker(org.url, { org: { dpop: 'required' } });
    const { sessionId, tokenBinding } = await signedInSession(worker, org.url);
    expect(tokenBinding).toBe('dpop');
    must(await worker.request(sessionId, limits));
  });

  it('falls back to bearer tokens, and says so, where a page may not send proofs', async () => {
    const worker = await configuredWorker(org.url, { fetch: withoutProofHeader });
    const { authorizeUrl } = must(await start(worker));
    expect(new URL(authorizeUrl).searchParams.get('dpop_jkt')).toBeNull();
    const { sessionId, tokenBinding } = await signedInSession(worker, org.url);
    expect(tokenBinding).toBe('bearer');
    must(await worker.request(sessionId, limits));
  });

  it('does not fall back where the settings require it: nobody is sent to sign in', async () => {
    const worker = await configuredWorker(org.url, { fetch: withoutProofHeader, org: { dpop: 'required' } });
    expect(await start(worker)).toMatchObject({
      ok: false,
      error: { code: 'ORG_MISCONFIGURED', reason: 'redeem.notBound' },
    });
  });

  it('takes no unbound tokens from an org that passes over proofs, where they are required', async () => {
    await org.control.setApp(defaultConsumerKey, { dpop: 'off' });
    const preferred = await configuredWorker(org.url);
    expect((await signedInSession(preferred, org.url)).tokenBinding).toBe('bearer');
    const required = await configuredWorker(org.url, { org: { dpop: 'required' } });
    const { signInId, authorizeUrl } = must(await start(required));
    const finished = required.waitForSignIn(signInId);
    await org.control.revokeRefreshTokens();
    must(await required.deliverRedirect((await new OrgBrowser(org.url).signIn(authorizeUrl)).href));
    expect(await finished).toMatchObject({
      ok: false,
      error: { code: 'ORG_MISCONFIGURED', reason: 'redeem.notBound' },
    });
    // The grant that was not taken does not stay at the org.
    expect(await org.control.approvals()).toEqual([]);
  });

  it('does not let a bound session be renewed with an unbound token', async () => {
    const worker = await configuredWorker(org.url);
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.expireAccessTokens();
    await org.control.injectFault({ kind: 'change-members', members: { token_type: 'Bearer' } }, { endpoint: 'token' });
    expect(await worker.request(sessionId, limits)).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_REQUIRED', reason: 'refresh.notBound' },
    });
  });

  it('cannot redeem a code that another key was bound to', async () => {
    const [victim, attacker] = [await configuredWorker(org.url), await configuredWorker(org.url)];
    const { authorizeUrl } = must(await start(victim));
    const redirect = await new OrgBrowser(org.url).signIn(authorizeUrl);
    const mine = must(await start(attacker));
    const injected = new URL(redirect);
    injected.searchParams.set('state', new URL(mine.authorizeUrl).searchParams.get('state')!);
    const finished = attacker.waitForSignIn(mine.signInId);
    must(await attacker.deliverRedirect(injected.href));
    expect(await finished).toMatchObject({ ok: false, error: { code: 'TOKEN_EXCHANGE_FAILED' } });
  });
});
