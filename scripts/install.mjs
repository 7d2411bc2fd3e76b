/** Set-up that every command does first, in plain JavaScript as nothing is installed yet. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..');
const oldestNode = [20, 19];

/** Ends the process with one sentence that says what to do. */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    giveUp(`Node.js ${process.versions.node} is too old: install Node.js ${oldestNode.join('.')} or newer from https://nodejs.org/.`);
  }
}

/** Installs the npm packages if they are missing or older than the lock file. */
export function requirePackages() {
  const lock = path.join(repository, 'package-lock.json');
  const installed = path.join(repository, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing npm packages (once, about a minute)…');
  // Not `npm ci`: it refuses a lock file in which the binaries of other platforms are missing.
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: repository, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32',
  });
  if (status !== 0) giveUp('npm could not install the packages (see above): check the network and the registry setting, then run the command again.');
}

/** Finds Chromium or Chrome, or installs Chromium with the system's package manager where that is possible. */
export function requireChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium with apt-get (once)…');
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = findChromium();
    if (installed) return installed;
  }
  return giveUp(
    'The tests need Chromium or Chrome: install it (Debian: sudo apt-get install chromium), or name it with CHROMIUM_PATH=/path/to/chrome.',
  );
}

function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : giveUp(`CHROMIUM_PATH=${named} does not exist.`);
  const candidates = [
    '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:/Program Files/Google/Chrome/Application/chrome.exe', 'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
  ];
  return candidates.find((candidate) => {
    if (!existsSync(candidate)) return false;
    if (process.platform === 'win32') return true;
    try {
      execFileSync(candidate, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}
