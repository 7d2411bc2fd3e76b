import { jest } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { until } from '../support/until.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(90_000);

describe('the end of a provider that does not remember', () => {
  const used = useDesk({ providerOptions: { silentSignIn: false } });
  let context: BrowserContext;
  let page: Page;

  beforeEach(() => used.desk.control.revokeRefreshTokens());

  const grants = async () =>
    (await used.desk.control.approvals()).filter(({ consumerKey }) => consumerKey === defaultConsumerKey).length;
  const isRevoked = () =>
    until(async () => (await grants()) === 0, 5_000).then(
      () => true,
      () => false,
    );

  async function openSignedIn(): Promise<void> {
    context = await used.newContext();
    page = await openDesk(context, used.desk);
    await signIn(page);
    expect(await grants()).toBe(1);
  }
  async function end(): Promise<void> {
    if (used.browser.contexts().includes(context)) await used.close(context);
    await used.desk.control.revokeRefreshTokens();
  }

  /** Nobody is signed in any more: neither in what is left of the desk, nor in one that is opened anew. */
  async function expectForgotten(): Promise<void> {
    const next = page.isClosed() || !page.url().startsWith(used.desk.url) ? await context.newPage() : page;
    if (next !== page) await next.goto(used.desk.url);
    await next.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  }

  // No browser promises that what a page begins in its last moments is sent (docs/security.md, "End of a session"): it
  // is so as a rule, and a rule is seen in several tries. What is promised is seen in each.
  const endings: Record<string, () => Promise<unknown>> = {
    'the platform page is reloaded': () => page.reload(),
    'the platform page is closed': () => page.close(),
    'the platform page is left for another page': () => page.goto(used.desk.orgUrl),
    "the provider's frame alone is reloaded": () =>
      page
        .frames()
        .find((frame) => frame.url().startsWith(used.desk.origins.provider))!
        .evaluate(() => location.reload()),
  };
  it.each(Object.entries(endings))(
    'forgets the tokens, and as a rule revokes them, when %s',
    async (_what, happens) => {
      let wasRevoked = false;
      for (let tries = 0; tries < 4 && !wasRevoked; tries += 1) {
        await openSignedIn();
        await happens();
        wasRevoked = await isRevoked();
        await expectForgotten();
        await end();
      }
      expect(wasRevoked).toBe(true);
    },
  );

  it("revokes nothing when an app's page goes away, or is reloaded", async () => {
    await openSignedIn();
    const contacts = await appFrame(page, used.desk, 'contacts');
    valueOf(await callAs(contacts, async ({ connect }) => (await connect()).currentUser.Name));
    await contacts.evaluate(() => location.reload());
    await appFrame(page, used.desk, 'contacts');
    await page.locator(`iframe[src^="${used.desk.origins['account-360']}"]`).evaluate((frame) => frame.remove());
    const again = await appFrame(page, used.desk, 'contacts');
    expect(
      valueOf(
        await callAs(
          again,
          async ({ getConnection }) =>
            (await (await getConnection())!.executeApiRequest('/services/data/vXX.X/limits')).status,
        ),
      ),
    ).toBe(200);
    expect(await grants()).toBe(1);
    await end();
  });
});
