import { useOrg } from '../support/org.ts';
import {
  alex,
  authorizeUrl as foreignAuthorizeUrl,
  defaultRedirectUri,
  morgan,
  newPkce,
  OrgBrowser,
} from '../support/orgBrowser.ts';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { createTokenWorker, type TokenWorker } from '../../src/worker/tokenWorker.ts';
import { configuredWorker, get, must } from '../support/workerSession.ts';

const userInfo = get('/services/oauth2/userinfo');

/**
 * Attacks on the sign-in, each beside the same step taken rightly. What a page can do is in `test/e2e/attacks.test.ts`.
 */
describe('attacks on the sign-in', () => {
  const org = useOrg({ contacts: 20 });
  const other = useOrg({ contacts: 20 });
  let worker: TokenWorker;

  beforeEach(async () => {
    // Without proofs of possession, which would stop some of these by themselves.
    worker = await configuredWorker(org.url, { org: { dpop: 'off' } });
  });

  const start = async (by: TokenWorker = worker, orgUrl = org.url, more: object = {}) => {
    const started = must(
      await by.startSignIn({ orgUrl, consumerKey: defaultConsumerKey, scopes: ['api', 'refresh_token'], ...more }),
    );
    return {
      ...started,
      state: new URL(started.authorizeUrl).searchParams.get('state')!,
      finished: by.waitForSignIn(started.signInId),
    };
  };
  const deliver = async (url: URL | string, by: TokenWorker = worker) => by.deliverRedirect(String(url));
  const withState = (url: URL, state: string) => {
    const changed = new URL(url);
    changed.searchParams.set('state', state);
    return changed;
  };
  const whoIs = async (sessionId: string, by: TokenWorker = worker) => {
    const answer = must(await by.request(sessionId, userInfo));
    return (answer.body as { value: { preferred_username: string } }).value.preferred_username;
  };
  /** A code that an attacker got for an account of their own, by a sign-in of their own. */
  const attackersRedirect = async () => new OrgBrowser(org.url).signIn(foreignAuthorizeUrl(org.url, newPkce()), alex);

  it('code injection: a code from another sign-in is not redeemed, whoever it belongs to', async () => {
    const mine = await start();
    must(await deliver(withState(await attackersRedirect(), mine.state)));
    expect(await mine.finished).toMatchObject({ ok: false, error: { code: 'TOKEN_EXCHANGE_FAILED' } });

    const again = await start();
    must(await deliver(await new OrgBrowser(org.url).signIn(again.authorizeUrl)));
    expect(await whoIs(must(await again.finished).sessionId)).toBe(morgan.username);
  });

  it('code replay: the redirect is good once, here and at the org', async () => {
    const mine = await start();
    const redirect = await new OrgBrowser(org.url).signIn(mine.authorizeUrl);
    must(await deliver(redirect));
    must(await mine.finished);
    expect(await deliver(redirect)).toMatchObject({ ok: false, error: { reason: 'authorize.stateMismatch' } });
    const next = await start();
    must(await deliver(withState(redirect, next.state)));
    expect(await next.finished).toMatchObject({ ok: false, error: { code: 'TOKEN_EXCHANGE_FAILED' } });
  });

  it('login CSRF: a redirect that nobody here asked for signs nobody in', async () => {
    for (const forged of [await attackersRedirect(), withState(await attackersRedirect(), '')]) {
      expect(await deliver(forged)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_STATE_MISMATCH' } });
    }
    const mine = await start();
    expect(await deliver(await attackersRedirect())).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_STATE_MISMATCH' },
    });
    must(await deliver(await new OrgBrowser(org.url).signIn(mine.authorizeUrl)));
    expect(await whoIs(must(await mine.finished).sessionId)).toBe(morgan.username);
  });

  it('state reuse and swap: two sign-ins at once cannot end each other or trade their codes', async () => {
    const [first, second] = [await start(), await start()];
    const [firstRedirect, secondRedirect] = [
      await new OrgBrowser(org.url).signIn(first.authorizeUrl, morgan),
      await new OrgBrowser(org.url).signIn(second.authorizeUrl, alex),
    ];
    must(await deliver(withState(firstRedirect, second.state)));
    expect(await second.finished).toMatchObject({ ok: false, error: { code: 'TOKEN_EXCHANGE_FAILED' } });
    expect(await deliver(secondRedirect)).toMatchObject({ ok: false, error: { reason: 'authorize.stateMismatch' } });
    must(await deliver(firstRedirect));
    expect(await whoIs(must(await first.finished).sessionId)).toBe(morgan.username);

    const [third, fourth] = [await start(), await start()];
    must(await deliver(await new OrgBrowser(org.url).signIn(fourth.authorizeUrl, alex)));
    must(await deliver(await new OrgBrowser(org.url).signIn(third.authorizeUrl, morgan)));
    expect(await whoIs(must(await third.finished).sessionId)).toBe(morgan.username);
    expect(await whoIs(must(await fourth.finished).sessionId)).toBe(alex.username);
  });

  it('mix-up: a code of one org is never sent to another, nor taken for a sign-in there', async () => {
    const both = createTokenWorker();
    const orgs = [org.url, other.url].map((orgUrl) => ({
      orgUrl,
      consumerKey: defaultConsumerKey,
      redirectUri: defaultRedirectUri,
      dpop: 'off' as const,
    }));
    must(
      await both.configure(
        {
          orgs,
          extraOrigins: [org.url, other.url],
          endpointPrefixes: ['/services/data', '/services/oauth2/userinfo'],
          requestTimeoutMs: 10_000,
        },
        {
          sessionLost: () => undefined,
          sessionRecovered: () => undefined,
          trouble: () => undefined,
          called: () => undefined,
          live: () => undefined,
          usage: () => undefined,
        },
      ),
    );
    const [here, there] = [await start(both, org.url), await start(both, other.url)];
    const redirectHere = await new OrgBrowser(org.url).signIn(here.authorizeUrl);
    await org.control.resetCounts();
    // The state of the sign-in there with the code from here.
    must(await deliver(withState(redirectHere, there.state), both));
    expect(await there.finished).toMatchObject({ ok: false, error: { code: 'TOKEN_EXCHANGE_FAILED' } });
    expect((await org.control.counts()).tokenRequests).toEqual({});

    must(await deliver(redirectHere, both));
    const session = must(await here.finished);
    expect(session.orgUrl).toBe(org.url);
    expect(await whoIs(session.sessionId, both)).toBe(morgan.username);
  });

  it("mix-up: an issuer in the redirect that is not the org's is refused (RFC 9207)", async () => {
    const mine = await start();
    const redirect = await new OrgBrowser(org.url).signIn(mine.authorizeUrl);
    redirect.searchParams.set('iss', other.url);
    must(await deliver(redirect));
    expect(await mine.finished).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REFUSED' } });
  });

  it('PKCE downgrade: the challenge is S256, cannot be replaced by an app, and a code without it is not redeemed', async () => {
    for (const name of [
      'code_challenge',
      'code_challenge_method',
      'Code_Challenge_Method',
      'response_type',
      'client_id',
      'scope',
      'nonce',
      'dpop_jkt',
      'request',
    ]) {
      expect(
        await worker.startSignIn({
          orgUrl: org.url,
          consumerKey: defaultConsumerKey,
          scopes: ['api'],
          extraParameters: { [name]: 'plain' },
        }),
      ).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
    }
    const mine = await start();
    const url = new URL(mine.authorizeUrl);
    expect([url.searchParams.get('code_challenge_method'), url.searchParams.getAll('code_challenge').length]).toEqual([
      'S256',
      1,
    ]);
    // Somebody takes the challenge off the way to the org: the verifier that is sent nevertheless makes the org refuse.
    await org.control.setApp(defaultConsumerKey, { requirePkce: false });
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    must(await deliver(await new OrgBrowser(org.url).signIn(url.href)));
    expect(await mine.finished).toMatchObject({ ok: false, error: { code: 'TOKEN_EXCHANGE_FAILED' } });
    await org.control.setApp(defaultConsumerKey, { requirePkce: true });
  });

  it("open redirect: no app can say where the org's pages lead afterwards", async () => {
    for (const name of [
      'redirect_uri',
      'startURL',
      'retURL',
      'RelayState',
      'returnUrl',
      'target',
      'goto',
      'redirectUrl',
      'cancelURL',
      'post_logout_redirect_uri',
    ]) {
      expect([
        name,
        await worker.startSignIn({
          orgUrl: org.url,
          consumerKey: defaultConsumerKey,
          scopes: ['api'],
          extraParameters: { [name]: 'https://evil.example/' },
        }),
      ]).toMatchObject([
        name,
        { ok: false, error: { code: 'INVALID_PARAMETER', message: expect.stringContaining(name) } },
      ]);
    }
    const hinted = await start(worker, org.url, {
      extraParameters: { login_hint: alex.username, prompt: 'login', display: 'popup' },
    });
    expect(new URL(hinted.authorizeUrl).searchParams.get('login_hint')).toBe(alex.username);
  });

  it('a redirect to a look-alike of the return page is not taken', async () => {
    const mine = await start();
    const redirect = await new OrgBrowser(org.url).signIn(mine.authorizeUrl);
    const alike = [
      redirect.href.replace('localhost:', 'localhost.evil.example:'),
      redirect.href.replace('//localhost', '//localhost@evil.example'),
      redirect.href.replace('//localhost', '//user:password@localhost'),
      redirect.href.replace('http:', 'https:'),
      redirect.href.replace('/signed-in.html', '/signed-in.html/../x'),
      redirect.href.replace('/signed-in.html', '/SIGNED-IN.HTML'),
      redirect.href.replace('?', '#'),
      `javascript:${redirect.search}`,
      `data:text/html,${redirect.search}`,
    ];
    for (const url of alike)
      expect([url, await deliver(url)]).toMatchObject([
        url,
        { ok: false, error: { reason: 'authorize.stateMismatch' } },
      ]);
    must(await deliver(redirect));
    must(await mine.finished);
  });

  it('session fixation: a new sign-in gets a session of its own, and the old one stays who it was', async () => {
    const first = await start();
    must(await deliver(await new OrgBrowser(org.url).signIn(first.authorizeUrl, morgan)));
    const hers = must(await first.finished);
    const second = await start();
    must(await deliver(await new OrgBrowser(org.url).signIn(second.authorizeUrl, alex)));
    const his = must(await second.finished);
    expect(his.sessionId).not.toBe(hers.sessionId);
    expect([await whoIs(hers.sessionId), await whoIs(his.sessionId)]).toEqual([morgan.username, alex.username]);
  });

  it("one caller's answer is never handed to another: two people and two orgs, all at once", async () => {
    const first = await start();
    must(await deliver(await new OrgBrowser(org.url).signIn(first.authorizeUrl, morgan)));
    const second = await start();
    must(await deliver(await new OrgBrowser(org.url).signIn(second.authorizeUrl, alex)));
    const sessions = [
      [must(await first.finished).sessionId, morgan],
      [must(await second.finished).sessionId, alex],
    ] as const;
    await org.control.expireAccessTokens();
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const [sessionId, person] = sessions[index % 2]!;
        const answer = must(await worker.request(sessionId, userInfo));
        return (answer.body as { value: { preferred_username: string } }).value.preferred_username === person.username;
      }),
    );
    expect(answers.every(Boolean)).toBe(true);
  });

  it('a second set-up message cannot point the worker elsewhere, before or after a sign-in', async () => {
    const evil = {
      orgs: [{ orgUrl: org.url, consumerKey: 'evil', redirectUri: 'https://evil.example/' }],
      extraOrigins: ['https://evil.example'],
      endpointPrefixes: ['/'],
      requestTimeoutMs: 1,
    };
    const told: string[] = [];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(
        await worker.configure(evil, {
          sessionLost: (id) => told.push(id),
          sessionRecovered: (id) => told.push(id),
          trouble: () => undefined,
          called: () => undefined,
          live: () => undefined,
          usage: () => undefined,
        }),
      ).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
      const mine = await start();
      expect(new URL(mine.authorizeUrl).searchParams.get('redirect_uri')).toBe(defaultRedirectUri);
      must(await deliver(await new OrgBrowser(org.url).signIn(mine.authorizeUrl)));
      const { sessionId } = must(await mine.finished);
      expect(await worker.request(sessionId, get('/secur/frontdoor.jsp'))).toMatchObject({
        ok: false,
        error: { code: 'ENDPOINT_NOT_ALLOWED' },
      });
    }
    expect(told).toEqual([]);
  });

  it('after sign-out every verb fails, and nothing is sent with the old tokens', async () => {
    const mine = await start();
    must(await deliver(await new OrgBrowser(org.url).signIn(mine.authorizeUrl)));
    const { sessionId } = must(await mine.finished);
    must(await worker.request(sessionId, userInfo));
    must(await worker.endSession(sessionId));
    await org.control.resetCounts();
    expect(await worker.request(sessionId, userInfo)).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    expect(await worker.expireTokens(sessionId, true)).toMatchObject({ ok: false });
    await worker.checkSessions();
    expect((await org.control.counts()).requests).toEqual({});
  });
});
