import { existsSync } from 'node:fs';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { fingerprintOf, isBuiltFrom, stamp } from '../builtFrom.ts';
import { putInPlace } from '../putInPlace.ts';
import { repository } from '../repository.ts';
import { siteFolder, siteNames, type SiteName } from '../../sandbox/desk/sites.ts';
import { starterModule } from '../../src/sites/siteHeaders.ts';

const output = path.dirname(siteFolder('platform'));
const client = path.join(repository, 'dist/client/index.js');
const stampFile = path.join(output, '.built-from');
const bundledFile = '.bundled.json';
/** Names of the files of the provider's workers, by the name of the module that each begins with. */
const workerFiles: Record<string, string> = { main: 'token-worker.js', portRelay: 'port-relay.js' };
/** Whatever the pages are made of; a change in any of it means a new build. */
const sources = [
  'src',
  'packages/client/build.ts',
  'sandbox/platform',
  'sandbox/apps',
  'sandbox/pages',
  'packages/pages',
  'public',
  'package.json',
  'package-lock.json',
];

const pageFolders: Record<SiteName, string> = {
  platform: 'public/platform',
  provider: 'public/provider',
  contacts: 'public/apps/contacts',
  'account-360': 'public/apps/account-360',
  'intent-raiser': 'public/apps/intent-raiser',
  'record-view': 'public/record-view',
};

/**
 * Builds the client, then the pages of all sites into `dist/sites`, unless what is there was built from the same
 * sources.
 *
 * @param onProgress Called with the site that is being built and how many are done.
 * @returns true when something was built.
 */
export async function buildSites(
  onProgress: (name: SiteName | 'client', done: number, total: number) => void,
): Promise<boolean> {
  const fingerprint = await fingerprintOf(sources);
  const isThere = async () => existsSync(client) && (await isBuiltFrom(stampFile, fingerprint));
  if (await isThere()) return false;
  onProgress('client', 0, siteNames.length + 1);
  // The bundlers take a second to load, which a start that builds nothing need not wait for.
  const [{ build }, { buildClient }] = await Promise.all([import('vite'), import('../client/build.ts')]);
  await putInPlace(
    output,
    async (folder) => {
      await putInPlace(path.dirname(client), buildClient);
      const packages = new Set(['@openfin/core-web', '@salesforce-ux/design-system']);
      for (const [index, name] of siteNames.entries()) {
        onProgress(name, index + 1, siteNames.length + 1);
        for (const bundled of await buildSite(build, name, path.join(folder, name))) packages.add(bundled);
      }
      await writeFile(path.join(folder, bundledFile), JSON.stringify([...packages].sort()));
      await stamp(path.join(folder, path.basename(stampFile)), fingerprint);
    },
    isThere,
  );
  return true;
}

/** @returns the packages whose scripts are in the site. */
async function buildSite(build: typeof import('vite').build, name: SiteName, target: string): Promise<string[]> {
  const root = path.join(repository, pageFolders[name]);
  const pages = (await readdir(root)).filter((file) => file.endsWith('.html')).map((file) => path.join(root, file));
  const packages = new Set<string>();
  const collect = (): Plugin => ({
    name: 'bundled-packages',
    generateBundle: (_options, files) => {
      for (const file of Object.values(files))
        if (file.type === 'chunk') file.moduleIds.flatMap(packageOf).forEach((bundled) => packages.add(bundled));
    },
  });
  await build({
    configFile: false,
    root,
    // No warnings: postcss warns of the @charset in the style sheets of the design system, which the bundler drops.
    logLevel: 'error',
    publicDir: false,
    // Pages name their scripts from the repository's root, wherever they lie themselves.
    // The sample apps take the built client, as any app would.
    resolve: {
      alias: [
        { find: /^\/(src|sandbox|public)\//, replacement: `${repository.replaceAll('\\', '/')}/$1/` },
        { find: 'salesforce-interop/client', replacement: client.replaceAll('\\', '/') },
      ],
    },
    plugins: [collect()],
    worker: {
      format: 'es',
      plugins: () => [collect()],
      rolldownOptions: { output: { entryFileNames: ({ name }) => workerFiles[name] ?? '[name].js' } },
    },
    build: {
      outDir: target,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: pages },
    },
  });
  if (name === 'platform') await buildStarterModule(build, target, collect());
  await copyStaticFiles(name, target);
  return [...packages];
}

/** The search as one file, which platforms of the workspace-starter family load by its address. */
async function buildStarterModule(build: typeof import('vite').build, target: string, collect: Plugin): Promise<void> {
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    publicDir: false,
    plugins: [collect],
    build: {
      outDir: target,
      emptyOutDir: false,
      target: 'es2023',
      lib: { entry: path.join(repository, 'src/starter/main.ts'), formats: ['es'], fileName: () => starterModule },
    },
  });
}

/** The folder under `node_modules` of the package that a module belongs to, where that is one of npm's. */
function packageOf(moduleId: string): string[] {
  const inner = moduleId.replaceAll('\\', '/').split('/node_modules/').slice(1);
  const last = inner.pop();
  if (last === undefined) return [];
  const name = last
    .split('/')
    .slice(0, last.startsWith('@') ? 2 : 1)
    .join('/');
  return [[...inner, name].join('/node_modules/')];
}

/** The packages whose code is in the pages, as folders under `node_modules`. @throws when nothing is built */
export async function bundledPackages(): Promise<string[]> {
  return JSON.parse(await readFile(path.join(output, bundledFile), 'utf8')) as string[];
}

async function copyStaticFiles(name: SiteName, target: string): Promise<void> {
  if (name === 'provider') return;
  await cp(path.join(repository, 'public/icons'), path.join(target, 'icons'), { recursive: true });
  if (name === 'platform') {
    const coreWeb = path.dirname(createRequire(import.meta.url).resolve('@openfin/core-web'));
    await cp(path.join(coreWeb, 'shared-worker.js'), path.join(target, 'shared-worker.js'));
  }
}
