import { confidentialApp, defaultConsumerKey } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { useOrg } from '../../../support/org.ts';
import { authorizeUrl, morgan, newPkce, obtainTokens, OrgBrowser, refresh } from '../../../support/orgBrowser.ts';

describe('revoking, introspecting and identity', () => {
  const org = useOrg({ contacts: 50 });

  const at = (path: string): string => new URL(path, org.url).href;
  type Fields = Record<string, string>;
  const post = (path: string, fields: Fields, headers: Fields = {}): Promise<Response> =>
    fetch(at(path), { method: 'POST', body: new URLSearchParams(fields), headers });
  const userInfo = (token: string | undefined, scheme = 'Bearer'): Promise<Response> =>
    fetch(at('/services/oauth2/userinfo'), { headers: { authorization: `${scheme} ${token}` } });
  const revoke = (token: string | undefined): Promise<Response> =>
    post('/services/oauth2/revoke', { token: token ?? '' });

  it('ends an access token alone', async () => {
    const tokens = await obtainTokens(org.url);
    const response = await revoke(tokens['access_token']);
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect((await userInfo(tokens['access_token'])).status).toBe(403);
    expect((await refresh(org.url, tokens['refresh_token'] ?? '')).status).toBe(200);
  });

  it('ends the access tokens with the refresh token, and asks for approval again next time', async () => {
    const browser = new OrgBrowser(org.url);
    const tokens = await obtainTokens(org.url, { browser });
    await org.control.revokeRefreshTokens();
    const again = await obtainTokens(org.url, { browser });
    const response = await fetch(at(`/services/oauth2/revoke?token=${again['refresh_token']}`));
    expect(response.status).toBe(200);
    expect((await userInfo(again['access_token'])).status).toBe(403);
    expect((await userInfo(tokens['access_token'])).status).toBe(403);
    const { page } = await browser.open(authorizeUrl(org.url, newPkce()));
    expect(page?.url).toContain('/consent/');
  });

  it('asks for approval again once the last approval is gone, also when a replay ended it', async () => {
    const browser = new OrgBrowser(org.url);
    await org.control.revokeRefreshTokens();
    const [one, two] = [await obtainTokens(org.url, { browser }), await obtainTokens(org.url, { browser })];
    await revoke(one['refresh_token']);
    expect((await browser.open(authorizeUrl(org.url, newPkce()))).callback?.searchParams.has('code')).toBe(true);
    await refresh(org.url, two['refresh_token'] ?? '');
    await refresh(org.url, two['refresh_token'] ?? '');
    expect((await browser.open(authorizeUrl(org.url, newPkce()))).page?.url).toContain('/consent/');
  });

  it('answers an unknown token as a form, or as JSON when JSON is accepted', async () => {
    const form = await revoke('unknown');
    expect(form.status).toBe(400);
    expect(new URLSearchParams(await form.text()).get('error')).toBe('invalid_token');
    const json = await post('/services/oauth2/revoke', { token: 'unknown' }, { accept: 'application/json' });
    expect(json.status).toBe(400);
    expect(await json.json()).toMatchObject({ error: 'invalid_token' });
    const cookie = { token: 'x', token_type_hint: 'cookie' };
    const type = await post('/services/oauth2/revoke', cookie, { accept: 'application/json' });
    expect(await type.json()).toMatchObject({ error: 'unsupported_token_type' });
    const script = await fetch(at('/services/oauth2/revoke?token=unknown&callback=done'));
    expect(await script.text()).toBe('done({"error":"invalid_token"});');
  });

  it('introspects tokens of the asking app only', async () => {
    const tokens = await obtainTokens(org.url);
    const token = tokens['access_token'] ?? '';
    const own = await post('/services/oauth2/introspect', { token, client_id: defaultConsumerKey });
    expect(await own.json()).toMatchObject({
      active: true,
      client_id: defaultConsumerKey,
      username: morgan.username,
      token_type: 'access_token',
      scope: tokens['scope'],
      exp: expect.any(Number) as number,
    });
    const { consumerKey, secret } = confidentialApp;
    const foreign = await post('/services/oauth2/introspect', { token, client_id: consumerKey, client_secret: secret });
    expect(await foreign.json()).toEqual({ active: false });
    const wrong = await post('/services/oauth2/introspect', { token, client_id: consumerKey, client_secret: 'guess' });
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      { error: 'invalid_client', error_description: 'invalid client credentials' },
    ]);
    await revoke(token);
    const gone = await post('/services/oauth2/introspect', { token, client_id: defaultConsumerKey });
    expect(await gone.json()).toEqual({ active: false });
  });

  it('says who the user is, with either name of the scheme', async () => {
    const tokens = await obtainTokens(org.url);
    for (const scheme of ['Bearer', 'OAuth', 'bearer']) {
      const response = await userInfo(tokens['access_token'], scheme);
      expect(await response.json()).toMatchObject({
        user_id: tokens['id']?.split('/').at(-1),
        organization_id: tokens['id']?.split('/').at(-2),
        preferred_username: morgan.username,
        given_name: morgan.firstName,
        urls: { custom_domain: org.url },
      });
    }
  });

  it("refuses userinfo and identity without a good token in Salesforce's words", async () => {
    const tokens = await obtainTokens(org.url);
    const cases: [string, string | undefined, number, string][] = [
      ['/services/oauth2/userinfo', undefined, 403, 'Missing_OAuth_Token'],
      ['/services/oauth2/userinfo', 'wrong', 403, 'Bad_OAuth_Token'],
      ['/services/oauth2/userinfo', tokens['refresh_token'], 403, 'Bad_OAuth_Token'],
      [new URL(tokens['id'] ?? '').pathname, 'wrong', 403, 'Bad_OAuth_Token'],
      ['/id/00D000000000000AAA/005000000000000AAA', tokens['access_token'], 403, 'Wrong_Org'],
    ];
    for (const [path, token, status, text] of cases) {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const response = await fetch(at(path), { headers });
      expect([response.status, await response.text()]).toEqual([status, text]);
    }
  });

  it('serves the identity URL as JSON, XML and script, with the token in header or query', async () => {
    const { id = '', access_token: token = '' } = await obtainTokens(org.url);
    const json = await fetch(`${id}?format=json&oauth_token=${token}&version=latest`);
    const identity = (await json.json()) as { urls: Record<string, string> };
    expect(identity).toMatchObject({ id, username: morgan.username, asserted_user: true });
    expect(identity.urls['rest']).toMatch(/\/services\/data\/v\d\d\.0\/$/u);
    const xml = await fetch(`${id}?format=xml`, { headers: { authorization: `Bearer ${token}` } });
    expect(await xml.text()).toContain(`<username>${morgan.username}</username>`);
    const script = await fetch(`${id}?format=jsonp&callback=show&oauth_token=${token}`);
    expect(await script.text()).toMatch(/^show\(\{.*\}\);$/u);
  });

  it('describes itself with endpoints on the host that was asked', async () => {
    const discovery = (await (await fetch(at('/.well-known/openid-configuration'))).json()) as Record<string, string>;
    expect(discovery['issuer']).toBe(org.url);
    for (const name of ['authorization', 'token', 'revocation', 'introspection', 'userinfo']) {
      expect(new URL(discovery[`${name}_endpoint`] ?? '').origin).toBe(org.url);
    }
  });
});
