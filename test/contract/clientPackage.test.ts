import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = join(root, 'node_modules/typescript/bin/tsc');

let folder: string;
let packed: string[];
const installed = (name: string) => join(folder, 'app/node_modules/salesforce-interop', name);

/** Builds the client, packs it and installs it in an empty app, without what else there is in this repository. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salesforce-interop-client-'));
  await mkdir(join(folder, 'package'));
  await cp(join(root, 'package.json'), join(folder, 'package/package.json'));
  await run(process.execPath, ['--import', 'tsx', 'scripts/buildClient.ts', join(folder, 'package/dist/client')], { cwd: root });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--offline'], { cwd: join(folder, 'package') });
  const [tarball] = JSON.parse(stdout) as Array<{ filename: string; files: Array<{ path: string }> }>;
  packed = tarball!.files.map(({ path }) => path).sort();
  await mkdir(installed('.'), { recursive: true });
  await run('tar', ['-xzf', join(folder, 'package', tarball!.filename), '--strip-components=1', '-C', installed('.')]);
  await writeFile(join(folder, 'app/package.json'), JSON.stringify({ type: 'module' }));
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

it('holds the built client and nothing else', () => {
  expect(packed).toEqual(['dist/client/index.d.ts', 'dist/client/index.js', 'dist/client/index.js.map', 'package.json']);
});

it('holds no provider code, no OAuth and no schema library', async () => {
  const code = await readFile(installed('dist/client/index.js'), 'utf8');
  expect(code).toContain('salesforce-interop');
  for (const name of ['oauth4webapi', 'comlink', 'zod', 'code_verifier', 'grant_type', 'access_token', 'refresh_token']) {
    expect(code.includes(name) ? `contains ${name}` : 'clean').toBe('clean');
  }
  expect(code).not.toMatch(/^import\b/m);
  expect(code).not.toMatch(/\bimport\(/);
});

// What an app pays for the API of @openfin/salesforce: 6.2 kB when this was written. Version 2.3.0 of that costs 33.6 kB.
it('adds at most 7,000 bytes to an app, as the benchmark counts them', async () => {
  const script = `
    import { bundledGzipBytes } from './bench/bundleSize.ts';
    console.log(await bundledGzipBytes(${JSON.stringify(installed('dist/client/index.js'))}));
  `;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root });
  expect(Number(stdout)).toBeGreaterThan(1000);
  expect(Number(stdout)).toBeLessThanOrEqual(7000);
});

// The snapshot is the report of the public API: a change of it is a visible diff.
it('declares the API that was agreed on, and needs nothing else to do so', async () => {
  const declarations = await readFile(installed('dist/client/index.d.ts'), 'utf8');
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
    const client = await import('salesforce-interop/client');
    if (Object.getOwnPropertyNames(globalThis).join() !== before) throw new Error('changed the global object');
    if (Object.keys(added).join() !== 'Integrations' || added.Integrations.Salesforce.enableLogging !== client.enableLogging) throw new Error('no logging');
    console.log(Object.keys(client).sort().join());
  `;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: join(folder, 'app') });
  expect(stdout.trim().split(',')).toEqual([
    'ApiError', 'ApiRequestError', 'AuthTokenExpiredError', 'AuthorizationError', 'InitializationError', 'ParameterError',
    'configure', 'connect', 'disableLogging', 'enableLogging', 'getConnection', 'onStateChange',
  ]);
  expect(stderr).toBe('');
});

it.each(['Bundler', 'NodeNext'])('compiles in an app that checks all declarations, with module resolution %s', async (moduleResolution) => {
  const app = `
    import { connect, ApiRequestError, type SalesforceRestApiQueryResult, type SalesforceRestApiSObjectContact } from 'salesforce-interop/client';
    export async function emailOf(id: string): Promise<string | null | undefined> {
      const salesforce = await connect();
      try {
        const { data } = await salesforce.executeApiRequest<SalesforceRestApiQueryResult<SalesforceRestApiSObjectContact>>('/x/' + id, 'GET');
        return data?.records[0]?.Email;
      } catch (error) {
        if (error instanceof ApiRequestError && error.code === 'REQUEST_TIMED_OUT') return undefined;
        throw error;
      }
    }
  `;
  await writeFile(join(folder, 'app/app.ts'), app);
  await writeFile(join(folder, 'app/tsconfig.json'), JSON.stringify({
    compilerOptions: {
      noEmit: true, strict: true, skipLibCheck: false, skipDefaultLibCheck: true, target: 'ES2022', lib: ['ES2022', 'DOM'], types: [],
      module: moduleResolution === 'Bundler' ? 'ESNext' : 'NodeNext', moduleResolution,
    },
    files: ['app.ts'],
  }));
  const { stdout } = await run(process.execPath, [tsc, '-p', 'app'], { cwd: folder }).catch((error: unknown) => error as { stdout: string });
  expect(stdout).toBe('');
}, 60_000);
