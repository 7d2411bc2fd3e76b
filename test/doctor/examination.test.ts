import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { defaultRedirectUri } from '../support/orgBrowser.ts';
import { startTestOrg, useOrg, type TestOrg } from '../support/org.ts';
import { complaintsOf, contextOf, examine } from './setUp.ts';

const origin = new URL(defaultRedirectUri).origin;
/** No server of the provider runs here. */
const pages = { returnPage: 'failed' };

describe('the doctor, of an org as Node sees it', () => {
  const org = useOrg({ contacts: 10, allowedOrigins: [origin] });
  afterEach(async () => {
    await org.control.setApp(defaultConsumerKey, {
      secret: null,
      requirePkce: true,
      dpop: 'allowed',
      installed: true,
      blocked: false,
      scopes: null,
    });
    await org.control.setPolicy({ dpopNonces: false });
  });

  it('has nothing against an org that is set up as the guide says', async () => {
    expect(await complaintsOf(contextOf(org.url))).toEqual(pages);
  });

  it('leaves no trace of a sign-in behind: no token is issued', async () => {
    const tokens = async () => (await org.control.secrets()).filter(({ kind }) => /token/.test(kind));
    const before = await tokens();
    await complaintsOf(contextOf(org.url));
    expect(await tokens()).toEqual(before);
  });

  it.each([
    ['a login host', 'https://login.salesforce.com', /login host/],
    [
      "an org's pages (D10)",
      'https://acme.lightning.force.com',
      /use its My Domain, https:\/\/acme\.my\.salesforce\.com/,
    ],
    ['a look-alike', 'https://acme.my.salesforce.com.evil.example', /not the https address/],
    ['plain http elsewhere', 'http://acme.my.salesforce.com', /not the https address/],
  ])('refuses %s as an org, and tells it nothing of the app', async (_what, orgUrl, sentence) => {
    const asked: string[] = [];
    const context = contextOf(
      orgUrl,
      {},
      { send: async (url) => (asked.push(url), { answered: false, why: 'refused', detail: '' }) },
    );
    expect(await examine(context, 'myDomain')).toMatchObject({
      status: 'failed',
      finding: expect.stringMatching(sentence),
    });
    expect(await examine(context, 'app')).toMatchObject({ status: 'skipped' });
    expect(asked.filter((url) => !url.endsWith('/.well-known/openid-configuration'))).toEqual([]);
  });

  it('says which versions of the REST API the org has when the configured one is not among them (D8)', async () => {
    expect(await examine(contextOf(org.url), 'apiVersion')).toMatchObject({
      status: 'ok',
      finding: expect.stringContaining('66.0'),
    });
    for (const apiVersion of ['99.0', '20.0']) {
      expect(await examine(contextOf(org.url, { apiVersion }), 'apiVersion')).toMatchObject({
        status: 'failed',
        finding: `This org does not have version ${apiVersion} of the REST API: it has 31.0 to 67.0.`,
      });
    }
  });

  it('says that nothing answers, and leaves out what depends on it', async () => {
    const gone = contextOf('http://localhost:1');
    expect(await examine(gone, 'reachable')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('localhost:1 cannot be reached'),
    });
    expect(await examine(gone, 'corsRest')).toMatchObject({ status: 'skipped' });
  });

  it('says that the machine has no such name', async () => {
    const nowhere = contextOf('https://nowhere.invalid', { isCustomDomain: true });
    expect(await examine(nowhere, 'reachable')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('no host of this name'),
    });
  });

  it('sees a page of the network in the place of the org', async () => {
    await org.control.injectFault({ kind: 'captive-portal' }, { times: 'always' });
    expect(await examine(contextOf(org.url), 'discovery')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('another server'),
    });
  });

  it("sees endpoints that are not the org's own", async () => {
    await org.control.injectFault(
      { kind: 'change-members', members: { token_endpoint: 'https://evil.example/token' } },
      { path: 'openid-configuration', times: 'always' },
    );
    expect(await examine(contextOf(org.url), 'discovery')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('https://evil.example/token'),
    });
    expect(await examine(contextOf(org.url), 'app')).toMatchObject({ status: 'skipped' });
  });

  it.each([
    [2 * 60_000, 'warning', '2 minutes ahead of the org'],
    [-3 * 3_600_000, 'failed', '3 hours behind the org'],
  ])('measures a clock that is off by %d ms', async (ms, status, sentence) => {
    const context = contextOf(org.url, {}, { now: () => Date.now() + ms });
    expect(await examine(context, 'clock')).toMatchObject({ status, finding: expect.stringContaining(sentence) });
  });

  it('sees a consumer key that the org does not know', async () => {
    const context = contextOf(org.url, { consumerKey: '3MVG9.mistyped' });
    expect(await examine(context, 'app')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('no app'),
    });
    expect(await examine(context, 'callback')).toMatchObject({ status: 'skipped' });
  });

  it('sees a callback URL that differs in one character', async () => {
    const context = contextOf(org.url, { redirectUri: `${defaultRedirectUri}/` });
    expect(await examine(context, 'callback')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining(`${defaultRedirectUri}/`),
    });
    expect(await examine(context, 'app')).toMatchObject({ status: 'ok' });
  });

  it('asks for no callback URL where people sign in on another device', async () => {
    const context = contextOf(org.url, { redirectUri: `${defaultRedirectUri}/`, flow: 'device' });
    expect(await complaintsOf(context)).toEqual(pages);
  });

  it('sees that PKCE is not required', async () => {
    await org.control.setApp(defaultConsumerKey, { requirePkce: false });
    expect(await examine(contextOf(org.url), 'pkceRequired')).toMatchObject({ status: 'warning' });
    expect(await examine(contextOf(org.url), 'pkce')).toMatchObject({ status: 'ok' });
  });

  it('sees that the app wants a secret', async () => {
    await org.control.setApp(defaultConsumerKey, { secret: 'a secret no desktop could keep', requirePkce: true });
    expect(await complaintsOf(contextOf(org.url))).toEqual({ ...pages, secret: 'failed' });
  });

  it('sees a scope that the app may not have', async () => {
    const context = contextOf(org.url, { scopes: ['api', 'refresh_token', 'chatter_api'] });
    expect(await complaintsOf(context)).toEqual({ ...pages, scopes: 'failed' });
  });

  it("knows a token endpoint's word for an app that is not installed", async () => {
    await org.control.answerWith({
      path: 'oauth2/token',
      times: 'always' as never,
      status: 400,
      body: JSON.stringify({
        error: 'app_not_found',
        error_description: 'External client app is not installed in this org',
      }),
    });
    expect(await examine(contextOf(org.url), 'installed')).toMatchObject({ status: 'failed' });
  });

  describe('proofs of possession', () => {
    it.each([
      ['allowed', 'preferred', 'ok'],
      ['allowed', 'required', 'ok'],
      ['allowed', 'off', 'ok'],
      ['off', 'preferred', 'warning'],
      ['off', 'required', 'failed'],
      ['off', 'off', 'ok'],
      ['required', 'preferred', 'ok'],
      ['required', 'off', 'failed'],
    ] as const)('which the org has %s and the configuration %s: %s', async (posture, dpop, status) => {
      await org.control.setApp(defaultConsumerKey, { dpop: posture });
      expect(await examine(contextOf(org.url, { dpop }), 'dpop')).toMatchObject({ status });
    });

    it('are repeated with the nonce that the org asks for', async () => {
      await org.control.setApp(defaultConsumerKey, { dpop: 'required' });
      await org.control.setPolicy({ dpopNonces: true });
      expect(await complaintsOf(contextOf(org.url))).toEqual(pages);
    });
  });

  it('sees a sign-in that leads on to an identity provider which the window may not show', async () => {
    await org.control.injectFault(
      { kind: 'redirect', to: 'https://idp.bank.example/sso' },
      { path: '/services/oauth2/authorize', times: 'always' },
    );
    expect(await examine(contextOf(org.url), 'windowRules')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('https://idp.bank.example'),
    });
    expect(
      await examine(contextOf(org.url, { identityProviders: ['https://idp.bank.example'] }), 'windowRules'),
    ).toMatchObject({ status: 'ok' });
  });

  it('sees a provider that is not on the CORS list', async () => {
    const elsewhere = contextOf(org.url, { origin: 'https://desk.bank.example' });
    for (const id of ['corsRest', 'corsOAuth'] as const) {
      expect(await examine(elsewhere, id)).toMatchObject({
        status: 'failed',
        finding: expect.stringContaining('https://desk.bank.example'),
      });
    }
  });
});

