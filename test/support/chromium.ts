import { existsSync } from 'node:fs';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { chromiumPlaces } from '../../scripts/places.mjs';

/** Where Chromium is; `CHROMIUM_PATH` is set by the test command. @throws when it is nowhere */
export function chromiumPath(): string {
  const found =
    process.env['CHROMIUM_PATH'] ?? chromiumPlaces(process.platform, process.env).find((file) => existsSync(file));
  if (!found) throw new Error('Chromium is missing: run the tests with `npm test`, or set CHROMIUM_PATH.');
  return found;
}

/** Chromium as people have it, with nothing that calls home. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return launch(chromiumPath(), options);
}

/**
 * Chromium's engine without its user interface, which needs less than half of the processor time: for whatever does not
 * depend on windows and how they are blocked. Chromium itself where there is none. The test command sets
 * `CHROMIUM_HEADLESS_SHELL_PATH`.
 */
export function launchHeadlessShell(options: LaunchOptions = {}): Promise<Browser> {
  return launch(headlessShellPath(), options);
}

/** Where that is, for programs that start it themselves. */
export const headlessShellPath = (): string => process.env['CHROMIUM_HEADLESS_SHELL_PATH'] ?? chromiumPath();

function launch(executablePath: string, { args = [], ...options }: LaunchOptions): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
    ...options,
  });
}
