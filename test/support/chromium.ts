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

/** Chromium with nothing that calls home. */
export function launchChromium({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
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
