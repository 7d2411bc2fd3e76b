import type { Frame, Page } from 'playwright-core';
import type { ControlClient } from '../sandbox/org/control/controlClient.ts';
import type { SalesforceConnection } from '../src/client/index.ts';

/** Waits until the platform page has the provider and its own app frames, and nobody is signed in. */
export async function deskIsReady(page: Page, appOrigins: readonly string[]): Promise<Frame[]> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  return Promise.all(appOrigins.map((origin) => joined(page, `iframe[src^="${origin}"]`)));
}

/** Opens another app on the platform page, as the platform does: a frame of an origin that the directory knows. */
export async function openApp(page: Page, origin: string, name: string): Promise<Frame> {
  await page.evaluate(
    ([src, id]) => {
      const frame = document.createElement('iframe');
      Object.assign(frame, { src, name: id });
      // In sight: Chromium may slow down a frame that nobody sees.
      Object.assign(frame.style, { position: 'fixed', bottom: '0', right: '0', width: '40px', height: '40px' });
      document.body.append(frame);
    },
    [`${origin}/?app=${name}`, name] as const,
  );
  return joined(page, `iframe[name="${name}"]`);
}

/** Reloads an app, which then has no connection to the provider. */
export async function reopen(frame: Frame): Promise<void> {
  await frame.goto(frame.url());
  await hasJoined(frame);
}

async function joined(page: Page, selector: string): Promise<Frame> {
  const element = await page.waitForSelector(selector, { state: 'attached' });
  const frame = await element.contentFrame();
  if (!frame) throw new Error(`${selector} is no frame`);
  await hasJoined(frame);
  return frame;
}

async function hasJoined(frame: Frame): Promise<void> {
  await frame.waitForFunction(() => 'fdc3' in window, undefined, { polling: 50 });
}

/** Clicks on the platform page: a page may open a window only after somebody has clicked on it. */
export function click(page: Page): Promise<void> {
  return page.mouse.click(5, 5);
}

/**
 * Lets apps leave the session, which ends with the last of them, and waits until the org has revoked it and the
 * platform page offers the sign-in again.
 */
export async function disconnectAll(page: Page, frames: readonly Frame[], control: ControlClient): Promise<void> {
  const before = await revocations(control);
  for (const frame of frames)
    await frame.evaluate(() => (globalThis as { connection?: SalesforceConnection }).connection?.disconnect());
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  while ((await revocations(control)) === before) await page.waitForTimeout(10);
}

const revocations = async (control: ControlClient): Promise<number> =>
  (await control.counts()).requests['POST /services/oauth2/revoke'] ?? 0;
