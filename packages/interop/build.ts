import { existsSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundledPackages } from '../pages/build.ts';
import { writeContents } from '../billOfMaterials.ts';
import { siteFolder } from '../../sandbox/desk/sites.ts';
import { desktopConfiguration } from '../../src/sites/desktopConfiguration.ts';
import { ownSiteNames } from '../../src/sites/describeSites.ts';
import { z } from '../../src/zod.ts';
import {
  bundleDeclarations,
  bundleModules,
  copyTexts,
  markExecutable,
  writeManifest,
  type Entries,
} from '../bundle.ts';
import { repository } from '../repository.ts';

const source = (file: string): string => path.join(import.meta.dirname, file);
const zodModule = 'chunks/zod.js';
const libraries: Entries = {
  'core-web': source('coreWeb.ts'),
  intents: source('intents.ts'),
  configuration: source('configuration.ts'),
};

/**
 * Builds the package that a platform team installs. The pages and the client have been built.
 *
 * @param target A folder, made if it is missing, with nothing of an older build in it.
 */
export async function buildInterop(target: string): Promise<void> {
  const imported = await bundleModules({ ...libraries, bin: source('bin.ts') }, target);
  imported.push(...(await bundleDeclarations(libraries, target)));
  if (!existsSync(path.join(target, zodModule)))
    throw new Error(`${zodModule} is missing: what a bundler must keep has another name now.`);
  await markExecutable(path.join(target, 'bin.js'));
  for (const name of ownSiteNames) await cp(siteFolder(name), path.join(target, 'pages', name), { recursive: true });
  await cp(path.join(repository, 'dist/client'), path.join(target, 'client'), {
    recursive: true,
    filter: (file) =>
      !/[\\/](package\.json|README\.md|LICENSE|client)$/.test(file) || file.endsWith(path.join('dist', 'client')),
  });
  await writeFile(
    path.join(target, 'configuration.schema.json'),
    `${JSON.stringify(z.toJSONSchema(desktopConfiguration, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`,
  );
  await copyTexts(target, import.meta.dirname);
  await writeContents(target, 'salesforce-interop', imported, await bundledPackages());
  await writeManifest(
    target,
    {
      name: 'salesforce-interop',
      description:
        'One shared, safe connection to Salesforce for every app on an OpenFin (HERE Core) desktop: provider, platform half and command.',
      // This module keeps zod from using `eval`, which the policies of a desktop's pages forbid.
      sideEffects: [`./${zodModule}`],
      bin: { 'salesforce-interop': 'bin.js' },
      exports: {
        './client': {
          import: { types: './client/index.d.ts', default: './client/index.js' },
          require: { types: './client/index.d.cts', default: './client/index.cjs' },
        },
        ...Object.fromEntries(
          Object.keys(libraries).map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: `./${name}.js` }]),
        ),
        './configuration.schema.json': './configuration.schema.json',
        './package.json': './package.json',
      },
    },
    imported,
  );
}
