import type { Page } from 'playwright-core';

/**
 * Closes a sign-in window as a person does, who sees the login page in it. Not before: Chromium drops the request to
 * close a page while a redirect moves it to another renderer process, and `page.close()` waits for ever then.
 */
export async function closeSignInWindow(page: Page): Promise<void> {
  await page.getByLabel('Username').waitFor();
  await page.close();
}
