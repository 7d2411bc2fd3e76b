import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { bundlePages } from '../e2e/servePages.ts';
import { installClient, run, type InstalledClient } from './clientPackage/installedClient.ts';

let client: InstalledClient;
/** Address of a module that is loaded before an app. */
let desktop: string;

beforeAll(async () => {
  client = await installClient();
  const bundled = await bundlePages([join(import.meta.dirname, 'clientPackage/desktop.ts')]);
  const file = join(client.app, 'desktop.mjs');
  await writeFile(file, bundled('desktop'));
  desktop = pathToFileURL(file).href;
}, 180_000);
afterAll(() => client?.remove());

/** What an app does with the client, with the types that it takes from there. */
const source = `
import {
  connect, getConnection, configure, ApiRequestError, InitializationError,
  type SalesforceConnection, type SalesforceRestApiQueryResult, type SalesforceRestApiSObjectContact,
} from 'salesforce-interop-client';

async function emailOf(salesforce: SalesforceConnection): Promise<string | null | undefined> {
  const { data } = await salesforce.executeApiRequest<SalesforceRestApiQueryResult<SalesforceRestApiSObjectContact>>('/services/data/vXX.X/query?q=…', 'GET');
  return data?.records[0]?.Email;
}

async function use(): Promise<unknown[]> {
  const salesforce = await connect();
  const user = (await getConnection())?.currentUser.Name;
  const email = await emailOf(salesforce);
  const refused = await salesforce.executeApiRequest('/setup').catch((error: unknown) => error instanceof ApiRequestError && error.code);
  configure({ providerTimeout: 50, fin: { InterApplicationBus: { Channel: { connect: () => new Promise(() => undefined) } } } });
  const alone = await connect().catch((error: unknown) => error instanceof InitializationError && error.code);
  return [user, email, refused, alone];
}

void use().then((seen) => console.log(JSON.stringify(seen)));
`;
const seen = ['John Doe', 'ada@engines.example', 'ENDPOINT_NOT_ALLOWED', 'PROVIDER_UNAVAILABLE'];

const here = createRequire(import.meta.url);
/** The repository's own, and the one that comes with the package checker: most apps still use a TypeScript 5. */
const compilers = {
  'TypeScript 6': here.resolve('typescript/bin/tsc'),
  'TypeScript 5': createRequire(here.resolve('@arethetypeswrong/core')).resolve('typescript/bin/tsc'),
};
type Compiler = keyof typeof compilers;

type Case = [moduleResolution: string, module: string, format: 'commonjs' | 'module'];
const cases: Case[] = [
  ['node', 'CommonJS', 'commonjs'],
  ['node', 'ESNext', 'module'],
  ['node16', 'Node16', 'commonjs'],
  ['node16', 'Node16', 'module'],
  ['nodenext', 'NodeNext', 'commonjs'],
  ['nodenext', 'NodeNext', 'module'],
  ['bundler', 'ESNext', 'module'],
];

describe.each(Object.keys(compilers) as Compiler[])('the installed package with %s', (compiler) => {
  it.each(cases)(
    'compiles and runs under moduleResolution %s, module %s, as %s',
    async (moduleResolution, module, format) => {
      const folder = join(client.app, [compiler.replace(' ', ''), moduleResolution, format].join('-'));
      await mkdir(folder);
      await writeFile(join(folder, 'package.json'), JSON.stringify({ type: format }));
      await writeFile(join(folder, 'app.ts'), source);
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            module,
            moduleResolution,
            strict: true,
            skipLibCheck: false,
            skipDefaultLibCheck: true,
            target: 'ES2022',
            lib: ['ES2022', 'DOM'],
            types: [],
            // TypeScript 6 calls `node` deprecated and takes it only so.
            ...(compiler === 'TypeScript 6' && moduleResolution === 'node' && { ignoreDeprecations: '6.0' }),
          },
          files: ['app.ts'],
        }),
      );
      const compiled = await run(process.execPath, [compilers[compiler], '-p', '.'], { cwd: folder }).catch(
        (error: unknown) => error as { stdout: string },
      );
      expect(compiled.stdout).toBe('');
      const emitted = await readFile(join(folder, 'app.js'), 'utf8');
      expect(emitted).toMatch(
        format === 'commonjs'
          ? /require\("salesforce-interop-client"\)/
          : /^import .* from 'salesforce-interop-client'/m,
      );
      const { stdout } = await run(process.execPath, ['--import', desktop, 'app.js'], { cwd: folder });
      expect(JSON.parse(stdout)).toEqual(seen);
    },
    60_000,
  );
});

it('has no fault that the package checker knows of, under any module resolution', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(await readFile(client.tarball)));
  if (!analysis.types) throw new Error('The package has no types');
  expect(analysis.problems).toEqual([]);
  expect(Object.keys(analysis.entrypoints)).toEqual(['.', './client', './package.json']);
});
