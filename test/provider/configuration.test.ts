import { ConfigurationError, parseConfiguration, type ProviderConfigurationInput } from '../../src/provider/configuration.ts';

const minimal: ProviderConfigurationInput = {
  orgs: [{ orgUrl: 'https://acme.my.salesforce.com', consumerKey: '3MVG9.key' }],
  redirectUri: 'https://provider.bank.example/signed-in.html',
  recordViewUrl: 'https://record.bank.example/',
  allowedApps: [{ name: 'Blotter', origin: 'https://blotter.bank.example' }],
};

function problemsOf(input: unknown): readonly string[] {
  try {
    parseConfiguration(input);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseConfiguration', () => {
  it('fills in every default of a minimal configuration', () => {
    expect(parseConfiguration(minimal)).toMatchObject({
      apiVersion: '66.0', signInTimeoutMs: 300_000, requestTimeoutMs: 30_000,
      orgs: [{ scopes: ['api', 'refresh_token'], flow: 'webServer', embedded: false }],
      allowedApps: [{ role: 'app' }],
      signInWindow: { width: 560, height: 720 },
    });
  });

  it('names each wrong path at once', () => {
    const problems = problemsOf({ ...minimal, redirectUri: 'nonsense', apiVersion: '66', allowedApps: [{ name: 'Nobody' }] });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(expect.arrayContaining(['redirectUri', 'apiVersion', 'allowedApps.0.origin']));
  });

  it('refuses unknown keys by name, a client secret among them', () => {
    expect(problemsOf({ ...minimal, orgs: [{ ...minimal.orgs[0], clientSecret: 's' }] })).toEqual([expect.stringContaining('clientSecret')]);
  });

  it.each(['https://evilsalesforce.com', 'https://acme.my.salesforce.com.evil.example', 'http://acme.my.salesforce.com'])('refuses %s as an org', (orgUrl) => {
    expect(problemsOf({ ...minimal, orgs: [{ orgUrl, consumerKey: 'k' }] })).toEqual([expect.stringMatching(/^orgs\.0\.orgUrl: /)]);
  });

  it('says that a shared login host needs the My Domain URL', () => {
    expect(problemsOf({ ...minimal, orgs: [{ orgUrl: 'https://login.salesforce.com', consumerKey: 'k' }] })).toEqual([expect.stringContaining('My Domain')]);
  });

  it('accepts a custom domain once it is listed', () => {
    const orgs = [{ orgUrl: 'https://crm.bank.example', consumerKey: 'k' }];
    expect(problemsOf({ ...minimal, orgs })).toHaveLength(1);
    expect(problemsOf({ ...minimal, orgs, extraOrgOrigins: ['https://crm.bank.example'] })).toEqual([]);
  });

  const withFlow = (flow: string) => ({ ...minimal, orgs: [{ ...minimal.orgs[0], flow }] });

  it('takes the device flow for an org', () => {
    expect(parseConfiguration(withFlow('device')).orgs[0]!.flow).toBe('device');
  });

  it.each([
    ['jwtBearer', /private key, which no page can keep: use the server-side host/], ['clientCredentials', /client secret, which no page can keep: use the server-side host/],
    ['implicit', /implicit .* not offered: use webServer$/], ['userAgent', /user-agent .* not offered: use webServer$/],
    ['usernamePassword', /username-password .* not offered: use webServer, or device/], ['password', /username-password .* not offered: use webServer, or device/],
    ['magic', /must be webServer or device/],
  ])('refuses the flow %s with what to use instead', (flow, sentence) => {
    expect(problemsOf(withFlow(flow))).toEqual([expect.stringMatching(sentence)]);
    expect(problemsOf(withFlow(flow))[0]).toMatch(/^orgs\.0\.flow: /);
  });
});
