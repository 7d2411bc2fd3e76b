import { defaultConsumerKey } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { useOrg } from '../../../support/org.ts';
import {
  alex,
  authorizeUrl,
  defaultRedirectUri,
  morgan,
  newPkce,
  obtainTokens,
  OrgBrowser,
  refresh,
} from '../../../support/orgBrowser.ts';

type Tokens = Record<string, string>;

describe('what an administrator changes while apps are connected', () => {
  const org = useOrg({ contacts: 50 });

  afterEach(async () => {
    await org.control.setUser(alex.username, { frozen: false, active: true, apiEnabled: true, ipRestricted: false });
    await org.control.setPolicy({ apiEnabled: true });
    await org.control.setApp(defaultConsumerKey, {
      blocked: false,
      installed: true,
      adminApprovedOnly: false,
      redirectUris: [defaultRedirectUri],
    });
  });

  async function call(tokens: Tokens): Promise<[number, string | undefined]> {
    const headers = { authorization: `Bearer ${tokens['access_token']}` };
    const response = await fetch(`${org.url}/services/data/v66.0/limits`, { headers });
    const body = (await response.json()) as { errorCode: string }[];
    return [response.status, Array.isArray(body) ? body[0]?.errorCode : undefined];
  }
  const refused = async (tokens: Tokens): Promise<string[]> => {
    const { body } = await refresh(org.url, tokens['refresh_token'] ?? '');
    return [body['error'] ?? '', body['error_description'] ?? ''];
  };
  const arrive = async (user = alex): Promise<URLSearchParams> =>
    (await new OrgBrowser(org.url).signIn(authorizeUrl(org.url, newPkce()), user)).searchParams;

  it('freezes a user: no refresh, but the open session goes on', async () => {
    const tokens = await obtainTokens(org.url, { user: alex });
    await org.control.setUser(alex.username, { frozen: true });
    expect(await call(tokens)).toEqual([200, undefined]);
    expect(await refused(tokens)).toEqual(['inactive_user', 'user is inactive']);
    await org.control.setUser(alex.username, { frozen: false });
    expect((await refresh(org.url, tokens['refresh_token'] ?? '')).status).toBe(200);
  });

  it('deactivates a user: the open session ends too', async () => {
    const tokens = await obtainTokens(org.url, { user: alex });
    await org.control.setUser(alex.username, { active: false });
    expect(await call(tokens)).toEqual([401, 'INVALID_SESSION_ID']);
    expect(await refused(tokens)).toEqual(['inactive_user', 'user is inactive']);
  });

  it('takes the API away from a user, a profile, or all', async () => {
    const [theirs, mine] = [await obtainTokens(org.url, { user: alex }), await obtainTokens(org.url)];
    await org.control.setUser(alex.username, { apiEnabled: false });
    expect(await call(theirs)).toEqual([403, 'API_CURRENTLY_DISABLED']);
    await org.control.setUser(alex.username, { apiEnabled: true });
    expect(await call(theirs)).toEqual([200, undefined]);
    await org.control.setUser({ profile: 'banker' }, { apiEnabled: false });
    expect([await call(theirs), await call(mine)]).toEqual([
      [403, 'API_CURRENTLY_DISABLED'],
      [200, undefined],
    ]);
    await org.control.setPolicy({ apiEnabled: false });
    expect(await call(mine)).toEqual([403, 'API_DISABLED_FOR_ORG']);
  });

  it('changes one policy and leaves the others', async () => {
    await org.control.setPolicy({ refreshTokenRotation: false });
    await org.control.setPolicy({ dpopNonces: true });
    const answer = await refresh(org.url, (await obtainTokens(org.url))['refresh_token'] ?? '');
    expect(answer.body).not.toHaveProperty('refresh_token');
    expect(answer.headers.has('dpop-nonce')).toBe(true);
    await org.control.setPolicy({ refreshTokenRotation: true, dpopNonces: false });
  });

  it('restricts a user to addresses they are not at', async () => {
    const tokens = await obtainTokens(org.url, { user: alex });
    await org.control.setUser(alex.username, { ipRestricted: true });
    expect(await call(tokens)).toEqual([401, 'INVALID_SESSION_ID']);
    expect(await refused(tokens)).toEqual(['invalid_grant', 'ip restricted']);
  });

  it('revokes an app for one user or for all, also sign-ins without a refresh token', async () => {
    await org.control.revokeRefreshTokens();
    const mine = await obtainTokens(org.url, { parameters: { scope: 'api' } });
    const theirs = await obtainTokens(org.url, { user: alex });
    expect(await org.control.revokeRefreshTokens(morgan.username, defaultConsumerKey)).toBe(1);
    expect([await call(mine), await call(theirs)]).toEqual([
      [401, 'INVALID_SESSION_ID'],
      [200, undefined],
    ]);
    expect(await org.control.revokeRefreshTokens(undefined, 'another app')).toBe(0);
    expect(await org.control.revokeRefreshTokens()).toBe(1);
    expect(await refused(theirs)).toEqual(['invalid_grant', 'expired access/refresh token']);
  });

  it('blocks an app: sessions end, refreshing and signing in are refused', async () => {
    const tokens = await obtainTokens(org.url, { user: alex });
    await org.control.setApp(defaultConsumerKey, { blocked: true });
    expect(await call(tokens)).toEqual([401, 'INVALID_SESSION_ID']);
    expect(await refused(tokens)).toEqual(['OAUTH_APP_BLOCKED', 'this app is blocked by admin']);
    expect((await arrive()).get('error')).toBe('OAUTH_APP_BLOCKED');
  });

  it('leaves an app to users an administrator has approved', async () => {
    const tokens = await obtainTokens(org.url, { user: alex });
    await org.control.setApp(defaultConsumerKey, { adminApprovedOnly: true, approvedUsernames: [morgan.username] });
    expect(await refused(tokens)).toEqual(['invalid_app_access', 'user is not admin approved to access this app']);
    expect((await arrive()).get('error')).toBe('OAUTH_APP_ACCESS_DENIED');
    expect((await arrive(morgan)).has('code')).toBe(true);
  });

  it('changes callbacks, forgets and adds consumer keys', async () => {
    const errorOf = async (parameters = {}): Promise<string | null> => {
      const { page } = await new OrgBrowser(org.url).open(authorizeUrl(org.url, newPkce(), parameters));
      return new URL(page!.url).searchParams.get('error');
    };
    await org.control.setApp(defaultConsumerKey, { redirectUris: ['http://localhost:9/elsewhere'] });
    expect(await errorOf()).toBe('redirect_uri_mismatch');
    await org.control.setApp('new-app', { redirectUris: [defaultRedirectUri] });
    expect(await errorOf({ client_id: 'new-app' })).toBeNull();
    await org.control.removeApp('new-app');
    expect(await errorOf({ client_id: 'new-app' })).toBe('invalid_client_id');
    await expect(org.control.removeApp('new-app')).rejects.toMatchObject({ status: 404 });
    await expect(org.control.setApp('new-app', {})).rejects.toMatchObject({ status: 400 });
  });
});
