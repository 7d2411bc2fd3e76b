/**
 * Builds all packages and packs them: `node --import tsx packages/build.ts`. The tarballs are in `dist/packages`, under
 * names without a version.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fingerprintOf, isBuiltFrom, stamp } from './builtFrom.ts';
import { buildInterop } from './interop/build.ts';
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
  if (await isBuiltFrom(stampFile, fingerprint)) return false;
  await mkdir(output, { recursive: true });
  say('Building the packages…');
  await buildInterop();
  await buildTestKit();
  // The pages' build has made the client.
  await cp(path.join(repository, 'dist/client'), path.join(output, 'salesforce-interop-client'), { recursive: true });
  for (const name of packageNames) await pack(name);
  await stamp(stampFile, fingerprint);
  return true;
}

async function pack(name: PackageName): Promise<void> {
  const isWindows = process.platform === 'win32';
  const { stdout } = await promisify(execFile)(
    isWindows ? 'npm.cmd' : 'npm',
    ['pack', '--json', '--offline', '--pack-destination', output],
    { cwd: path.join(output, name), shell: isWindows },
  );
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await rename(path.join(output, filename), tarballOf(name));
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !(await buildPackages((line) => console.log(line))))
  console.log('Packages are up to date.');
