/** Intents that an app raises, and the record views that they open. */
import type { DesktopAgent } from '@finos/fdc3';
import type { Frame, Page } from 'playwright-core';
import type { Desk } from '../support/desk.ts';
import { until } from '../support/until.ts';

declare const fdc3: DesktopAgent;

/** The answer an app gets, or the message of its error. */
export function raiseIn(
  app: Frame,
  intent: string,
  context: { type: string; [member: string]: unknown },
): Promise<unknown> {
  return app.evaluate(
    async ([name, given]) => {
      try {
        return await (await fdc3.raiseIntent(name, given)).getResult();
      } catch (error) {
        return (error as Error).message;
      }
    },
    [intent, context] as const,
  );
}

/** The record view that shows this heading. */
export async function recordViewWith(page: Page, desk: Desk, heading: string): Promise<Frame> {
  let found: Frame | undefined;
  await until(async () => {
    const views = page.frames().filter((frame) => frame.url().startsWith(desk.origins['record-view']));
    const headings = await Promise.all(
      views.map((frame) =>
        frame
          .locator('h1')
          .allTextContents()
          .catch(() => []),
      ),
    );
    found = views[headings.findIndex(([shown]) => shown?.trim() === heading)];
    return found !== undefined;
  });
  return found!;
}

/** Brings a record view to the front, where it is behind a tab. */
export async function showView(page: Page, view: Frame): Promise<void> {
  const id = await (await view.frameElement()).getAttribute('data-pane');
  const tab = page.locator(`#tab-${id}`);
  if (await tab.isVisible()) await tab.click();
}

/** Closes all record views: an app may have four open. */
export async function closeRecordViews(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: /^Close / });
  while ((await close.count()) > 0) await close.first().click();
}
