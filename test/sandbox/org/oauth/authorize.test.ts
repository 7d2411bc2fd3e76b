import { useOrg } from '../../../support/org.ts';
import { alex, authorizeUrl, morgan, newPkce, OrgBrowser, sam } from '../../../support/orgBrowser.ts';

const adminOnly = 'admin-approved-app';
const absent = 'app-not-installed';
const serverSide = 'server-side-app';
const redirectUri = 'http://localhost:7072/signed-in.html?from=org';
const publicApp = {
  consumerKey: '3MVG9northbridge.embedded.org.interop_sandbox',
  redirectUris: ['http://localhost:7072/signed-in.html'],
};

describe('the authorize endpoint', () => {
  const org = useOrg({
    contacts: 50,
    loginCoop: 'same-origin',
    clients: [
      publicApp,
      {
        consumerKey: adminOnly,
        redirectUris: [redirectUri],
        adminApprovedOnly: true,
        approvedUsernames: [alex.username],
      },
      { consumerKey: absent, redirectUris: [redirectUri], installed: false },
      { consumerKey: serverSide, redirectUris: [redirectUri], secret: 'a-secret-of-the-server', scopes: ['api'] },
    ],
  });
  let browser: OrgBrowser;
  const pkce = newPkce();
  const url = (parameters: Record<string, string | undefined> = {}): string => authorizeUrl(org.url, pkce, parameters);

  beforeEach(() => {
    browser = new OrgBrowser(org.url);
  });

  it('asks for login, then for approval, and returns a code with the state unchanged', async () => {
    const login = await browser.open(url({ state: 'x y&z=1' }));
    expect(login.page?.text).toContain('for="username"');
    const consent = await browser.submit(login.page!, { username: morgan.username, password: morgan.password });
    expect(consent.page?.text).toContain('Read and change records through the API');
    const { callback } = await browser.submit(consent.page!, { decision: 'allow' });
    expect(callback?.href).toContain('http://localhost:7072/signed-in.html?code=aPrx');
    expect(callback?.search).toMatch(/^\?code=aPrx[\w.]+%3D%3D&state=x\+y%26z%3D1$/u);
  });

  it('asks nothing the second time in the same browser', async () => {
    await browser.signIn(url());
    expect((await browser.open(url())).callback?.searchParams.get('code')).toMatch(/==$/u);
  });

  it('asks for approval again when more scopes are wanted', async () => {
    await browser.signIn(url({ scope: 'api' }), alex);
    const { page } = await browser.open(url({ scope: 'api openid' }));
    expect(page?.url).toContain('/consent/');
    expect(page?.text).toContain('Confirm who you are');
  });

  it.each([
    ['login', '/login/'],
    ['consent', '/consent/'],
    ['select_account', '/login/'],
    ['select_account login', '/login/'],
    ['login consent', '/login/'],
  ])('shows the page that prompt=%s asks for although the user is signed in', async (prompt, path) => {
    await browser.signIn(url());
    expect((await browser.open(url({ prompt }))).page?.url).toContain(path);
  });

  it('goes on with the chosen account', async () => {
    await browser.signIn(url());
    const { page } = await browser.open(url({ prompt: 'select_account' }));
    expect(page?.text).toContain(`value="${morgan.username}"`);
    const { callback } = await browser.submit(page!, { continue: morgan.username });
    expect(callback?.searchParams.has('code')).toBe(true);
  });

  it('asks for login and then approval with prompt=login consent', async () => {
    await browser.signIn(url());
    const { page } = await browser.open(url({ prompt: 'login consent' }));
    const next = await browser.submit(page!, { username: morgan.username, password: morgan.password });
    expect(next.page?.url).toContain('/consent/');
  });

  it('lets another person sign in over the one who is signed in', async () => {
    await browser.signIn(url());
    const { page } = await browser.open(url({ prompt: 'login consent' }));
    const next = await browser.submit(page!, { username: alex.username, password: alex.password });
    expect(next.page?.text).toContain(alex.username);
    expect((await browser.submit(next.page!, { decision: 'allow' })).callback?.searchParams.has('code')).toBe(true);
  });

  it('lets two people use two sign-in pages of one browser, the later one staying signed in', async () => {
    const first = await browser.open(url());
    const second = await browser.open(url());
    await browser.submit(first.page!, { username: morgan.username, password: morgan.password });
    const next = await browser.submit(second.page!, { username: alex.username, password: alex.password });
    const { page } = next.page ? next : await browser.open(url({ prompt: 'consent' }));
    expect(page?.text).toContain(alex.username);
  });

  it('fills in the username of login_hint, escaped', async () => {
    const { page } = await browser.open(url({ login_hint: 'a"><script>@b' }));
    expect(page?.text).toContain('value="a&quot;&gt;&lt;script&gt;@b"');
  });

  it('answers immediate=true without a page', async () => {
    const stranger = await browser.open(url({ immediate: 'true' }));
    expect(stranger.callback?.searchParams.get('error')).toBe('immediate_unsuccessful');
    expect(stranger.callback?.searchParams.get('state')).toBe('a state');
    await browser.signIn(url());
    const known = await browser.open(url({ immediate: 'true' }));
    expect(known.callback?.searchParams.get('error')).toBeNull();
    expect(known.callback?.searchParams.get('code')).toMatch(/==$/u);
  });

  it('answers prompt=none with login_required', async () => {
    expect((await browser.open(url({ prompt: 'none' }))).callback?.searchParams.get('error')).toBe('login_required');
  });

  it('sends the app access_denied when the user denies', async () => {
    const { page } = await browser.open(url());
    const consent = await browser.submit(page!, { username: morgan.username, password: morgan.password });
    const asked = consent.page ? consent : await browser.open(url({ prompt: 'consent' }));
    const { callback } = await browser.submit(asked.page!, { decision: 'deny' });
    expect(callback?.search).toBe('?error=access_denied&error_description=end-user+denied+authorization&state=a+state');
  });

  it.each([
    ['a scope nobody knows', { scope: 'api nonsense' }, 'invalid_scope', 'the requested scope is not allowed'],
    ['a scope the app was not given', { scope: 'api full' }, 'invalid_scope', 'the requested scope is not allowed'],
    ['a public app without PKCE', { code_challenge: undefined }, 'invalid_request', 'missing required code challenge'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type', 'response type not supported'],
    ['the implicit flow with an id token', { response_type: 'token id_token' }, 'unsupported_response_type', undefined],
    ['the plain PKCE method', { code_challenge_method: 'plain' }, 'invalid_request', undefined],
    ['immediate with prompt', { immediate: 'true', prompt: 'login' }, 'invalid_request', undefined],
  ])('refuses %s at the callback', async (_case, parameters, error, description) => {
    const { callback } = await browser.open(url(parameters));
    const answer = new URLSearchParams(callback?.search || callback?.hash.slice(1));
    expect(answer.get('error')).toBe(error);
    if (description !== undefined) expect(answer.get('error_description')).toBe(description);
    expect(answer.get('state')).toBe('a state');
  });

  it('puts the refusal of the implicit flow into the fragment', async () => {
    const { callback } = await browser.open(url({ response_type: 'token' }));
    expect(callback?.search).toBe('');
    expect(new URLSearchParams(callback?.hash.slice(1)).get('error')).toBe('unsupported_response_type');
  });

  it.each([
    ['an unknown app', { client_id: 'nobody' }, 'invalid_client_id', 'client identifier invalid'],
    [
      'another callback',
      { redirect_uri: 'http://localhost:7072/' },
      'redirect_uri_mismatch',
      'redirect_uri must match configuration',
    ],
    ['a longer callback', { redirect_uri: `${publicApp.redirectUris[0]}?x=1` }, 'redirect_uri_mismatch', undefined],
    ['no callback', { redirect_uri: undefined }, 'invalid_request', 'must supply redirect_uri'],
    ['no response type', { response_type: undefined }, 'invalid_request', 'must supply response_type'],
    ['no app', { client_id: undefined }, 'invalid_request', 'must supply client_id'],
  ])('keeps %s on a page of its own, whose URL names the error', async (_case, parameters, error, description) => {
    const { page, callback } = await browser.open(url(parameters));
    expect(callback).toBeUndefined();
    const shown = new URL(page!.url).searchParams;
    expect(shown.get('error')).toBe(error);
    if (description !== undefined) expect(shown.get('error_description')).toBe(description);
  });

  it('tells the app after login that it is not installed', async () => {
    const wanted = url({ client_id: absent, redirect_uri: redirectUri });
    expect((await browser.open(wanted)).page?.url).toContain('/login/');
    const callback = await browser.signIn(wanted);
    expect(callback.searchParams.get('error')).toBe('OAUTH_EC_APP_NOT_FOUND');
    expect(callback.searchParams.get('error_description')).toBe('External client app is not installed in this org');
    expect(callback.searchParams.get('from')).toBe('org');
  });

  it('lets only approved users into an admin-approved app, and does not ask them', async () => {
    const wanted = url({ client_id: adminOnly, redirect_uri: redirectUri });
    const refused = await browser.signIn(wanted, morgan);
    expect(refused.searchParams.get('error')).toBe('OAUTH_APP_ACCESS_DENIED');
    const approved = new OrgBrowser(org.url);
    const { page } = await approved.open(wanted);
    const arrival = await approved.submit(page!, { username: alex.username, password: alex.password });
    expect(arrival.callback?.searchParams.has('code')).toBe(true);
  });

  it('lets an app with a secret go without PKCE', async () => {
    const wanted = url({ client_id: serverSide, redirect_uri: redirectUri, code_challenge: undefined });
    expect((await browser.signIn(wanted)).searchParams.has('code')).toBe(true);
  });

  it('takes the request as a POST', async () => {
    const { search } = new URL(url());
    const body = new URLSearchParams(search);
    const arrival = await browser.open('/services/oauth2/authorize', { method: 'POST', body });
    expect(arrival.page?.url).toContain('/login/');
  });

  it('tells a wrong password from a locked user', async () => {
    const { page } = await browser.open(url());
    const wrong = await browser.submit(page!, { username: morgan.username, password: 'guess' });
    expect(wrong.page?.text).toContain('do not match');
    const locked = await browser.submit(wrong.page!, { username: sam.username, password: sam.password });
    expect(locked.page?.text).toContain('This user is locked');
    const guessed = await browser.submit(locked.page!, { username: sam.username, password: 'guess' });
    expect(guessed.page?.text).toContain('do not match');
  });

  it('refuses a form that another site made', async () => {
    const { page } = await browser.open(url());
    const forged = { ...page!, text: '' };
    const answer = await browser.submit(forged, { username: morgan.username, password: morgan.password });
    expect(answer.page?.status).toBe(403);
  });

  it('cannot be framed and runs no script but its own', async () => {
    const { page } = await browser.open(url());
    expect(page?.headers.get('x-frame-options')).toBe('DENY');
    expect(page?.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page?.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page?.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('asks for login again after logout', async () => {
    await browser.signIn(url());
    await browser.open('/secur/logout.jsp');
    expect((await browser.open(url())).page?.url).toContain('/login/');
  });
});
