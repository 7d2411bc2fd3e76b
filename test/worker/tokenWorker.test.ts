import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { TokenWorker } from '../../src/worker/tokenWorker.ts';
import { useOrg } from '../support/org.ts';
import { morgan, OrgBrowser } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';

const limits = '/services/data/v66.0/limits';

describe('the token worker, against the embedded org', () => {
  const org = useOrg({ contacts: 50 });
  let worker: TokenWorker;
  let lost: string[];

  beforeEach(async () => {
    lost = [];
    await org.control.setRefreshTokenRotation(true);
    worker = await configuredWorker(org.url, { onSessionLost: (id) => lost.push(id) });
  });

  const start = (more: object = {}) =>
    worker.startSignIn({ orgUrl: org.url, consumerKey: defaultConsumerKey, scopes: ['api', 'refresh_token'], ...more });

  it('makes an authorize URL with a one-time state and an S256 code challenge, and keeps the verifier', async () => {
    const [first, second] = [must(await start()), must(await start())];
    const url = new URL(first.authorizeUrl);
    expect(url.origin + url.pathname).toBe(`${org.url}/services/oauth2/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: defaultConsumerKey,
      code_challenge_method: 'S256',
      scope: 'api refresh_token',
    });
    expect(url.searchParams.get('code_challenge')).toHaveLength(43);
    expect(new URL(second.authorizeUrl).searchParams.get('state')).not.toBe(url.searchParams.get('state'));
    expect(Object.keys(first).sort()).toEqual(['authorizeUrl', 'redirectUri', 'signInId']);
  });

  it("signs in through the org's pages and requests data", async () => {
    const session = await signedInSession(worker, org.url);
    expect(session).toMatchObject({
      orgUrl: org.url,
      consumerKey: defaultConsumerKey,
      scopes: expect.arrayContaining(['api', 'refresh_token']),
    });
    const answer = must(await worker.request(session.sessionId, get(limits)));
    expect(answer).toMatchObject({
      status: 200,
      body: { kind: 'json', value: { DailyApiRequests: { Max: expect.any(Number) } } },
    });
  });

  it("tells a denial, an unknown org and authorize parameters that are not an app's to set apart", async () => {
    const { signInId, authorizeUrl } = must(await start({ extraParameters: { prompt: 'consent' } }));
    const browser = new OrgBrowser(org.url);
    const finished = worker.waitForSignIn(signInId);
    const consent = await browser.submit((await browser.open(authorizeUrl)).page!, {
      username: morgan.username,
      password: morgan.password,
    });
    if (consent.callback) throw new Error('No approval was asked for');
    const denied = await browser.submit(consent.page!, { decision: 'deny' });
    must(await worker.deliverRedirect(denied.callback!.href));
    expect(await finished).toMatchObject({
      ok: false,
      error: {
        code: 'SIGN_IN_DENIED',
        data: { error: 'access_denied', error_description: 'end-user denied authorization' },
      },
    });

    expect(
      await worker.startSignIn({
        orgUrl: 'https://other.my.salesforce.com',
        consumerKey: defaultConsumerKey,
        scopes: [],
      }),
    ).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
    expect(await start({ extraParameters: { Redirect_URI: 'https://evil.example' } })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('Redirect_URI') },
    });
    expect(must(await start({ extraParameters: { login_hint: 'a@b.example' } })).authorizeUrl).toContain(
      'login_hint=a%40b.example',
    );
  });

  it('says that a person must act when nothing may be shown', async () => {
    const { signInId, authorizeUrl } = must(await start({ interaction: 'none' }));
    const finished = worker.waitForSignIn(signInId);
    const { callback } = await new OrgBrowser(org.url).open(authorizeUrl);
    must(await worker.deliverRedirect(callback!.href));
    expect(await finished).toMatchObject({ ok: false, error: { code: 'INTERACTION_REQUIRED' } });
  });

  it.each(['abandoned', 'ended by the end of the worker'])(
    'revokes a grant that arrives after its sign-in was %s',
    async (how) => {
      const approvals = async () => (await org.control.approvals()).length;
      await org.control.revokeRefreshTokens();
      const { signInId, authorizeUrl } = must(await start());
      const finished = worker.waitForSignIn(signInId);
      const redirect = await new OrgBrowser(org.url).signIn(authorizeUrl);
      await org.control.injectFault({ kind: 'hang', afterWork: true }, { endpoint: 'token' });
      const delivered = worker.deliverRedirect(redirect.href);
      await until(async () => (await approvals()) === 1);
      await (how === 'abandoned' ? worker.abandonSignIn(signInId) : worker.shutDown());
      expect(await finished).toMatchObject({ ok: false, error: { reason: 'window.cancelled' } });
      await org.control.clearFaults();
      await delivered;
      expect(await approvals()).toBe(0);
    },
  );

  it('ignores redirects it did not ask for, and lets the sign-in in progress go on', async () => {
    const { signInId, authorizeUrl } = must(await start());
    const finished = worker.waitForSignIn(signInId);
    const redirect = await new OrgBrowser(org.url).signIn(authorizeUrl);
    const swapped = new URL(redirect);
    swapped.searchParams.set('state', 'another');
    const elsewhere = new URL(redirect);
    elsewhere.pathname = '/elsewhere.html';
    for (const forged of [
      swapped.href,
      elsewhere.href,
      redirect.href.replace('localhost', '127.0.0.1'),
      'not a url',
      '',
    ]) {
      expect(await worker.deliverRedirect(forged)).toMatchObject({
        ok: false,
        error: { code: 'SIGN_IN_STATE_MISMATCH' },
      });
    }
    must(await worker.deliverRedirect(redirect.href));
    must(await finished);
    expect(await worker.deliverRedirect(redirect.href)).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_STATE_MISMATCH' },
    });
  });

  it('reports a code the org refuses without repeating the code', async () => {
    const { signInId, authorizeUrl } = must(await start());
    const finished = worker.waitForSignIn(signInId);
    const redirect = await new OrgBrowser(org.url).signIn(authorizeUrl);
    redirect.searchParams.set('code', 'aPrxForged==');
    must(await worker.deliverRedirect(redirect.href));
    const outcome = await finished;
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'TOKEN_EXCHANGE_FAILED', data: { error: 'invalid_grant' } },
    });
    expect(JSON.stringify(outcome)).not.toContain('aPrxForged');
  });

  it('sends one refresh for twenty simultaneous 401s and repeats each request once', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.expireAccessTokens();
    await org.control.resetCounts();
    const answers = await Promise.all(Array.from({ length: 20 }, () => worker.request(sessionId, get(limits))));
    expect(answers.map((answer) => answer.ok)).toEqual(Array.from({ length: 20 }, () => true));
    const { tokenRequests, requests } = await org.control.counts();
    expect(tokenRequests).toEqual({ refresh_token: 1 });
    expect(requests[`GET ${limits}`]).toBe(40);
  });

  it('keeps each rotated refresh token, so that it survives many expiries', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    for (let round = 0; round < 4; round += 1) {
      await org.control.expireAccessTokens();
      must(await worker.request(sessionId, get(limits)));
    }
    expect(lost).toEqual([]);
  });

  it('ends in one clear "sign in again" when the refresh token is dead, told once', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.revokeRefreshTokens();
    const answers = await Promise.all([1, 2, 3].map(() => worker.request(sessionId, get(limits))));
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED', name: 'AuthTokenExpiredError' } });
    }
    expect(answers[0]).toMatchObject({
      error: { data: { error: 'invalid_grant', error_description: 'expired access/refresh token' } },
    });
    expect(lost).toEqual([sessionId]);
    await org.control.resetCounts();
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_REQUIRED' },
    });
    expect((await org.control.counts()).tokenRequests).toEqual({});
  });

  it('keeps the session when the network fails during a refresh', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.expireAccessTokens();
    await org.control.dropConnections({ path: '/services/oauth2/token$' });
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'NETWORK_FAILED' },
    });
    expect(lost).toEqual([]);
    must(await worker.request(sessionId, get(limits)));
  });

  it('repeats a request once only when the org goes on refusing it', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.answerWith({
      times: 5,
      path: '/limits$',
      status: 401,
      body: '[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]',
    });
    await org.control.resetCounts();
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_FAILED', status: 401 },
    });
    expect((await org.control.counts()).tokenRequests).toEqual({ refresh_token: 1 });
  });

  it('does not refresh for a 401 that a refresh cannot mend', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.answerWith({
      path: '/limits$',
      status: 401,
      body: '[{"errorCode":"INVALID_LOGIN","message":"IP restricted"}]',
    });
    await org.control.resetCounts();
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_FAILED', status: 401, message: 'IP restricted' },
    });
    expect((await org.control.counts()).tokenRequests).toEqual({});
  });

  it("hands Salesforce's errors over with message, status and data", async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    const answer = await worker.request(sessionId, get('/services/data/v66.0/sobjects/Account/001000000000000AAA'));
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_FAILED', status: 404, data: [{ errorCode: 'NOT_FOUND', message: expect.any(String) }] },
    });
    const html = {
      path: '/limits$',
      times: 3,
      status: 503,
      body: '<html>maintenance</html>',
      contentType: 'text/html',
    };
    await org.control.answerWith(html);
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: {
        code: 'REQUEST_FAILED',
        status: 503,
        message: 'Salesforce is not available at the moment. Try again in a minute.',
      },
    });
  });

  it('cancels on demand and gives up after its timeout, down to the network', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.setLatency(5_000);
    const caller = { id: 'blotter', app: 'Blotter', isPersons: false };
    await worker.grantSession(caller, sessionId);
    const cancelled = worker.execute(caller, { requestId: 'slow', sessionId, endpoint: limits });
    await worker.cancelCall(caller.id, 'slow');
    expect((await cancelled).outcome).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    expect(await worker.request(sessionId, { ...get(limits), timeoutMs: 50 })).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_TIMED_OUT' },
    });
  });

  it("refuses an app's own Authorization header and paths off the instance, and asks the org nothing", async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.resetCounts();
    expect(await worker.request(sessionId, { ...get(limits), headers: { authorization: 'Bearer x' } })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER' },
    });
    for (const endpoint of [
      'https://evil.example/services/data',
      '//evil.example/services/data',
      '/services/oauth2/singleaccess',
    ]) {
      expect(await worker.request(sessionId, get(endpoint))).toMatchObject({
        ok: false,
        error: { code: 'ENDPOINT_NOT_ALLOWED' },
      });
    }
    expect((await org.control.counts()).requests).toEqual({});
  });

  it('does not follow a redirect with the token', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.answerWith({
      path: '/limits$',
      status: 302,
      headers: { location: `${org.url}/services/data/v66.0/sobjects` },
    });
    await org.control.resetCounts();
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'NETWORK_FAILED' },
    });
    expect((await org.control.counts()).requests).toEqual({ [`GET ${limits}`]: 1 });
  });

  it('revokes both tokens when the session ends, and every later verb is refused', async () => {
    const before = (await org.control.approvals()).length;
    const { sessionId } = await signedInSession(worker, org.url);
    expect((await org.control.approvals()).length).toBeGreaterThanOrEqual(Math.min(before + 1, 5));
    const held = await org.control.approvals();
    must(await worker.endSession(sessionId));
    expect((await org.control.approvals()).length).toBe(held.length - 1);
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'SESSION_ENDED', name: 'AuthTokenExpiredError' },
    });
    must(await worker.endSession(sessionId));
  });

  it('expires tokens the way an administrator would', async () => {
    const { sessionId } = await signedInSession(worker, org.url);
    must(await worker.expireTokens(sessionId, true));
    must(await worker.request(sessionId, get(limits)));
    must(await worker.expireTokens(sessionId, false));
    expect(await worker.request(sessionId, get(limits))).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_REQUIRED' },
    });
  });

  it('is configured once: nobody can point it elsewhere afterwards', async () => {
    expect(
      await worker.configure(
        {
          orgs: [{ orgUrl: 'https://evil.example', consumerKey: 'k', redirectUri: 'https://evil.example' }],
          extraOrigins: ['https://evil.example'],
          endpointPrefixes: ['/'],
          requestTimeoutMs: 1,
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
    ).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    must(await start());
  });

  it('reports an org that cannot be reached, or is none, before a window is opened', async () => {
    const unreachable = await configuredWorker('http://localhost:9');
    expect(
      await unreachable.startSignIn({ orgUrl: 'http://localhost:9', consumerKey: defaultConsumerKey, scopes: [] }),
    ).toMatchObject({ ok: false, error: { code: 'ORG_UNREACHABLE', name: 'InitializationError' } });
    await org.control.answerWith({
      path: 'openid-configuration',
      status: 200,
      body: '{"issuer":"https://evil.example"}',
    });
    expect(await start()).toMatchObject({ ok: false, error: { code: 'ORG_MISCONFIGURED' } });
  });

  it('lets nothing secret out: no answer ever holds a token, code or verifier', async () => {
    const seen: unknown[] = [];
    const spied = new Proxy(worker, {
      get:
        (target, verb) =>
        async (...args: never[]) => {
          const answer = await (target as unknown as Record<PropertyKey, (...all: never[]) => Promise<unknown>>)[verb]!(
            ...args,
          );
          seen.push(answer);
          return answer;
        },
    });
    const { sessionId } = await signedInSession(spied, org.url);
    await spied.request(sessionId, get('/services/oauth2/userinfo'));
    await spied.request(sessionId, get('/services/data/v66.0/nonsense'));
    await spied.expireTokens(sessionId, false);
    await spied.request(sessionId, get(limits));
    await spied.endSession(sessionId);
    const secrets = await org.control.secrets();
    expect(secrets.length).toBeGreaterThan(3);
    const everything = JSON.stringify(seen);
    for (const { kind, value } of secrets)
      expect({ kind, leaked: everything.includes(value) }).toEqual({ kind, leaked: false });
  });
});
