/** Runs the whole test suite; arguments go to jest. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { preferHeadlessShell, requireChromium, requireNode, requirePackages, requireServers } from './install.mjs';

requireNode();
requirePackages();
const chromium = requireChromium();
const headlessShell = preferHeadlessShell(chromium);
const servers = requireServers();
const repository = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const run = (arguments_, environment = {}) =>
  spawnSync(process.execPath, arguments_, {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  }).status ?? 1;

console.log('Building the pages and the packages…');
for (const build of ['scripts/build.ts', 'packages/build.ts']) {
  const built = run(['--import', 'tsx', build]);
  if (built !== 0) process.exit(built);
}
const given = process.argv.slice(2);
// One order for whoever compares runs, and not the one in which the tests are written.
const order = given.some((argument) => argument.startsWith('--seed')) ? [] : ['--seed=559144555'];
process.exit(
  run(['--experimental-vm-modules', '--no-warnings', require.resolve('jest/bin/jest'), ...order, ...given], {
    CHROMIUM_PATH: chromium,
    CHROMIUM_HEADLESS_SHELL_PATH: headlessShell,
    ...servers,
  }),
);
