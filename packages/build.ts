/**
 * Builds all packages and packs them: `node --import tsx packages/build.ts`. The tarballs are in `dist/packages`, under
 * names without a version.
 */
import { cp, rename } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOf, isBuiltFrom, stamp } from './builtFrom.ts';
import { buildInterop } from './interop/build.ts';
import { runNpm } from './npm.mjs';
import { buildSites } from './pages/build.ts';
import { putInPlace } from './putInPlace.ts';
import { repository } from './repository.ts';
import { buildTestKit } from './testkit/build.ts';

const output = path.join(repository, 'dist/packages');
const stampFile = path.join(output, '.built-from');
const sources = [
  'src',
  'packages',
  'sandbox',
  'public',
  'package.json',
  'package-lock.json',
  'CHANGELOG.md',
  'LICENSE',
];

export const packageNames = ['salesforce-interop-client', 'salesforce-interop', 'salesforce-interop-testkit'] as const;
export type PackageName = (typeof packageNames)[number];

/** Where the built tarball of a package lies. */
export function tarballOf(name: PackageName): string {
  return path.join(output, `${name}.tgz`);
}

/**
 * Builds and packs all packages, unless what is there was made of the same.
 *
 * @returns true when something was built.
 */
export async function buildPackages(say: (line: string) => void): Promise<boolean> {
  const fingerprint = await fingerprintOf(sources);
  const isThere = () => isBuiltFrom(stampFile, fingerprint);
  if (await isThere()) return false;
  say('Building the packages…');
  await buildSites(() => undefined);
  await putInPlace(
    output,
    async (folder) => {
      const [client, interop, testKit] = packageNames.map((name) => path.join(folder, name)) as [
        string,
        string,
        string,
      ];
      // The pages' build has made the client.
      await cp(path.join(repository, 'dist/client'), client, { recursive: true });
      await buildInterop(interop);
      await buildTestKit(testKit);
      for (const name of packageNames) await pack(folder, name);
      await stamp(path.join(folder, path.basename(stampFile)), fingerprint);
    },
    isThere,
  );
  return true;
}

async function pack(folder: string, name: PackageName): Promise<void> {
  const { stdout } = await runNpm(['pack', '--json', '--offline', '--pack-destination', folder], {
    cwd: path.join(folder, name),
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await rename(path.join(folder, filename), path.join(folder, `${name}.tgz`));
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !(await buildPackages((line) => console.log(line))))
  console.log('Packages are up to date.');
