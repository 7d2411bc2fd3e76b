import { readdir, readFile, writeFile } from 'node:fs/promises';
import { parseConfiguration } from '../../src/provider/configuration.ts';
import { readDesktopFile } from '../../src/command/desktopFile.ts';
import { run } from './terminal.ts';
import { useTemporaryFolder } from './temporaryFolder.ts';

const org = ['--org', 'acme.my.salesforce.com', '--consumer-key', '3MVG9.bank'];
const folder = useTemporaryFolder();
const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(folder.file(name), 'utf8'));

it('writes a configuration, a manifest and directory records that all fit each other', async () => {
  const { code } = await run([
    'init',
    folder.path,
    ...org,
    '--domain',
    'bank.example',
    '--title',
    'Bank',
    '--app',
    'https://blotter.bank.example/',
  ]);
  expect(code).toBe(0);
  expect((await readdir(folder.path)).sort()).toEqual([
    'app-directory.fdc3-1.2.json',
    'app-directory.fdc3-2.0.json',
    'app-directory.fdc3-2.2.json',
    'app.json',
    'salesforce-interop.jsonc',
  ]);
  const desktop = await readDesktopFile(folder.file('salesforce-interop.jsonc'));
  expect(desktop).toMatchObject({
    platform: { origin: 'https://desk.bank.example', title: 'Bank' },
    provider: { origin: 'https://crm.bank.example' },
    apps: [{ appId: 'blotter', title: 'Blotter', usesSalesforce: true }],
  });
  expect(desktop.salesforce.orgs).toMatchObject([
    { orgUrl: 'https://acme.my.salesforce.com', consumerKey: '3MVG9.bank' },
  ]);
  const manifest = (await json('app.json')) as { customSettings: { salesforceInterop: unknown } };
  expect(parseConfiguration(manifest.customSettings.salesforceInterop).allowedApps.map(({ name }) => name)).toEqual([
    'Blotter',
    'Record view',
  ]);
  for (const version of ['1.2', '2.2']) {
    expect(await json(`app-directory.fdc3-${version}.json`)).toMatchObject({
      applications: [{ appId: 'salesforce-interop' }],
    });
  }
});

it('tells in the file what to register in Salesforce', async () => {
  await run(['init', folder.path, ...org, '--domain', 'bank.example']);
  expect(await readFile(folder.file('salesforce-interop.jsonc'), 'utf8')).toContain(
    '// https://crm.bank.example/signed-in.html',
  );
});

it('asks a person for what no flag says, and takes its suggestion for an empty answer', async () => {
  const { code } = await run(['init', folder.path], {
    answers: ['https://acme--uat.sandbox.my.salesforce.com', '3MVG9.asked', ''],
  });
  expect(code).toBe(0);
  const { salesforce, platform } = await readDesktopFile(folder.file('salesforce-interop.jsonc'));
  expect(salesforce.orgs).toMatchObject([
    { orgUrl: 'https://acme--uat.sandbox.my.salesforce.com', consumerKey: '3MVG9.asked' },
  ]);
  expect(platform.origin).toBe('https://desk.bank.example');
});

it('names what is missing where nobody can be asked', async () => {
  const { code, told } = await run(['init', folder.path, '--org', 'https://acme.my.salesforce.com']);
  expect({ code, told }).toEqual({
    code: 2,
    told: expect.stringContaining('give --consumer-key, --domain (or --local) too'),
  });
  expect(await readdir(folder.path)).toEqual([]);
});

it('takes an org on this machine as one of its own', async () => {
  await run(['init', folder.path, '--org', 'http://localhost:7071', '--consumer-key', 'key', '--local']);
  const { salesforce, provider } = await readDesktopFile(folder.file('salesforce-interop.jsonc'));
  expect([salesforce.extraOrgOrigins, provider.origin]).toEqual([['http://localhost:7071'], 'http://localhost:7072']);
});

it.each([
  [
    ['--org', 'https://login.salesforce.com', '--consumer-key', 'key', '--domain', 'bank.example'],
    'salesforce.orgs.0.orgUrl: is a shared login host',
  ],
  [[...org, '--domain', 'bank.example', '--local'], '--local and --domain both say where the pages are'],
  [[...org, '--domain', 'bank.example', '--app', 'https://blotter.other.example/'], 'apps.0.url: is of another site'],
  [[...org, '--domain', 'bank.example', '--app', 'blotter'], '--app blotter is not an address'],
  [[...org, '--dmain', 'bank.example'], "Unknown option '--dmain'"],
])('refuses %j, says why and writes nothing', async (flags, reason) => {
  const { code, told } = await run(['init', folder.path, ...flags]);
  expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining(reason) });
  expect(await readdir(folder.path)).toEqual([]);
});

it('overwrites nothing unless it is told to', async () => {
  await writeFile(folder.file('app.json'), 'mine');
  const again = ['init', folder.path, ...org, '--domain', 'bank.example'];
  expect(await run(again)).toMatchObject({
    code: 1,
    told: expect.stringMatching(/app\.json is there already.*--force/),
  });
  expect(await readFile(folder.file('app.json'), 'utf8')).toBe('mine');
  expect(await run([...again, '--force'])).toMatchObject({ code: 0 });
  expect(await readFile(folder.file('app.json'), 'utf8')).not.toBe('mine');
});
