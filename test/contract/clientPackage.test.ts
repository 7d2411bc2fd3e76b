import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from '../../packages/npm.mjs';
import { clientVersion } from '../../src/client/version.ts';
import { installClient, installedPackages, run, type InstalledClient } from './clientPackage/installedClient.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let client: InstalledClient;

beforeAll(async () => {
  client = await installClient();
}, 180_000);
afterAll(() => client?.remove());

it('installs as one package that needs no other', async () => {
  expect(await installedPackages(client.app)).toEqual(['salesforce-interop-client']);
  const manifest = JSON.parse(await readFile(client.file('package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ name: 'salesforce-interop-client', version: clientVersion, license: 'Apache-2.0' });
  expect(Object.keys(manifest).filter((member) => /dependencies|scripts|engines/i.test(member))).toEqual([]);
  expect(manifest).toMatchObject({ private: false });
  // Two forms with their source maps; what an app does not import is not in its bundle.
  expect((await stat(client.tarball)).size).toBeLessThan(300_000);
});

it('holds the built client and nothing else', () => {
  expect(client.packed).toEqual([
    'LICENSE',
    'README.md',
    'client/package.json',
    'index.cjs',
    'index.cjs.map',
    'index.d.cts',
    'index.d.ts',
    'index.js',
    'index.js.map',
    'package.json',
  ]);
});

it('is not what npm makes of the repository, which depends on all that the provider needs', async () => {
  const packed = runNpm(['pack', '--dry-run', '--offline'], { cwd: root });
  await expect(packed).rejects.toMatchObject({ stderr: expect.stringContaining('npm run pack:client') });
});

it.each(['index.js', 'index.cjs'])('holds no provider code, no OAuth and no schema library in %s', async (file) => {
  const code = await readFile(client.file(file), 'utf8');
  expect(code).toContain('salesforce-interop');
  for (const name of [
    'oauth4webapi',
    'comlink',
    'zod',
    'code_verifier',
    'grant_type',
    'access_token',
    'refresh_token',
  ]) {
    expect(code.includes(name) ? `contains ${name}` : 'clean').toBe('clean');
  }
  expect(code).not.toMatch(/^import\b/m);
  expect(code).not.toMatch(/\b(import|require)\(/);
});

// What an app pays for the API of @openfin/salesforce: 6.5 kB when this was written. Version 2.3.0 of that costs 33.6
// kB.
it('adds at most 7,000 bytes to an app, as the benchmark counts them', async () => {
  const script = `
    import { bundledGzipBytes } from './bench/bundleSize.ts';
    console.log(await bundledGzipBytes(${JSON.stringify(client.file('index.js'))}));
  `;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
  });
  expect(Number(stdout)).toBeGreaterThan(1000);
  expect(Number(stdout)).toBeLessThanOrEqual(7000);
});

// The snapshot is the report of the public API: a change of it is a visible diff.
it('declares the API that was agreed on, and needs nothing else to do so', async () => {
  const declarations = await readFile(client.file('index.d.ts'), 'utf8');
  const withoutComments = declarations.replaceAll(/^ *\/\*\*[^]*?\*\/\n/gm, '');
  expect(withoutComments).not.toMatch(/\bimport\b/);
  expect(withoutComments).toMatchSnapshot();
});

it('does nothing when it is imported but offer its logging to the console', async () => {
  const script = `
    globalThis.window = globalThis;
    const added = {};
    const touchedFin = (member) => { throw new Error('touched fin.' + member); };
    globalThis.fin = new Proxy(added, {
      get: (_, member) => member === 'Integrations' ? added.Integrations : touchedFin(member),
      set: (_, member, value) => member === 'Integrations' ? Boolean(added.Integrations = value) : touchedFin(member),
      defineProperty: (_, member) => touchedFin(member),
    });
    globalThis.fetch = globalThis.setTimeout = () => { throw new Error('touched the outside'); };
    const before = Object.getOwnPropertyNames(globalThis).join();
    const client = await import('salesforce-interop-client');
    if (Object.getOwnPropertyNames(globalThis).join() !== before) throw new Error('changed the global object');
    if (Object.keys(added).join() !== 'Integrations' || added.Integrations.Salesforce.enableLogging !== client.enableLogging) throw new Error('no logging');
    console.log(Object.keys(client).sort().join());
  `;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: client.app });
  expect(stdout.trim().split(',')).toEqual([
    'ApiError',
    'ApiRequestError',
    'AuthTokenExpiredError',
    'AuthorizationError',
    'InitializationError',
    'ParameterError',
    'PartlySavedError',
    'apexRest',
    'composite',
    'configure',
    'connect',
    'count',
    'describe',
    'disableLogging',
    'downloadFile',
    'duplicatesOf',
    'enableLogging',
    'getConnection',
    'like',
    'likeContains',
    'likeStartsWith',
    'limits',
    'onStateChange',
    'query',
    'queryPath',
    'record',
    'records',
    'request',
    'search',
    'select',
    'soql',
    'soqlDate',
    'soqlField',
    'soqlId',
    'soqlName',
    'soqlNames',
    'sosl',
    'soslPhrase',
    'subscribe',
    'uploadFile',
  ]);
  expect(stderr).toBe('');
});

it('is the same under the name that apps knew it by', async () => {
  const app = join(client.app, '../renamed');
  await mkdir(app);
  await writeFile(join(app, 'package.json'), '{ "private": true }');
  await runNpm(['install', '--offline', '--no-audit', '--no-fund', `salesforce-interop@file:${client.tarball}`], {
    cwd: app,
  });
  const script = `console.log(Object.keys(require('salesforce-interop/client')).sort().join() === Object.keys(require('salesforce-interop')).sort().join());`;
  expect((await run(process.execPath, ['-e', script], { cwd: app })).stdout.trim()).toBe('true');
});
