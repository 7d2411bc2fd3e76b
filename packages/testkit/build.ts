import { cp } from 'node:fs/promises';
import path from 'node:path';
import { siteFolder, siteNames } from '../../sandbox/desk/sites.ts';
import { writeContents } from '../billOfMaterials.ts';
import {
  bundleDeclarations,
  bundleModules,
  copyTexts,
  markExecutable,
  writeManifest,
  type Entries,
} from '../bundle.ts';
import { bundledPackages } from '../pages/build.ts';
import { repository } from '../repository.ts';

const source = (file: string): string => path.join(import.meta.dirname, file);
const library: Entries = { index: source('index.ts') };
const pagesOfOrg = 'sandbox/org/oauth/pages';
/** Testers install the browser driver themselves; the package uses only its types. */
const peers = { 'playwright-core': '>=1.40' };

/**
 * Builds the package that whoever tests an app installs. The pages and the client have been built.
 *
 * @param target A folder, made if it is missing, with nothing of an older build in it.
 */
export async function buildTestKit(target: string): Promise<void> {
  // One file for each module: some read files that lie beside them.
  const named = await bundleModules({ ...library, commands: source('commands.ts'), bin: source('bin.ts') }, target, {
    preserveModules: true,
  });
  named.push(...(await bundleDeclarations(library, target)));
  const imported = named.filter((name) => !Object.hasOwn(peers, name));
  await markExecutable(path.join(target, 'bin.js'));
  await cp(path.join(repository, pagesOfOrg), path.join(target, pagesOfOrg), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
  for (const name of siteNames)
    await cp(siteFolder(name), path.join(target, path.relative(repository, siteFolder(name))), { recursive: true });
  await copyTexts(target, import.meta.dirname);
  await writeContents(target, 'salesforce-interop-testkit', imported, await bundledPackages());
  await writeManifest(
    target,
    {
      name: 'salesforce-interop-testkit',
      description:
        'For tests of apps that share a Salesforce connection: an embedded org, a HERE Core Web desktop, and a stand-in for the desktop container.',
      types: './index.d.ts',
      bin: { 'salesforce-interop-testkit': 'bin.js' },
      exports: {
        '.': { types: './index.d.ts', default: './index.js' },
        './commands': './commands.js',
        './package.json': './package.json',
      },
      peerDependencies: peers,
      peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map((name) => [name, { optional: true }])),
    },
    imported,
  );
}
