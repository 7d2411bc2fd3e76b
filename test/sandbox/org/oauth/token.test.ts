import { createHash } from 'node:crypto';
import { confidentialApp, defaultConsumerKey } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { useOrg } from '../../../support/org.ts';
import {
  alex,
  authorizeUrl,
  defaultRedirectUri,
  exchangeCode,
  morgan,
  newPkce,
  obtainTokens,
  OrgBrowser,
  refresh,
  requestToken,
} from '../../../support/orgBrowser.ts';

describe('the token endpoint', () => {
  const org = useOrg({ contacts: 50 });

  afterEach(async () => {
    await org.control.setRefreshTokenRotation(true);
    await org.control.lockUser(alex.username, false);
    await org.control.installApp(defaultConsumerKey);
  });

  async function newCode(parameters: Record<string, string | undefined> = {}) {
    const pkce = newPkce();
    const callback = await new OrgBrowser(org.url).signIn(authorizeUrl(org.url, pkce, parameters));
    return { code: callback.searchParams.get('code') ?? '', verifier: pkce.verifier };
  }

  const works = async (accessToken: string | undefined): Promise<boolean> =>
    (await fetch(`${org.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })).ok;

  it('answers a code in the shape Salesforce uses', async () => {
    const { code, verifier } = await newCode({ scope: 'api refresh_token api refresh_token' });
    const { status, headers, body } = await exchangeCode(org.url, code, verifier);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(headers.get('cache-control')).toBe('no-cache, no-store');
    expect(Object.keys(body).sort()).toEqual(
      ['access_token', 'refresh_token', 'signature', 'scope', 'instance_url', 'id', 'token_type', 'issued_at'].sort(),
    );
    expect(body['access_token']).toMatch(/^00D\w{12}![\w.]{96}$/u);
    expect(body['refresh_token']).toMatch(/^5Aep861[\w.]+$/u);
    expect(body['id']).toMatch(new RegExp(`^${org.url}/id/00D\\w{15}/005\\w{15}$`, 'u'));
    expect(body).toMatchObject({ scope: 'api refresh_token', instance_url: org.url, token_type: 'Bearer' });
    expect(body['issued_at']).toMatch(/^\d{13}$/u);
  });

  it("gives all of the app's scopes, and an id token that names app, user, nonce and access token", async () => {
    const tokens = await obtainTokens(org.url, { parameters: { nonce: 'once' } });
    expect(tokens['scope']?.split(' ')).toEqual(['api', 'refresh_token', 'openid', 'id', 'web']);
    const [header = '', payload = '', signature = ''] = (tokens['id_token'] ?? '').split('.');
    const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    const hash = createHash('sha256')
      .update(tokens['access_token'] ?? '')
      .digest();
    expect(decode(payload)).toMatchObject({
      iss: org.url,
      aud: defaultConsumerKey,
      nonce: 'once',
      at_hash: hash.subarray(0, 16).toString('base64url'),
      sub: expect.stringMatching(/\/id\/00D\w{15}\/005\w{15}$/u) as string,
    });
    const { keys } = (await (await fetch(`${org.url}/id/keys`)).json()) as { keys: JsonWebKey[] };
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('jwk', keys[0]!, algorithm, false, ['verify']);
    const signed = Buffer.from(`${header}.${payload}`);
    expect(await crypto.subtle.verify(algorithm, key, Buffer.from(signature, 'base64url'), signed)).toBe(true);
  });

  it('gives no refresh token without the refresh_token scope', async () => {
    const tokens = await obtainTokens(org.url, { parameters: { scope: 'api' } });
    expect(tokens).not.toHaveProperty('refresh_token');
  });

  it('takes a code once; the second use ends the tokens of the first', async () => {
    const { code, verifier } = await newCode();
    const first = await exchangeCode(org.url, code, verifier);
    expect(await works(first.body['access_token'])).toBe(true);
    const second = await exchangeCode(org.url, code, verifier);
    expect(second).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'expired authorization code' },
    });
    expect(await works(first.body['access_token'])).toBe(false);
    expect((await refresh(org.url, first.body['refresh_token'] ?? '')).status).toBe(400);
  });

  it('refuses a code that is older than 15 minutes', async () => {
    const { code, verifier } = await newCode();
    await org.control.moveClock(15 * 60_000);
    const { body } = await exchangeCode(org.url, code, verifier);
    expect(body).toEqual({ error: 'invalid_grant', error_description: 'expired authorization code' });
  });

  it("refuses a request that lacks something, in Salesforce's words", async () => {
    const { code, verifier } = await newCode();
    const good = {
      grant_type: 'authorization_code',
      client_id: defaultConsumerKey,
      code,
      code_verifier: verifier,
      redirect_uri: defaultRedirectUri,
    };
    const without = (name: keyof typeof good) =>
      Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)) as Record<string, string>;
    const cases: [Record<string, string>, string, string][] = [
      [{ ...good, code: 'aPrxInvented==' }, 'invalid_grant', 'invalid authorization code'],
      [{ ...good, code_verifier: 'x'.repeat(64) }, 'invalid_grant', 'invalid code verifier'],
      [{ ...good, code_verifier: 'short' }, 'invalid_grant', 'invalid code verifier'],
      [without('code_verifier'), 'invalid_grant', 'invalid code verifier'],
      [{ ...good, redirect_uri: 'http://b/' }, 'redirect_uri_mismatch', 'redirect_uri must match configuration'],
      [{ ...good, client_id: 'nobody' }, 'invalid_client_id', 'client identifier invalid'],
      [{ ...good, grant_type: 'nonsense' }, 'unsupported_grant_type', 'grant type not supported'],
      [without('grant_type'), 'unsupported_grant_type', 'grant type not supported'],
      [without('code'), 'invalid_request', 'must supply code'],
      [without('redirect_uri'), 'invalid_request', 'must supply redirect_uri'],
      [without('client_id'), 'invalid_request', 'must supply client_id'],
      [{ ...good, grant_type: 'password' }, 'invalid_grant', 'authentication failure'],
      [{ ...good, grant_type: 'client_credentials' }, 'invalid_grant', 'no client credentials user enabled'],
    ];
    for (const [fields, error, description] of cases) {
      const { status, body } = await requestToken(org.url, fields);
      expect({ status, ...body }).toEqual({ status: 400, error, error_description: description });
    }
    expect((await requestToken(org.url, good)).status).toBe(200);
  });

  it('refuses a verifier for a code that was asked for without a challenge', async () => {
    const { consumerKey, secret, redirectUri } = confidentialApp;
    const request = { client_id: consumerKey, redirect_uri: redirectUri, code_challenge: undefined };
    const { code, verifier } = await newCode(request);
    const fields = { grant_type: 'authorization_code', client_id: consumerKey, code, redirect_uri: redirectUri };
    const surprised = await requestToken(org.url, { ...fields, client_secret: secret, code_verifier: verifier });
    expect(surprised.body).toEqual({ error: 'invalid_grant', error_description: 'unexpected code verifier' });
    const secretless = await requestToken(org.url, fields);
    expect(secretless.body).toEqual({ error: 'invalid_client', error_description: 'invalid client credentials' });
    const wrong = await requestToken(org.url, { ...fields, client_secret: 'guess' });
    expect(wrong.body).toEqual({ error: 'invalid_client', error_description: 'invalid client credentials' });
    const basic = Buffer.from(`${consumerKey}:${secret}`).toString('base64');
    const { client_id: _inHeader, ...rest } = fields;
    const right = await requestToken(org.url, rest, { authorization: `Basic ${basic}` });
    expect(right.status).toBe(200);
  });

  it('answers a GET with invalid_request', async () => {
    const response = await fetch(`${org.url}/services/oauth2/token?grant_type=refresh_token`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('answers as a form or as XML when asked', async () => {
    const { refresh_token: token = '' } = await obtainTokens(org.url);
    const ask = async (format: string, refreshToken: string): Promise<string> => {
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: defaultConsumerKey,
        refresh_token: refreshToken,
        format,
      });
      return (await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body })).text();
    };
    const form = new URLSearchParams(await ask('urlencoded', token));
    expect(form.get('access_token')).toMatch(/^00D/u);
    expect(await ask('xml', form.get('refresh_token') ?? '')).toMatch(/<access_token>00D\w{12}!/u);
  });

  describe('refreshing', () => {
    it('rotates: every refresh token works once, and a code_verifier is no matter', async () => {
      const tokens = await obtainTokens(org.url);
      const fields = { grant_type: 'refresh_token', client_id: defaultConsumerKey, code_verifier: 'whatever' };
      const first = await requestToken(org.url, { ...fields, refresh_token: tokens['refresh_token'] ?? '' });
      expect(first.status).toBe(200);
      expect(first.body['refresh_token']).not.toBe(tokens['refresh_token']);
      expect(first.body['id']).toBe(tokens['id']);
      const second = await refresh(org.url, first.body['refresh_token'] ?? '');
      expect(second.status).toBe(200);
      expect(await works(second.body['access_token'])).toBe(true);
    });

    it('ends the whole family when a refresh token is used twice', async () => {
      const tokens = await obtainTokens(org.url);
      const next = await refresh(org.url, tokens['refresh_token'] ?? '');
      const replay = await refresh(org.url, tokens['refresh_token'] ?? '');
      expect(replay).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
      });
      expect((await refresh(org.url, next.body['refresh_token'] ?? '')).body['error']).toBe('invalid_grant');
      expect(await works(next.body['access_token'])).toBe(false);
      expect(await works(tokens['access_token'])).toBe(false);
    });

    it('lets exactly one of several simultaneous refreshes through', async () => {
      const { refresh_token: token = '' } = await obtainTokens(org.url);
      const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(org.url, token)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('answers without a refresh token when rotation is off, and the old one stays good', async () => {
      await org.control.setRefreshTokenRotation(false);
      const { refresh_token: token = '' } = await obtainTokens(org.url);
      const first = await refresh(org.url, token);
      expect(first.body).not.toHaveProperty('refresh_token');
      expect((await refresh(org.url, token)).status).toBe(200);
    });

    it('keeps one sign-in alive when another one of the same browser is revoked', async () => {
      const browser = new OrgBrowser(org.url);
      const one = await obtainTokens(org.url, { browser });
      const two = await obtainTokens(org.url, { browser });
      await refresh(org.url, one['refresh_token'] ?? '');
      await refresh(org.url, one['refresh_token'] ?? '');
      expect(await works(one['access_token'])).toBe(false);
      expect(await works(two['access_token'])).toBe(true);
      expect((await refresh(org.url, two['refresh_token'] ?? '')).status).toBe(200);
    });

    it('keeps five approvals per user and app: the sixth ends the oldest', async () => {
      await org.control.revokeRefreshTokens();
      const browser = new OrgBrowser(org.url);
      const family = [];
      for (let count = 0; count < 6; count += 1) family.push(await obtainTokens(org.url, { browser }));
      const others = await obtainTokens(org.url, { user: alex });
      expect(await works(family[0]?.['access_token'])).toBe(false);
      expect((await refresh(org.url, family[0]?.['refresh_token'] ?? '')).body['error']).toBe('invalid_grant');
      for (const tokens of family.slice(1)) expect(await works(tokens['access_token'])).toBe(true);
      expect(await works(others['access_token'])).toBe(true);
      const approvals = await org.control.approvals();
      expect(approvals.filter(({ username }) => username === morgan.username)).toHaveLength(5);
    });

    it('refuses an app that was uninstalled and a user who was locked', async () => {
      const { refresh_token: token = '' } = await obtainTokens(org.url, { user: alex });
      await org.control.uninstallApp(defaultConsumerKey);
      expect((await refresh(org.url, token)).body).toEqual({
        error: 'app_not_found',
        error_description: 'External client app is not installed in this org',
      });
      await org.control.installApp(defaultConsumerKey);
      await org.control.lockUser(alex.username);
      expect((await refresh(org.url, token)).body).toEqual({
        error: 'inactive_user',
        error_description: 'user is inactive',
      });
    });
  });
});
