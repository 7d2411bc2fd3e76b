import { defaultConsumerKey } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { useOrg } from '../../../support/org.ts';
import { obtainTokens, refresh } from '../../../support/orgBrowser.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('how long sessions and refresh tokens last', () => {
  const org = useOrg({ contacts: 50 });

  afterEach(async () => {
    await org.control.setPolicy({
      sessionTimeout: 'sliding',
      accessTokenLifetimeMs: 2 * hour,
      refreshTokenRotation: true,
    });
    await org.control.setApp(defaultConsumerKey, { refreshTokenPolicy: { kind: 'until-revoked' } });
  });

  const use = async (accessToken = ''): Promise<boolean> =>
    (await fetch(`${org.url}/services/data/v66.0/limits`, { headers: { authorization: `Bearer ${accessToken}` } })).ok;
  const introspect = async (token = ''): Promise<Record<string, number | boolean>> => {
    const body = new URLSearchParams({ token, client_id: defaultConsumerKey });
    const response = await fetch(`${org.url}/services/oauth2/introspect`, { method: 'POST', body });
    return (await response.json()) as Record<string, number | boolean>;
  };

  it('ends a session two hours after its last use, where use in the first half does not count', async () => {
    const { access_token: token } = await obtainTokens(org.url);
    await org.control.moveClock(59 * minute);
    expect(await use(token)).toBe(true);
    await org.control.moveClock(60 * minute);
    expect(await use(token)).toBe(true);
    await org.control.moveClock(119 * minute);
    expect(await use(token)).toBe(true);
    await org.control.moveClock(121 * minute);
    expect(await use(token)).toBe(false);
    const unused = await obtainTokens(org.url);
    await org.control.moveClock(59 * minute);
    expect(await use(unused['access_token'])).toBe(true);
    await org.control.moveClock(62 * minute);
    expect(await use(unused['access_token'])).toBe(false);
  });

  it('can count from the issue instead', async () => {
    await org.control.setPolicy({ sessionTimeout: 'fixed' });
    const tokens = await obtainTokens(org.url);
    await org.control.moveClock(2 * hour - minute);
    expect(await use(tokens['access_token'])).toBe(true);
    await org.control.moveClock(minute + 1000);
    expect(await use(tokens['access_token'])).toBe(false);
    expect((await refresh(org.url, tokens['refresh_token'] ?? '')).status).toBe(200);
  });

  it("introspects the times of the org's clock, which follow use and policy", async () => {
    await org.control.setPolicy({ accessTokenLifetimeMs: 15 * minute });
    const seconds = async (): Promise<number> => Math.floor((await org.control.moveClock(0)) / 1000);
    const before = await seconds();
    const { access_token: token } = await obtainTokens(org.url);
    const after = await seconds();
    const fresh = await introspect(token);
    expect(fresh['iat']).toBeGreaterThanOrEqual(before);
    expect(fresh['iat']).toBeLessThanOrEqual(after);
    expect(Number(fresh['exp']) - Number(fresh['iat'])).toBe(900);
    await org.control.moveClock(10 * minute);
    expect(await introspect(token)).toMatchObject({ active: true, exp: fresh['exp']! });
    await use(token);
    const used = await introspect(token);
    expect(Number(used['exp'])).toBeGreaterThanOrEqual(Number(fresh['exp']) + 600);
    expect(used['iat']).toBe(fresh['iat']);
    await org.control.moveClock(15 * minute);
    expect(await introspect(token)).toEqual({ active: false });
  });

  it("dates id tokens by the org's clock", async () => {
    await org.control.moveClock(100 * hour);
    const now = Math.floor((await org.control.moveClock(0)) / 1000);
    const { id_token: idToken = '' } = await obtainTokens(org.url);
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as {
      iat: number;
      exp: number;
    };
    expect(claims.iat).toBeGreaterThanOrEqual(now);
    expect(claims.exp).toBe(claims.iat + 120);
  });

  it('can end refresh tokens at once, which leaves the session', async () => {
    await org.control.setApp(defaultConsumerKey, { refreshTokenPolicy: { kind: 'expire-immediately' } });
    const tokens = await obtainTokens(org.url);
    expect((await refresh(org.url, tokens['refresh_token'] ?? '')).body['error_description']).toBe(
      'expired access/refresh token',
    );
    expect(await use(tokens['access_token'])).toBe(true);
  });

  it.each([true, false])('ends refresh tokens that are not used (rotation %s)', async (refreshTokenRotation) => {
    await org.control.setPolicy({ refreshTokenRotation });
    await org.control.setApp(defaultConsumerKey, {
      refreshTokenPolicy: { kind: 'expire-if-unused', milliseconds: 10 * hour },
    });
    let { refresh_token: token = '' } = await obtainTokens(org.url);
    for (let count = 0; count < 3; count += 1) {
      await org.control.moveClock(9 * hour);
      const { status, body } = await refresh(org.url, token);
      expect(status).toBe(200);
      token = body['refresh_token'] ?? token;
    }
    await org.control.moveClock(10 * hour);
    expect((await refresh(org.url, token)).body['error_description']).toBe('expired access/refresh token');
  });

  it('ends an approval so long after it was given, rotation or not', async () => {
    await org.control.setApp(defaultConsumerKey, {
      refreshTokenPolicy: { kind: 'expire-after', milliseconds: 20 * hour },
    });
    const { refresh_token: first = '' } = await obtainTokens(org.url);
    await org.control.moveClock(15 * hour);
    const { body } = await refresh(org.url, first);
    expect(body['refresh_token']).toMatch(/^5Aep861/u);
    await org.control.moveClock(5 * hour);
    expect((await refresh(org.url, body['refresh_token'] ?? '')).body['error_description']).toBe(
      'expired access/refresh token',
    );
  });
});