describe('the doctor, of settings that an org has from its start', () => {
  it('says for how long a browser may keep the answer to a preflight', () =>
    withOrg({ corsMaxAgeSeconds: 600 }, async ({ url }) => {
      expect(await examine(contextOf(url), 'corsRest')).toEqual({
        id: 'corsRest',
        status: 'ok',
        finding: `${origin} may use the REST API. A browser may keep the answer to a preflight for 600 s.`,
      });
    }));

  async function withOrg(
    options: Parameters<typeof startTestOrg>[0],
    look: (org: TestOrg) => Promise<void>,
  ): Promise<void> {
    const org = await startTestOrg({ contacts: 10, allowedOrigins: [origin], ...options });
    try {
      await look(org);
    } finally {
      await org.stop();
    }
  }

  it('tells CORS for OAuth endpoints and for proofs from CORS for the REST API', () =>
    withOrg({ corsForOAuthEndpoints: false, corsForDpop: false }, async ({ url }) => {
      expect(await complaintsOf(contextOf(url))).toEqual({ ...pages, corsOAuth: 'failed', dpopCors: 'warning' });
      expect(await examine(contextOf(url, { dpop: 'required' }), 'dpopCors')).toMatchObject({ status: 'failed' });
    }));

  it('sees a certificate that nobody vouches for', () =>
    withOrg({ https: true }, async ({ httpsPort }) => {
      const context = contextOf(`https://localhost:${httpsPort}`, { isCustomDomain: true });
      expect(await examine(context, 'tls')).toMatchObject({ status: 'failed' });
      expect(await examine(context, 'reachable')).toMatchObject({
        status: 'failed',
        finding: expect.stringContaining('certificate'),
      });
    }));
});

