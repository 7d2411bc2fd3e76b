import { ControlError } from '../../../../sandbox/org/control/controlClient.ts';
import { defaultConsumerKey } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { startTestOrg, useOrg } from '../../../support/org.ts';
import { alex, authorizeUrl, morgan, newPkce, obtainTokens, OrgBrowser, refresh } from '../../../support/orgBrowser.ts';

describe('the control door', () => {
  const org = useOrg({ contacts: 50 });
  afterEach(() => org.control.lockUser(alex.username, false));

  const userInfo = (token: string | undefined): Promise<Response> =>
    fetch(`${org.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });

  it('expires access tokens of one user and leaves the refresh token', async () => {
    const mine = await obtainTokens(org.url);
    const theirs = await obtainTokens(org.url, { user: alex });
    expect(await org.control.expireAccessTokens(morgan.username)).toBe(1);
    expect((await userInfo(mine['access_token'])).status).toBe(403);
    expect((await userInfo(theirs['access_token'])).status).toBe(200);
    const next = await refresh(org.url, mine['refresh_token'] ?? '');
    expect((await userInfo(next.body['access_token'])).status).toBe(200);
  });

  it('expires refresh tokens and leaves the access token', async () => {
    const tokens = await obtainTokens(org.url);
    await org.control.expireRefreshTokens();
    expect((await refresh(org.url, tokens['refresh_token'] ?? '')).body['error_description']).toBe(
      'expired access/refresh token',
    );
    expect((await userInfo(tokens['access_token'])).status).toBe(200);
  });

  it('gives prepared answers as often as asked, and then the real one', async () => {
    await org.control.answerWith({ path: '^/services/oauth2/userinfo$', times: 2, status: 503, body: '[]' });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await userInfo('wrong')).status);
    expect(statuses).toEqual([503, 503, 403]);
  });

  it('drops a connection', async () => {
    await org.control.dropConnections({ path: 'userinfo' });
    await expect(userInfo('wrong')).rejects.toThrow('fetch failed');
    expect((await userInfo('wrong')).status).toBe(403);
  });

  it('delays answers until told otherwise', async () => {
    await org.control.resetCounts();
    await org.control.setLatency(3000);
    const slow = userInfo('wrong').then(() => 'slow');
    // The request has to be there before the delay is taken off again.
    while (!('GET /services/oauth2/userinfo' in (await org.control.counts()).requests));
    await org.control.setLatency(0);
    expect(await Promise.race([slow, userInfo('wrong').then(() => 'quick')])).toBe('quick');
  });

  it('counts requests, token requests by grant type, and the access tokens seen by the REST API', async () => {
    await org.control.resetCounts();
    const tokens = await obtainTokens(org.url);
    const next = await refresh(org.url, tokens['refresh_token'] ?? '');
    for (const token of [tokens['access_token'], next.body['access_token'], next.body['access_token']]) {
      await fetch(`${org.url}/services/data/v66.0/limits`, { headers: { authorization: `Bearer ${token}` } });
    }
    const counts = await org.control.counts();
    expect(counts.tokenRequests).toEqual({ authorization_code: 1, refresh_token: 1 });
    expect(counts.requests['GET /services/data/v66.0/limits']).toBe(3);
    expect(counts.requests['POST /services/oauth2/token']).toBe(2);
    expect(counts.distinctAccessTokens).toBe(2);
    await org.control.resetCounts();
    expect((await org.control.counts()).requests).toEqual({});
  });

  it('lists every secret that was issued or seen', async () => {
    const pkce = newPkce();
    const callback = await new OrgBrowser(org.url).signIn(authorizeUrl(org.url, pkce));
    const code = callback.searchParams.get('code') ?? '';
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: defaultConsumerKey,
      code,
      code_verifier: pkce.verifier,
      redirect_uri: 'http://localhost:7072/signed-in.html',
    });
    const response = await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body });
    const tokens = (await response.json()) as Record<string, string>;
    const secrets = await org.control.secrets();
    expect(secrets).toEqual(
      expect.arrayContaining([
        { kind: 'authorization_code', value: code },
        { kind: 'code_verifier', value: pkce.verifier },
        { kind: 'access_token', value: tokens['access_token'] },
        { kind: 'refresh_token', value: tokens['refresh_token'] },
        { kind: 'id_token', value: tokens['id_token'] },
      ]),
    );
  });

  it('locks a user out of sign-in, session and tokens', async () => {
    const browser = new OrgBrowser(org.url);
    const tokens = await obtainTokens(org.url, { user: alex, browser });
    await org.control.lockUser(alex.username);
    expect((await userInfo(tokens['access_token'])).status).toBe(403);
    const { page } = await browser.open(authorizeUrl(org.url, newPkce()));
    expect(page?.url).toContain('/login/');
    const refused = await browser.submit(page!, { username: alex.username, password: alex.password });
    expect(refused.page?.text).toContain('This user is locked');
    await org.control.lockUser(alex.username, false);
    expect((await userInfo(tokens['access_token'])).status).toBe(200);
  });

  it('says what is wrong with a request', async () => {
    await expect(org.control.lockUser('nobody')).rejects.toBeInstanceOf(ControlError);
    await expect(org.control.answerWith({ path: '(', status: 503 })).rejects.toMatchObject({ status: 400 });
    expect((await fetch(`${org.url}/__control/nonsense`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${org.url}/__control/secrets`)).status).toBe(405);
  });

  it('is shut unless the org was started with it', async () => {
    const closed = await startTestOrg({ contacts: 50, control: false });
    try {
      expect((await fetch(`${closed.url}/__control/secrets`, { method: 'POST', body: '{}' })).status).toBe(404);
    } finally {
      await closed.stop();
    }
  });
});
