import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { catalogue } from '../../src/doctor/catalogue.ts';
import { runNode } from '../support/nodeProcess.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { defaultRedirectUri } from '../support/orgBrowser.ts';

const doctor = (args: string[], variables: Record<string, string> = {}) =>
  runNode(['scripts/command.mjs', 'doctor', ...args], {
    environment: { SALESFORCE_ORG_URL: '', SALESFORCE_CONSUMER_KEY: '', ...variables },
  });

describe('npm run doctor', () => {
  let org: TestOrg;

  beforeAll(async () => {
    org = await startTestOrg({
      contacts: 10,
      allowedOrigins: [new URL(defaultRedirectUri).origin],
      corsForOAuthEndpoints: false,
    });
  });
  afterAll(() => org.stop());

  it("checks the embedded org and its provider's pages when none is named, and says so", async () => {
    const { status, stdout } = await doctor([]);
    expect(stdout).toMatch(/^No org is named .*embedded org/);
    for (const { title } of catalogue) expect(stdout).toMatch(new RegExp(`^[✓–] ${title}  `, 'm'));
    expect(stdout).toMatch(/^Nothing failed: /m);
    expect(status).toBe(0);
  }, 180_000);

  it('names below each failure where it is mended, and ends with 1', async () => {
    const { status, stdout } = await doctor(['--org', org.url, '--consumer-key', 'mistyped']);
    expect(stdout).toMatch(
      /^✗ App is known {2,}The org knows no app with this consumer key\.\n +→ Setup > External Client App Manager/m,
    );
    expect(stdout).toMatch(/^✗ CORS for OAuth endpoints .*\n +→ Setup > CORS > .*Enable CORS for OAuth endpoints$/m);
    expect(status).toBe(1);
  });

  it('reports as JSON and nothing else on standard output, and takes org and key from variables', async () => {
    const { status, stdout } = await doctor(['--json', '--redirect-uri', defaultRedirectUri], {
      SALESFORCE_ORG_URL: org.url,
      SALESFORCE_CONSUMER_KEY: defaultConsumerKey,
    });
    const report = JSON.parse(stdout) as {
      orgUrl: string;
      failed: boolean;
      checks: { id: string; status: string; mends: string }[];
    };
    expect(report).toMatchObject({
      orgUrl: org.url,
      consumerKey: defaultConsumerKey,
      redirectUri: defaultRedirectUri,
      failed: true,
    });
    expect(report.checks.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    expect(report.checks.filter((check) => check.status === 'failed').map(({ id }) => id)).toEqual([
      'corsOAuth',
      'returnPage',
    ]);
    expect(status).toBe(1);
  });

  it('ends with 2 and one sentence on wrong usage', async () => {
    const { status, stdout, stderr } = await doctor(['--org', 'https://acme.my.salesforce.com']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('--consumer-key')]);
  });

  it('prints its flags', async () => {
    const { status, stdout } = await doctor(['--help']);
    for (const flag of ['--org', '--consumer-key', '--redirect-uri', '--origin', '--scope', '--json'])
      expect(stdout).toContain(flag);
    expect(status).toBe(0);
  });
});
