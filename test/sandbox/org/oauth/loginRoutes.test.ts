import { defaultConsumerKey } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { useOrg } from '../../../support/org.ts';
import { alex, authorizeUrl, morgan, newPkce, OrgBrowser, type Arrival } from '../../../support/orgBrowser.ts';

describe('the steps of a login', () => {
  const org = useOrg({ contacts: 50, sso: true });
  let browser: OrgBrowser;

  beforeEach(async () => {
    browser = new OrgBrowser(org.url);
    for (const { username, password } of [morgan, alex])
      await org.control.setUser(username, { mfaRequired: false, passwordExpired: false, password });
    await org.control.setPolicy({ browserSessionLifetimeMs: 12 * 3_600_000 });
  });

  const url = (parameters: Record<string, string> = {}): string =>
    authorizeUrl(org.url, newPkce(), { prompt: 'login', ...parameters });
  const logIn = async (user: { username: string; password: string } = morgan): Promise<Arrival> => {
    const { page } = await browser.open(url());
    return browser.submit(page!, { username: user.username, password: user.password });
  };

  it('asks for the verification code when one is demanded', async () => {
    await org.control.setUser(morgan.username, { mfaRequired: true });
    const verify = await logIn();
    expect(verify.page?.text).toContain('Verify your identity');
    const code = /id="demo-code">(\d{6})</u.exec(verify.page?.text ?? '')?.[1] ?? '';
    const wrong = await browser.submit(verify.page!, { emc: code === '000000' ? '1' : '000000', decision: 'verify' });
    expect(wrong.page?.text).toContain('That is not the code');
    const right = await browser.submit(wrong.page!, { emc: code, decision: 'verify' });
    expect(right.page?.url).toContain('/consent/');
  });

  it('goes back to the login page when verification is cancelled, and owes it again', async () => {
    await org.control.setUser(morgan.username, { mfaRequired: true });
    const verify = await logIn();
    const login = await browser.submit(verify.page!, { decision: 'cancel' });
    expect(login.page?.text).toContain('id="Login"');
    const again = await browser.submit(login.page!, { username: morgan.username, password: morgan.password });
    expect(again.page?.text).toContain('Verify your identity');
  });

  it('steps a session up for an app that wants it verified, with the code alone', async () => {
    const plain = (parameters: Record<string, string> = {}): string => authorizeUrl(org.url, newPkce(), parameters);
    await browser.signIn(plain());
    await org.control.setApp(defaultConsumerKey, { highAssurance: true });
    const silent = await browser.open(plain({ immediate: 'true' }));
    expect(silent.callback?.searchParams.get('error')).toBe('immediate_unsuccessful');
    const { page } = await browser.open(plain());
    expect(page?.text).toContain('Verify your identity');
    const emc = /id="demo-code">(\d{6})</u.exec(page?.text ?? '')?.[1] ?? '';
    expect((await browser.submit(page!, { emc, decision: 'verify' })).callback?.searchParams.has('code')).toBe(true);
    expect((await browser.open(plain({ immediate: 'true' }))).callback?.searchParams.has('code')).toBe(true);
    browser = new OrgBrowser(org.url);
    expect((await logIn()).page?.text).toContain('Verify your identity');
    await org.control.setApp(defaultConsumerKey, { highAssurance: false });
  });

  it('takes no step for which no password was given', async () => {
    const { page } = await browser.open(url());
    const path = new URL(page!.url).pathname;
    const leap = page!.text.replaceAll(`action="${path}"`, `action="${path}/password"`);
    const fields = { newpassword: 'another-2027', confirmpassword: 'another-2027', emc: '', decision: 'verify' };
    expect((await browser.submit({ ...page!, text: leap }, fields)).page?.text).toContain('id="Login"');
    const verify = page!.text.replaceAll(`action="${path}"`, `action="${path}/verify"`);
    expect((await browser.submit({ ...page!, text: verify }, fields)).page?.text).toContain('id="Login"');
  });

  it('makes the user change an expired password, which then is the password', async () => {
    await org.control.setUser(alex.username, { passwordExpired: true });
    const change = await logIn(alex);
    expect(change.page?.text).toContain('Change your password');
    const cases = [
      ['short1', 'short1', 'too easy'],
      ['one-2027-x', 'two-2027-x', 'differ'],
      [alex.password, alex.password, 'old password'],
    ];
    let { page } = change;
    for (const [newpassword = '', confirmpassword = '', message] of cases) {
      ({ page } = await browser.submit(page!, { newpassword, confirmpassword }));
      expect(page?.text).toContain(message);
    }
    const done = await browser.submit(page!, { newpassword: 'coverage-2027', confirmpassword: 'coverage-2027' });
    expect(done.page?.url).toContain('/consent/');
    browser = new OrgBrowser(org.url);
    expect((await logIn(alex)).page?.text).toContain('do not match');
    expect((await logIn({ ...alex, password: 'coverage-2027' })).page?.url).toContain('/consent/');
  });

  it('signs in through the identity provider, on another origin', async () => {
    const { page } = await browser.open(url());
    const link = /id="sso" href="([^"]+)"/u.exec(page?.text ?? '')?.[1] ?? '';
    const { callback } = await browser.open(link);
    expect(callback?.origin).toBe(org.ssoUrl);
    expect(org.ssoUrl).not.toBe(org.url);
    const chooser = await fetch(callback!);
    expect(await chooser.text()).toContain('Who is at the desk?');
    const request = callback!.searchParams.get('request') ?? '';
    const choose = (username: string): Promise<Response> =>
      fetch(callback!, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ request, username }) });
    const back = (await choose(morgan.username)).headers.get('location') ?? '';
    expect((await choose(morgan.username)).status).toBe(400);
    const stranger = await new OrgBrowser(org.url).open(back);
    expect(stranger.page?.url).toContain('OAUTH_APPROVAL_ERROR_GENERIC');
    const other = new OrgBrowser(org.url);
    const elsewhere = new URL((await other.open(url())).page!.url).pathname;
    expect((await other.open(`${elsewhere}/sso/return${new URL(back).search}`)).page?.text).toContain('id="Login"');
    expect((await browser.open(back)).page?.url).toContain('/consent/');
    expect((await browser.open(back)).callback).toBeUndefined();
  });

  it('refuses who may not sign in, whichever way they come', async () => {
    await org.control.setUser(morgan.username, { frozen: true });
    expect((await logIn()).page?.text).toContain('cannot log in');
    await org.control.setUser(morgan.username, { frozen: false, active: false });
    expect((await logIn()).page?.text).toContain('cannot log in');
    await org.control.setUser(morgan.username, { active: true, ipRestricted: true });
    expect((await logIn()).page?.text).toContain('from this network');
    await org.control.setUser(morgan.username, { ipRestricted: false });
    expect((await logIn()).page?.url).toContain('/consent/');
  });

  it('lets somebody else log in from the approval page', async () => {
    const consent = await logIn();
    const login = await browser.submit(consent.page!, { decision: 'switch' });
    expect(login.page?.url).toContain('/login/');
    await org.control.setUser(morgan.username, { passwordExpired: false });
    const next = await browser.submit(login.page!, { username: morgan.username, password: morgan.password });
    expect(next.page?.url).toContain('/consent/');
    expect((await browser.submit(next.page!, { decision: 'allow' })).callback?.searchParams.has('code')).toBe(true);
  });

  it('forgets who is signed in when the browser session has had its time, or an administrator ends it', async () => {
    const plain = (): string => authorizeUrl(org.url, newPkce());
    await browser.signIn(plain());
    expect((await browser.open(plain())).callback?.searchParams.has('code')).toBe(true);
    await org.control.endBrowserSessions(morgan.username);
    expect((await browser.open(plain())).page?.url).toContain('/login/');
    await org.control.setPolicy({ browserSessionLifetimeMs: 60_000 });
    await browser.signIn(plain());
    await org.control.moveClock(61_000);
    expect((await browser.open(plain())).page?.url).toContain('/login/');
  });
});
