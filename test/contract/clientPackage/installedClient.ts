import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runNpm } from '../../../packages/npm.mjs';

export const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../..', import.meta.url));

export interface InstalledClient {
  /** Was empty before `npm install` put the tarball there. */
  app: string;
  tarball: string;
  /** Paths inside the tarball. */
  packed: string[];
  /** Where the package lies in the app's `node_modules`. */
  file(path: string): string;
  remove(): Promise<void>;
}

/** Builds the client, packs it and installs the tarball in an empty folder, without a network. */
export async function installClient(): Promise<InstalledClient> {
  const folder = await mkdtemp(join(tmpdir(), 'salesforce-interop-client-'));
  const app = join(folder, 'app');
  await mkdir(app);
  await run(process.execPath, ['--import', 'tsx', 'packages/client/build.ts', join(folder, 'client')], {
    cwd: repository,
  });
  const { stdout } = await runNpm(['pack', '--json', '--offline'], { cwd: join(folder, 'client') });
  const [pack] = JSON.parse(stdout) as [{ filename: string; files: Array<{ path: string }> }];
  const tarball = join(folder, 'client', pack.filename);
  await writeFile(join(app, 'package.json'), '{ "private": true }');
  await runNpm(['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: app });
  return {
    app,
    tarball,
    packed: pack.files.map(({ path }) => path).sort(),
    file: (path) => join(app, 'node_modules/salesforce-interop-client', path),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Names of the packages in a folder's `node_modules`. */
export async function installedPackages(app: string): Promise<string[]> {
  return (await readdir(join(app, 'node_modules'))).filter((name) => !name.startsWith('.'));
}
