import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { commentedDesktopFile } from '../../src/command/commentedDesktopFile.ts';
import type { DesktopConfigurationInput } from '../../src/sites/desktopConfiguration.ts';
import { bankDesktopFile } from '../sites/bankDesktop.ts';
import { startTestOrg } from '../support/org.ts';
import { run } from './terminal.ts';
import { useTemporaryFolder } from './temporaryFolder.ts';

const folder = useTemporaryFolder();

async function check(changes: Partial<DesktopConfigurationInput>, ...flags: string[]) {
  const file = folder.file('desktop.jsonc');
  await writeFile(file, commentedDesktopFile({ ...bankDesktopFile, ...changes }));
  return run(['check', file, ...flags]);
}

it('finds nothing wrong with a good configuration', async () => {
  const { code, printed } = await check({}, '--offline');
  expect(code).toBe(0);
  expect(printed).toContain('1 org, 3 apps, of which 2 may use Salesforce.');
  expect(printed).not.toContain('✗');
});

it('reads the file of an editor that ends lines as Windows does and begins with a byte order mark', async () => {
  const file = folder.file('desktop.jsonc');
  await writeFile(file, `\uFEFF${commentedDesktopFile(bankDesktopFile).replaceAll('\n', '\r\n')}`);
  expect(await run(['check', file, '--offline'])).toMatchObject({ code: 0 });
});

it('names every wrong place of a configuration that no provider would take', async () => {
  const { code, told } = await check(
    { provider: { origin: 'https://crm.bank.example/x' }, apps: [{ appId: '', title: 'A', url: 'ftp://a.example' }] },
    '--offline',
  );
  expect(code).toBe(1);
  for (const place of ['provider.origin', 'apps.0.appId', 'apps.0.url']) expect(told).toContain(`  ${place}: `);
});

it('names the line where the file is no JSON', async () => {
  const file = folder.file('desktop.jsonc');
  await writeFile(file, '{\n  // fine\n  "platform": {,\n}');
  expect(await run(['check', file])).toMatchObject({ code: 1, told: expect.stringContaining('line 3') });
});

it('says where a missing file comes from', async () => {
  expect(await run(['check', folder.file('none.jsonc')])).toMatchObject({
    code: 1,
    told: expect.stringContaining('salesforce-interop init writes one'),
  });
});

it('warns of what a reviewer would ask about', async () => {
  const salesforce = {
    orgs: [{ ...bankDesktopFile.salesforce.orgs[0]!, scopes: ['api'] }],
    rememberSession: true,
    extraOrgOrigins: ['https://crm.other.example'],
  };
  const { code, printed } = await check({ salesforce }, '--offline');
  expect(code).toBe(0);
  for (const place of [
    'salesforce.orgs.0.scopes',
    'salesforce.rememberSession',
    'salesforce.extraOrgOrigins',
    'platform.licenseKey',
  ])
    expect(printed).toContain(`! ${place}: `);
});

it('fails for what can be read and would not work', async () => {
  const { orgs } = bankDesktopFile.salesforce;
  const { code, printed } = await check({ salesforce: { orgs: [orgs[0]!, orgs[0]!] } }, '--offline');
  expect({ code, printed }).toEqual({
    code: 1,
    printed: expect.stringContaining('✗ salesforce.orgs.1: is salesforce.orgs.0 again'),
  });
});

it('names each record of another directory that the desktop would leave out, and a directory that it cannot read', async () => {
  const records = [{ appId: 'chart', title: 'Chart', type: 'web', details: { url: 'ftp://chart.other.example/' } }];
  const askedFrom: (string | undefined)[] = [];
  const server = createServer(({ url, headers }, response) => {
    askedFrom.push(headers.origin);
    // Only one of the two lets pages of others read it.
    if (url === '/open') response.setHeader('Access-Control-Allow-Origin', headers.origin!);
    response.end(JSON.stringify({ applications: records }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const directories = ['/open', '/closed'].map((path) => ({
    url: origin + path,
    appOrigins: ['https://chart.other.example'],
  }));
  try {
    const { printed } = await check(
      {
        directories,
        salesforce: { orgs: [{ ...bankDesktopFile.salesforce.orgs[0]!, orgUrl: origin }], extraOrgOrigins: [origin] },
      },
      '--json',
    );
    const { advice } = JSON.parse(printed) as { advice: { place: string; sentence: string }[] };
    expect(advice.filter(({ place }) => place === 'directories').map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('/open: record 1 (chart) is left out: details.url: '),
      expect.stringMatching(/\/closed is left out: .*CORS/),
    ]);
    expect(askedFrom.slice(0, 2)).toEqual(['https://desk.bank.example', 'https://desk.bank.example']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it('asks the org too, and reports for machines', async () => {
  const org = await startTestOrg({
    contacts: 1,
    allowedOrigins: ['http://localhost:7072'],
    redirectUris: ['http://localhost:7072/signed-in.html'],
  });
  try {
    const at = (port: number) => ({ origin: `http://localhost:${port}` });
    const desktop = {
      platform: at(7070),
      provider: at(7072),
      recordView: at(7076),
      apps: [],
      salesforce: { orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey }], extraOrgOrigins: [org.url] },
    };
    const { code, printed } = await check(desktop, '--json');
    const report = JSON.parse(printed) as { failed: boolean; orgs: { checks: { id: string; status: string }[] }[] };
    const failed = report.orgs[0]!.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
    // Org and app are set up; that nobody serves the pages yet is what it finds.
    expect(failed).toEqual(['returnPage']);
    expect({ code, failed: report.failed }).toEqual({ code: 1, failed: true });
  } finally {
    await org.stop();
  }
});
