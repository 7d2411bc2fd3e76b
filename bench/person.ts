import type { BrowserContext, Page } from 'playwright-core';
import type { DemoUser } from '../sandbox/org/seed/demoUsers.ts';

export interface Person {
  /** Windows in which this person had to log in or to allow something, so far. */
  signIns(): number;
}

/** From now on, whatever login page of the org opens is logged in to, and whatever approval page opens is allowed. */
export function attendSignIns(context: BrowserContext, orgUrl: string, { username, password }: DemoUser): Person {
  const attended = new Set<Page>();

  async function act(page: Page): Promise<void> {
    const { origin, pathname } = new URL(page.url());
    if (origin !== orgUrl) return;
    if (pathname.startsWith('/login/')) {
      attended.add(page);
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Log in' }).click();
    } else if (pathname.startsWith('/consent/')) {
      attended.add(page);
      await page.getByRole('button', { name: 'Allow' }).click();
    }
  }

  // Acts on navigations: a locator that waits would poll inside pages that are being measured.
  context.on('page', (page) => {
    let at = '';
    const look = (): void => {
      if (page.url() === at || page.isClosed()) return;
      at = page.url();
      act(page).catch((error: unknown) => {
        if (!page.isClosed()) console.error('A sign-in page was left as it is:', error);
      });
    };
    page.on('framenavigated', (frame) => frame === page.mainFrame() && look());
    // A popup may have navigated before its `page` event arrives.
    look();
  });
  return { signIns: () => attended.size };
}
