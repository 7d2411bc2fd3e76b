import { defaultConsumerKey } from '../../../../../sandbox/org/oauth/defaultClients.ts';
import { newDpopKey } from '../../../../support/dpop.ts';
import { useOrg } from '../../../../support/org.ts';
import {
  alex,
  morgan,
  obtainTokens,
  OrgBrowser,
  refresh,
  requestToken,
  type Arrival,
  type TokenAnswer,
} from '../../../../support/orgBrowser.ts';

describe('the device flow', () => {
  const org = useOrg({ contacts: 50 });
  let browser: OrgBrowser;

  beforeEach(() => {
    browser = new OrgBrowser(org.url);
  });
  afterEach(() => org.control.setApp(defaultConsumerKey, { deviceFlow: true, adminApprovedOnly: false }));

  const begin = (fields: Record<string, string> = {}): Promise<TokenAnswer> =>
    requestToken(org.url, { response_type: 'device_code', client_id: defaultConsumerKey, ...fields });
  const poll = (device: TokenAnswer, fields: Record<string, string> = {}, headers = {}): Promise<TokenAnswer> =>
    requestToken(
      org.url,
      { grant_type: 'device', client_id: defaultConsumerKey, code: device.body['device_code'] ?? '', ...fields },
      headers,
    );
  const wait = (seconds = 5): Promise<number> => org.control.moveClock(seconds * 1000);
  const enter = async (userCode: string): Promise<Arrival> => {
    const { page } = await browser.open(`/setup/connect?user_code=${userCode}`);
    return browser.submit(page!, { user_code: userCode });
  };
  async function decide(device: TokenAnswer, decision: 'allow' | 'deny', user = morgan): Promise<Arrival> {
    const login = await enter(device.body['user_code'] ?? '');
    const consent = await browser.submit(login.page!, { username: user.username, password: user.password });
    return browser.submit(consent.page!, { decision });
  }

  it("gives a device its codes in Salesforce's shape", async () => {
    const { status, body } = await begin();
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['device_code', 'interval', 'user_code', 'verification_uri']);
    expect(body['user_code']).toMatch(/^[A-Z0-9]{8}$/u);
    expect(body).toMatchObject({ verification_uri: `${org.url}/setup/connect`, interval: 5 });
  });

  it('lets a person enter the code, log in and allow, and then gives the device its tokens once', async () => {
    const device = await begin({ scope: 'api refresh_token openid' });
    expect((await poll(device)).body['error']).toBe('authorization_pending');
    const prefilled = await browser.open(`/setup/connect?user_code=${device.body['user_code']}`);
    expect(prefilled.page?.text).toContain(`value="${device.body['user_code']}"`);
    const done = await decide(device, 'allow', alex);
    expect(done.page?.text).toContain('You’re connected');
    await wait();
    const { status, body } = await poll(device);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'api refresh_token openid', instance_url: org.url });
    const claims = JSON.parse(Buffer.from(body['id_token']?.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    expect(claims).toMatchObject({
      aud: defaultConsumerKey,
      sub: expect.stringMatching(/\/id\/00D\w{15}\/005\w{15}$/u) as string,
    });
    const info = await fetch(`${org.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${body['access_token']}` },
    });
    expect(await info.json()).toMatchObject({ preferred_username: alex.username });
    expect((await refresh(org.url, body['refresh_token'] ?? '')).status).toBe(200);
    await wait();
    expect((await poll(device)).body['error']).toBe('invalid_grant');
    const { page } = await enter(device.body['user_code'] ?? '');
    expect(page?.text).toContain('not valid');
  });

  it('takes the code however it is typed', async () => {
    const userCode = (await begin()).body['user_code'] ?? '';
    expect((await enter(`${userCode.slice(0, 4).toLowerCase()} - ${userCode.slice(4)}`)).page?.url).toContain(
      '/login/',
    );
    expect((await enter('AAAA1111')).page?.text).toContain('not valid');
  });

  it('asks for the login only once per browser, but for approval always', async () => {
    await obtainTokens(org.url, { browser });
    const { page } = await enter((await begin()).body['user_code'] ?? '');
    expect(page?.url).toContain('/consent/');
  });

  it('tells the device that the person denied', async () => {
    const device = await begin();
    expect((await decide(device, 'deny')).page?.text).toContain('Not connected');
    expect((await poll(device)).body).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
    });
  });

  it('slows a device down that polls too fast, by five seconds each time', async () => {
    const device = await begin();
    const errors: (string | undefined)[] = [];
    for (const seconds of [0, 4, 6, 12, 15]) {
      await wait(seconds);
      errors.push((await poll(device)).body['error']);
    }
    expect(errors).toEqual(['authorization_pending', 'slow_down', 'slow_down', 'slow_down', 'slow_down']);
    await wait(25);
    expect((await poll(device)).body['error']).toBe('authorization_pending');
  });

  it('waits as long as the org is told', async () => {
    await org.control.setPolicy({ deviceIntervalSeconds: 1 });
    const device = await begin();
    expect(device.body['interval']).toBe(1);
    await poll(device);
    await wait(1);
    expect((await poll(device)).body['error']).toBe('authorization_pending');
    await org.control.setPolicy({ deviceIntervalSeconds: 5 });
  });

  it('ends the code after ten minutes', async () => {
    const device = await begin();
    await wait(600);
    expect((await poll(device)).body['error']).toBe('expired_token');
    expect((await enter(device.body['user_code'] ?? '')).page?.text).toContain('not valid');
  });

  it('refuses codes nobody has, and those of another app', async () => {
    const device = await begin();
    await org.control.setApp('another-device', { redirectUris: ['http://localhost:9/x'], deviceFlow: true });
    expect((await poll(device, { client_id: 'another-device' })).body['error']).toBe('invalid_grant');
    expect((await poll(device, { code: 'invented' })).body['error']).toBe('invalid_grant');
  });

  it('is only for apps that have it, and for their scopes', async () => {
    expect((await begin({ client_id: 'nobody' })).body['error']).toBe('invalid_client_id');
    expect((await begin({ scope: 'full' })).body['error']).toBe('invalid_scope');
    await org.control.setApp(defaultConsumerKey, { deviceFlow: false });
    expect(await begin()).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  it('tells the device that an administrator keeps the person out', async () => {
    const device = await begin();
    await org.control.setApp(defaultConsumerKey, { adminApprovedOnly: true });
    const login = await enter(device.body['user_code'] ?? '');
    const refused = await browser.submit(login.page!, { username: morgan.username, password: morgan.password });
    expect(refused.page?.text).toContain('OAUTH_APP_ACCESS_DENIED');
    expect((await poll(device)).body['error']).toBe('access_denied');
  });

  it('binds the tokens to the key of the poll', async () => {
    const key = await newDpopKey();
    const device = await begin();
    await decide(device, 'allow');
    // The clock of this org has moved, so the proof must go by it.
    const iat = Math.floor((await org.control.moveClock(5000)) / 1000);
    const dpop = await key.prove('POST', `${org.url}/services/oauth2/token`, { iat });
    expect((await poll(device, {}, { dpop })).body['token_type']).toBe('DPoP');
  });

  it('does not count a poll that only learns the nonce', async () => {
    await org.control.setPolicy({ dpopNonces: true });
    const key = await newDpopKey();
    const device = await begin();
    const iat = Math.floor((await org.control.moveClock(0)) / 1000);
    const prove = (nonce = ''): Promise<string> =>
      key.prove('POST', `${org.url}/services/oauth2/token`, { iat, nonce });
    const challenged = await poll(device, {}, { dpop: await prove() });
    expect(challenged.body['error']).toBe('use_dpop_nonce');
    const repeated = await poll(device, {}, { dpop: await prove(challenged.headers.get('dpop-nonce') ?? '') });
    expect(repeated.body['error']).toBe('authorization_pending');
    await org.control.setPolicy({ dpopNonces: false });
  });

  it('does not hand the outcome to anybody else', async () => {
    const { page } = await browser.open('/setup/connect/approved?code=x&state=y');
    expect(page?.status).toBe(400);
  });
});
