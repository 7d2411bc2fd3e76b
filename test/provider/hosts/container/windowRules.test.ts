import { readFileSync } from 'node:fs';
import { providerConfiguration } from '../../../../src/provider/configuration.ts';
import {
  contentOptions,
  isLoginPage,
  isRedirect,
  mayShow,
  type SignInPages,
} from '../../../../src/provider/hosts/container/windowRules.ts';
import { matchPattern, urlsWithoutFin } from '../../../../sandbox/container/domainRules.ts';

const redirectUri = 'https://salesforce.northbridge.example/signed-in.html';
const production: SignInPages = {
  url: 'https://acme.my.salesforce.com/services/oauth2/authorize',
  orgUrl: 'https://acme.my.salesforce.com',
  redirectUri,
  identityProviders: ['https://login.northbridge.example'],
};
const devicePage: SignInPages = {
  ...production,
  url: 'https://salesforce.northbridge.example/device.html',
  redirectUri: undefined,
};

describe('where a sign-in window may go', () => {
  it.each([
    'https://acme.my.salesforce.com/services/oauth2/authorize?client_id=x',
    'https://acme.my.salesforce.com/?startURL=%2Fsetup',
    'https://login.salesforce.com/',
    'https://test.salesforce.com/login',
    'https://login.northbridge.example/adfs/ls/?SAMLRequest=x',
    `${redirectUri}?code=1&state=2`,
  ])('to %s', (url) => expect(mayShow(url, production)).toBe(true));

  it.each([
    ['a name that ends like Salesforce', 'https://evilsalesforce.com/'],
    ['a name that begins like the org', 'https://acme.my.salesforce.com.evil.example/'],
    ['another org', 'https://acme2.my.salesforce.com/'],
    ['a name below the org', 'https://x.acme.my.salesforce.com/'],
    ['the org as a user name', 'https://acme.my.salesforce.com@evil.example/'],
    ['a user name at the org', 'https://login.northbridge.example@acme.my.salesforce.com/'],
    ['Cyrillic a in the name', 'https://\u0430cme.my.salesforce.com/'],
    ['a full stop that is none', 'https://acme.my.salesforce.com\u3002evil.example/'],
    ['another port', 'https://acme.my.salesforce.com:8443/'],
    ['no TLS', 'http://acme.my.salesforce.com/'],
    ['a trailing full stop', 'https://acme.my.salesforce.com./'],
    ['backslashes', 'https:\\\\evil.example\\acme.my.salesforce.com'],
    ["another page of the provider's origin", 'https://salesforce.northbridge.example/'],
    ['a page whose name begins like the return page', `${redirectUri}x`],
    ['a neighbour of the identity provider', 'https://evil.northbridge.example/'],
    ['data', 'data:text/html,x'],
    ['script', 'javascript:alert(1)'],
    ['no address', 'nothing'],
  ])('not to %s', (_what, url) => expect(mayShow(url, production)).toBe(false));

  it('reads letters of full width as the browser does', () => {
    expect(mayShow('https://\uFF41cme.my.salesforce.com/', production)).toBe(true);
  });

  it("leads to Salesforce's shared login pages only for an org under salesforce.com", () => {
    const custom = {
      ...production,
      orgUrl: 'https://evilsalesforce.com',
      url: 'https://evilsalesforce.com/services/oauth2/authorize',
    };
    expect(mayShow('https://evilsalesforce.com/', custom)).toBe(true);
    expect(mayShow('https://login.salesforce.com/', custom)).toBe(false);
  });

  it("stays on a page of the provider's own", () => {
    expect(mayShow(devicePage.url, devicePage)).toBe(true);
    for (const url of [redirectUri, 'https://acme.my.salesforce.com/', 'https://salesforce.northbridge.example/'])
      expect(mayShow(url, devicePage)).toBe(false);
  });
});

describe('what the runtime is told', () => {
  const matches = (patterns: readonly string[], url: string): boolean =>
    patterns.some((pattern) => new RegExp(matchPattern(pattern), 'u').test(url));

  it.each([production, devicePage])(
    'allows nothing that the provider itself would refuse, and all that it takes',
    (pages) => {
      const { contentNavigation, contentRedirect } = contentOptions(pages);
      expect(contentRedirect).toEqual(contentNavigation);
      for (const url of [
        pages.url,
        redirectUri,
        `${redirectUri}?code=1`,
        'https://login.salesforce.com/',
        'https://evilsalesforce.com/',
        'https://acme.my.salesforce.com.evil.example/',
        'https://acme.my.salesforce.com/x',
        'https://login.northbridge.example/',
        'http://acme.my.salesforce.com/',
        'https://salesforce.northbridge.example/',
      ])
        expect([url, matches(contentNavigation.allowlist!, url)]).toEqual([url, mayShow(url, pages)]);
    },
  );

  it("lets no page open a window; a link of the provider's own page to the org opens in the person's browser", () => {
    const verdict = (pages: SignInPages, url: string): string | undefined =>
      contentOptions(pages).contentCreation.rules.find(({ match }) => matches(match, url))?.behavior;
    for (const url of [production.url, 'https://evil.example/']) expect(verdict(production, url)).toBe('block');
    expect(verdict(devicePage, 'https://acme.my.salesforce.com/setup/connect')).toBe('browser');
    expect(verdict(devicePage, 'https://evil.example/')).toBe('block');
  });
});

describe('the pages of a sign-in', () => {
  it('tells the redirect by exact page, with an answer in it', () => {
    expect(isRedirect(`${redirectUri}?code=1`, redirectUri)).toBe(true);
    expect(isRedirect(`${redirectUri}?error=access_denied`, redirectUri)).toBe(true);
    for (const url of [redirectUri, `${redirectUri}x?code=1`, 'https://evil.example/signed-in.html?code=1'])
      expect(isRedirect(url, redirectUri)).toBe(false);
  });

  it('tells login pages from pages that lead on', () => {
    for (const path of ['/', '/login', '/login?startURL=x'])
      expect(isLoginPage(`https://acme.my.salesforce.com${path}`)).toBe(true);
    expect(isLoginPage(production.url)).toBe(false);
  });
});

describe('the manifest of this repository', () => {
  const manifest = JSON.parse(readFileSync('app.json', 'utf8')) as {
    platform: { domainSettings: { default?: object } };
    customSettings: { salesforceInterop: unknown };
  };
  const { orgs, redirectUri: returnPage } = providerConfiguration.parse(manifest.customSettings.salesforceInterop);

  it("keeps `fin` from every page that its orgs' sign-in windows may show, but the provider's own", () => {
    const patterns = urlsWithoutFin(manifest);
    for (const org of orgs) {
      const { contentNavigation } = contentOptions({ ...org, url: org.orgUrl, redirectUri: returnPage });
      for (const pattern of contentNavigation.allowlist!.filter((allowed) => allowed !== `${returnPage}*`)) {
        expect([
          pattern,
          patterns.some((without) => new RegExp(without, 'u').test(pattern.replace('*', 'login'))),
        ]).toEqual([pattern, true]);
      }
    }
    for (const url of [
      'https://login.salesforce.com/',
      'https://test.salesforce.com/',
      'https://acme--uat.sandbox.my.salesforce.com/',
    ]) {
      expect([url, patterns.some((without) => new RegExp(without, 'u').test(url))]).toEqual([url, true]);
    }
  });

  it("sets no default for content, which would make the runtime pass over the windows' own rules", () => {
    expect(manifest.platform.domainSettings.default).toBeUndefined();
  });
});
