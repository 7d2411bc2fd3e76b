/** Set-up that every command does first, in plain JavaScript as nothing is installed yet. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { npmCommand } from '../packages/npm.mjs';
import { adviceOn, chromiumPlaces, headlessShellPlaces, serverPlaces } from './places.mjs';

const repository = path.resolve(import.meta.dirname, '..');
const oldestNode = [20, 19];

/** Ends the process with one sentence that says what to do. */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Ends the process when its Node.js is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    giveUp(
      `Node.js ${process.versions.node} is too old: install Node.js ${oldestNode.join('.')} or newer from https://nodejs.org/.`,
    );
  }
}

/** Installs the npm packages if they are missing or older than the lock file. */
export function requirePackages() {
  const lock = path.join(repository, 'package-lock.json');
  const installed = path.join(repository, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing npm packages (once, about a minute)…');
  // Not `npm ci`: it refuses a lock file in which the binaries of other platforms are missing.
  const npm = npmCommand();
  const { status } = spawnSync(
    npm.file,
    [...npm.arguments, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: repository, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0)
    giveUp(
      'npm could not install the packages (see above): check the network and the registry setting, then run the command again.',
    );
}

/** Finds Chromium or Chrome, or installs Chromium with the system's package manager where that is possible. */
export function requireChromium() {
  const found = findChromium();
  if (found) return found;
  if (canInstall()) {
    console.log('Installing Chromium with apt-get (once)…');
    aptGetInstall(['chromium', 'fonts-liberation']);
    const installed = findChromium();
    if (installed) return installed;
  }
  return giveUp(
    `The tests need Chromium or Chrome: ${adviceOn(process.platform, 'chromium')}, or name it with the variable CHROMIUM_PATH.`,
  );
}

/**
 * Finds Chromium's headless shell, or installs it as Chromium is. It needs less than half of the processor time, and
 * most tests need no window, no popup blocker and no other part of the user interface.
 *
 * @returns where it is; Chromium where somebody has named that, or where there is no such package
 */
export function preferHeadlessShell(chromium) {
  if (process.env.CHROMIUM_PATH) return chromium;
  const find = () => headlessShellPlaces(process.platform).find((candidate) => runs(candidate));
  const found = find();
  if (found) return found;
  if (!canInstall()) return chromium;
  console.log("Installing Chromium's headless shell with apt-get (once)…");
  aptGetInstall(['chromium-headless-shell']);
  return find() ?? chromium;
}

/**
 * Finds nginx and Caddy, which the tests serve built sites by, or installs them as Chromium is.
 *
 * @returns where each is, as variables
 */
export function requireServers() {
  const missing = ['nginx', 'caddy'].filter((name) => !findServer(name));
  if (missing.length > 0 && canInstall()) {
    console.log(`Installing ${missing.join(' and ')} with apt-get (once)…`);
    // A package's own service would otherwise be started, and serve on port 80.
    aptGetInstall(
      missing.map((name) => (name === 'nginx' ? 'nginx-light' : name)),
      { RUNLEVEL: '1' },
    );
  }
  const [nginx, caddy] = [findServer('nginx'), findServer('caddy')];
  if (nginx && caddy) return { NGINX_PATH: nginx, CADDY_PATH: caddy };
  return giveUp(
    `The tests need nginx and Caddy: ${adviceOn(process.platform, 'servers')}, or name them with the variables NGINX_PATH and CADDY_PATH.`,
  );
}

function findServer(name) {
  const variable = `${name.toUpperCase()}_PATH`;
  const named = process.env[variable];
  if (named) return existsSync(named) ? named : giveUp(`${variable}=${named} does not exist.`);
  return serverPlaces(name, process.platform, process.env).find((candidate) => existsSync(candidate));
}

function canInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function aptGetInstall(packages, environment = {}) {
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...environment },
  });
}

function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : giveUp(`CHROMIUM_PATH=${named} does not exist.`);
  return chromiumPlaces(process.platform, process.env).find((candidate) => runs(candidate));
}

function runs(browser) {
  if (!existsSync(browser)) return false;
  if (process.platform === 'win32') return true;
  try {
    execFileSync(browser, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
