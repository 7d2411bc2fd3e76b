import { describeSites } from '../../../sandbox/desk/sites.ts';
import { readEnvironment } from '../../../sandbox/desk/environment.ts';
import { headerRules, headersOf } from '../../../src/sites/siteHeaders.ts';
import { parseConfiguration } from '../../../src/provider/configuration.ts';

const desk = (variables: Record<string, string>, orgUrl = 'http://localhost:7071') =>
  describeSites(readEnvironment(variables), orgUrl);
const site = (sites: ReturnType<typeof desk>, name: string) => sites.find((candidate) => candidate.name === name)!;

interface Manifest {
  platform: { uuid: string; providerUrl: string; autoShow: boolean };
  customSettings: { salesforceInterop: unknown };
}

describe('describeSites', () => {
  it('gives the provider a configuration that it accepts, in the browser and in the container', () => {
    for (const variables of [{}, { PORT: '7072', ORG_PORT: '7080' }]) {
      const sites = desk(variables);
      const web = site(sites, 'provider').documents['/config.json'] as { provider: unknown };
      expect(parseConfiguration(web.provider).allowedApps.map(({ name }) => name)).toEqual([
        'Platform',
        'Record view',
        'Contacts',
        'Account 360',
        'Messages',
      ]);
      const manifest = site(sites, 'platform').documents['/app.json'] as Manifest;
      expect(parseConfiguration(manifest.customSettings.salesforceInterop).orgs[0]).toMatchObject({
        orgUrl: 'http://localhost:7071',
      });
      expect(manifest.platform).toMatchObject({ autoShow: false, providerUrl: `${site(sites, 'provider').origin}/` });
    }
  });

  it('has people sign in on another device where that is asked for', () => {
    const flowOf = (variables: Record<string, string>) =>
      parseConfiguration(
        (site(desk(variables), 'provider').documents['/config.json'] as { provider: unknown }).provider,
      ).orgs[0]!.flow;
    expect([flowOf({}), flowOf({ SALESFORCE_FLOW: 'device' })]).toEqual(['webServer', 'device']);
  });

  it('lets nobody frame the page that shows device codes', () => {
    expect(headersOf(site(desk({}), 'provider').headers, '/device.html')['Content-Security-Policy']).toMatch(
      /frame-ancestors 'none'.*require-trusted-types-for 'script'/,
    );
  });

  it('lets only the token worker reach Salesforce', () => {
    const provider = site(desk({}), 'provider');
    const policyOf = (pathname: string) => headersOf(provider.headers, pathname)['Content-Security-Policy']!;
    expect(policyOf('/token-worker.js')).toContain("connect-src 'self' http://localhost:7071");
    for (const page of ['/', '/index.html', '/ticket.html', '/signed-in.html', '/device.html']) {
      expect(policyOf(page)).toContain("default-src 'none'");
      // A page may frame the org to sign in silently, and never fetch from it.
      expect(policyOf(page)).not.toMatch(/connect-src[^;]*7071/);
    }
  });

  it("lets no page make markup or script of text but by a policy that is named, HERE's own worker apart", () => {
    const paths = {
      platform: ['/', '/doctor.html', '/broker.html'],
      provider: ['/', '/token-worker.js', '/ticket.html', '/signed-in.html', '/device.html'],
    };
    for (const { name, headers } of desk({})) {
      for (const path of name === 'platform' || name === 'provider' ? paths[name] : ['/']) {
        expect({ name, path, policy: headersOf(headers, path)['Content-Security-Policy'] }).toMatchObject({
          policy: expect.stringMatching(
            /require-trusted-types-for 'script'; trusted-types ('none'|[a-z-]+( [a-z-]+)*)$/,
          ),
        });
      }
    }
  });

  it('asks for https for two years where a desk is served over it, and never on this machine', () => {
    const addresses = {
      platform: 'https://desk.bank.example',
      provider: 'https://crm.bank.example',
      recordView: 'https://record.bank.example',
      orgs: ['https://acme.my.salesforce.com'],
      identityProviders: [],
      joining: [],
      directories: [],
      directoryApps: [],
    };
    for (const kind of ['platform', 'provider', 'app', 'agentProvider', 'agentRecordView'] as const) {
      expect(headersOf(headerRules(kind, addresses), '/')['Strict-Transport-Security']).toBe(
        'max-age=63072000; includeSubDomains',
      );
    }
    for (const { headers } of desk({})) expect(headersOf(headers, '/')).not.toHaveProperty('Strict-Transport-Security');
  });

  it('lets no page evaluate strings or take script from elsewhere', () => {
    for (const { name, headers } of desk({})) {
      const scripts = headersOf(headers, '/')
        ['Content-Security-Policy']!.split('; ')
        .find((directive) => directive.startsWith('script-src'));
      expect({ name, scripts }).toEqual({ name, scripts: "script-src 'self'" });
    }
  });
});
