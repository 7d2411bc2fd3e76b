import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { tarballOf, type PackageName } from '../../packages/build.ts';
import { runNpm } from '../../packages/npm.mjs';

export interface Installation {
  /** Empty before the packages were installed. */
  folder: string;
  /**
   * Runs the installed command there.
   *
   * @throws with `code`, `stdout` and `stderr` when it ends with another code than 0
   */
  command(...args: string[]): Promise<{ stdout: string; stderr: string }>;
  /** Installs what these tarballs hold in place of what is there. */
  install(...tarballs: string[]): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../..');

/**
 * Installs packages of this repository, from their tarballs, into an empty folder outside it. What they depend on comes
 * from npm's cache, which has it since this repository was set up, or from the registry.
 */
export async function installPackages(...names: PackageName[]): Promise<Installation> {
  await run(process.execPath, ['--import', 'tsx', 'packages/build.ts'], { cwd: repository });
  const folder = await mkdtemp(path.join(tmpdir(), 'installed-'));
  const npm = (how: string, tarballs: string[]) =>
    runNpm(['install', how, '--no-audit', '--no-fund', '--loglevel=error', ...tarballs], { cwd: folder });
  const install = async (...tarballs: string[]): Promise<void> => {
    // A registry that hardly answers is asked only for what the cache does not have.
    await npm('--offline', tarballs).catch(() => npm('--prefer-offline', tarballs));
  };
  await writeFile(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await install(...names.map(tarballOf));
  const { NODE_OPTIONS: _ofJest, ...environment } = process.env;
  return {
    folder,
    command: (...args) =>
      run(process.execPath, ['node_modules/salesforce-interop/bin.js', ...args], { cwd: folder, env: environment }),
    install,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
