import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from '../../../packages/npm.mjs';

const built = path.resolve(import.meta.dirname, '../../../dist/packages/salesforce-interop');

/** The package as a later release, which says so of itself. @returns its tarball */
export async function newerTarball(folder: string): Promise<string> {
  const later = path.join(folder, 'later');
  await cp(built, later, { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(later, 'package.json'), 'utf8')) as object;
  await writeFile(path.join(later, 'package.json'), JSON.stringify({ ...manifest, version: '99.0.0' }));
  const { stdout } = await runNpm(['pack', '--json', '--offline'], { cwd: later });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return path.join(later, filename);
}
