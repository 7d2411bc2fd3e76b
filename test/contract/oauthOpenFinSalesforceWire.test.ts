import { defaultConsumerKey, salesforceSuccessUri } from '../../sandbox/org/oauth/defaultClients.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { authorizeUrl, newPkce, OrgBrowser, requestToken } from '../support/orgBrowser.ts';

/** The requests @openfin/salesforce 2.3.0 makes, byte for byte as far as the org can see them. */
describe('the wire habits of @openfin/salesforce 2.3.0', () => {
  let org: TestOrg;

  beforeAll(async () => {
    org = await startTestOrg({ contacts: 50 });
  });
  afterAll(() => org.stop());

  const accept = { accept: 'application/json' };
  const client = { client_id: defaultConsumerKey };
  const parameters = { ...client, redirect_uri: salesforceSuccessUri, code_challenge_method: 'S256' };

  it('get a session with repeated scopes and unencoded bodies, read the user, refresh and leave', async () => {
    const browser = new OrgBrowser(org.url);
    const pkce = newPkce();
    const scope = 'api refresh_token api refresh_token';
    const callback = await browser.signIn(authorizeUrl(org.url, pkce, { ...parameters, scope }));
    expect(callback.href.toLowerCase().startsWith(salesforceSuccessUri.toLowerCase())).toBe(true);
    const code = callback.searchParams.get('code') ?? '';
    expect(code).toMatch(/^[\w.]+==$/u);
    const { body: tokens } = await requestToken(org.url, {
      grant_type: 'authorization_code',
      ...client,
      code,
      code_verifier: pkce.verifier,
      redirect_uri: salesforceSuccessUri,
    });
    const bearer = { ...accept, authorization: `Bearer ${tokens['access_token']}` };
    const userInfo = await fetch(`${org.url}/services/oauth2/userinfo`, { headers: bearer });
    const info = (await userInfo.json()) as { user_id: string };
    const user = await fetch(`${org.url}/services/data/v56.0/sobjects/User/${info.user_id}`, { headers: bearer });
    expect(user.status).toBe(200);
    expect(await user.json()).toMatchObject({ Id: info.user_id, IsActive: true });

    const refreshToken = tokens['refresh_token'] ?? '';
    const renewal = { grant_type: 'refresh_token', ...client, refresh_token: refreshToken };
    const refreshed = await requestToken(org.url, renewal);
    expect(refreshed.status).toBe(200);

    const post = (fields: string): Promise<Response> =>
      fetch(`${org.url}/services/oauth2/revoke`, {
        method: 'POST',
        headers: { ...accept, 'content-type': 'application/x-www-form-urlencoded' },
        body: `client_id=${defaultConsumerKey}&${fields}`,
      });
    expect((await post(`token=${refreshed.body['access_token']}&token_type_hint=access_token`)).status).toBe(200);
    // It keeps the first refresh token, which rotation has made worthless; it reads the refusal as JSON.
    const second = await post(`token=${refreshToken}&token_type_hint=refresh_token`);
    expect(second.status).toBe(400);
    expect(await second.json()).toHaveProperty('error');
  });

  it('look for a session silently: a code when there is one, immediate_unsuccessful when not', async () => {
    const browser = new OrgBrowser(org.url);
    const silently = (): string => authorizeUrl(org.url, newPkce(), { ...parameters, immediate: 'true' });
    const stranger = await browser.open(silently());
    expect(stranger.callback?.href).toContain('immediate_unsuccessful');
    await browser.signIn(authorizeUrl(org.url, newPkce(), parameters));
    expect((await browser.open(silently())).callback?.searchParams.get('code')).toMatch(/==$/u);
  });
});