describe('the doctor, of a certificate', () => {
  it.each([
    [90, 'ok'],
    [5, 'warning'],
  ])('that is good for %d more days: %s', async (days, status) => {
    const validTo = Date.now() + (days + 0.5) * 86_400_000;
    const answer = { answered: true, status: 200, header: () => null, cookies: [], text: '{}' } as const;
    const context = contextOf(
      'https://acme.my.salesforce.com',
      {},
      { send: async () => answer, certificate: async () => ({ validTo, issuer: 'DigiCert' }) },
    );
    expect(await examine(context, 'tls')).toMatchObject({
      status,
      finding: `Trusted, issued by DigiCert, good for ${days} more days.`,
    });
  });
});

describe("the doctor, of the provider's pages", () => {
  let server: Server;
  let served: Record<string, Record<string, string>>;
  let redirectUri: string;
  const orgUrl = 'https://acme.my.salesforce.com';
  const good = {
    '/': {
      'content-security-policy':
        "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'",
    },
    '/signed-in.html': { 'content-security-policy': "frame-ancestors 'self'" },
    '/token-worker.js': { 'content-security-policy': `default-src 'none'; connect-src 'self' ${orgUrl}` },
  };
  const context = () => contextOf(orgUrl, { redirectUri });

  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      const headers = served[url];
      response.writeHead(headers ? 200 : 404, { 'content-type': 'text/html', ...headers }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    redirectUri = `http://localhost:${(server.address() as AddressInfo).port}/signed-in.html`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const statusOf = async (
    id: 'returnPage' | 'providerPage' | 'workerPolicy',
    changes: typeof served = {},
    at = context(),
  ) => {
    served = { ...good, ...changes };
    return (await examine(at, id)).status;
  };

  it('finds nothing wrong where only the worker may reach the org', async () => {
    expect([await statusOf('returnPage'), await statusOf('providerPage'), await statusOf('workerPolicy')]).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
  });

  it('sees a return page that is missing, frameable or on another origin', async () => {
    expect(
      await statusOf('returnPage', {}, contextOf(orgUrl, { redirectUri: redirectUri.replace('signed-in', 'nothing') })),
    ).toBe('failed');
    expect(await statusOf('returnPage', { '/signed-in.html': {} })).toBe('warning');
    expect(
      await statusOf('returnPage', {}, contextOf(orgUrl, { redirectUri, origin: 'https://desk.bank.example' })),
    ).toBe('failed');
  });

  it.each([
    ['none', '', 'failed'],
    ['the page reach the org', `default-src 'none'; connect-src 'self' ${orgUrl}; script-src 'self'`, 'failed'],
    [
      'the page reach all orgs',
      "default-src 'none'; connect-src https://*.my.salesforce.com; script-src 'self'",
      'failed',
    ],
    ['strings be script', "default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-eval'", 'failed'],
    ['Trusted Types be left out', "default-src 'none'; script-src 'self'", 'warning'],
  ])('sees a page policy that lets %s', async (_what, policy, status) => {
    expect(await statusOf('providerPage', { '/': policy ? { 'content-security-policy': policy } : {} })).toBe(status);
  });

  it('sees a worker policy that leaves the org out, or anything in', async () => {
    const policy = (text: string) => ({ '/token-worker.js': { 'content-security-policy': text } });
    expect(await statusOf('workerPolicy', policy("connect-src 'self'"))).toBe('failed');
    expect(await statusOf('workerPolicy', policy('connect-src https:'))).toBe('warning');
    expect(await statusOf('workerPolicy', { '/token-worker.js': {} })).toBe('warning');
  });
});
