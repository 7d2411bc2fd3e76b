/** Where programs are on each system, and what is said there when they are missing. In JavaScript, as `install.mjs`. */
import path from 'node:path';

const advice = {
  chromium: {
    linux: 'install it (Debian: sudo apt-get install chromium)',
    darwin: 'install Google Chrome from https://www.google.com/chrome/',
    win32: 'install Google Chrome from https://www.google.com/chrome/',
  },
  servers: {
    linux: 'install them (Debian: sudo apt-get install nginx-light caddy)',
    darwin: 'install them (brew install nginx caddy)',
    win32: 'install them from https://nginx.org/ and https://caddyserver.com/, put their folders on the PATH',
  },
};

/** @returns how to come by it on this system, to stand in a sentence. */
export const adviceOn = (platform, what) => advice[what][platform] ?? advice[what].linux;

/** @returns the files that may be Chromium or Chrome. */
export function chromiumPlaces(platform, environment) {
  if (platform === 'win32')
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
      .map((name) => environment[name])
      .filter((folder) => folder !== undefined)
      .map((folder) => path.win32.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
  if (platform === 'darwin')
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ];
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => `/usr/bin/${name}`);
}

/**
 * @returns the files that may be Chromium's headless shell: its engine without its user interface, as Debian packages
 *   it.
 */
export function headlessShellPlaces(platform) {
  return platform === 'linux' ? ['/usr/bin/chromium-headless-shell'] : [];
}

/** @returns the files that may be a server of that name. */
export function serverPlaces(name, platform, environment) {
  const { join, delimiter } = platform === 'win32' ? path.win32 : path.posix;
  const [, search = ''] = Object.entries(environment).find(([variable]) => variable.toUpperCase() === 'PATH') ?? [];
  const usual = platform === 'win32' ? [] : ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return [...usual, ...search.split(delimiter).filter((folder) => folder !== '')].map((folder) =>
    join(folder, platform === 'win32' ? `${name}.exe` : name),
  );
}
