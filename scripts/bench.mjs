/** Measures this client against @openfin/salesforce and bare fetch; `npm run bench -- --help` says how. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { requireChromium, requireNode, requirePackages } from './install.mjs';

requireNode();
requirePackages();
const repository = path.resolve(import.meta.dirname, '..');
const given = process.argv.slice(2);
const run = (arguments_, environment = {}) =>
  spawnSync(process.execPath, ['--import', 'tsx', ...arguments_], {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  }).status ?? 1;

if (given.includes('--help')) process.exit(run(['bench/main.ts', '--help']));
const chromium = requireChromium();
console.log('Building the pages and the client…');
const built = run(['scripts/build.ts']);
if (built !== 0) process.exit(built);
process.exit(run(['bench/main.ts', ...given], { CHROMIUM_PATH: chromium }));
