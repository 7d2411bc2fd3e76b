import { jest } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { until } from '../support/until.ts';
import { appFrame, callAs, openDesk, signInFromBar, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(90_000);

describe('the end of a provider that does not remember', () => {
  const used = useDesk({ providerOptions: { silentSignIn: false } });
  let context: BrowserContext;
  let page: Page;

  const grants = async () => (await used.desk.control.approvals()).filter(({ consumerKey }) => consumerKey === defaultConsumerKey).length;
  const revoked = () => until(async () => (await grants()) === 0);

  beforeEach(async () => {
    context = await used.newContext();
    page = await openDesk(context, used.desk);
    await signInFromBar(page);
    expect(await grants()).toBe(1);
  });
  afterEach(async () => {
    if (used.browser.contexts().includes(context)) await used.close(context);
    await used.desk.control.revokeRefreshTokens();
  });

  it('revokes the tokens when the platform page is reloaded', async () => {
    await page.reload();
    await revoked();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });

  it('revokes the tokens when the platform page is closed', async () => {
    await page.close();
    await revoked();
  });

  it('revokes the tokens when the platform page is left for another page', async () => {
    await page.goto(used.desk.orgUrl);
    await revoked();
  });

  it("revokes the tokens when the provider's frame alone is reloaded", async () => {
    await page.frames().find((frame) => frame.url().startsWith(used.desk.origins.provider))!.evaluate(() => location.reload());
    await revoked();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });

  it("revokes nothing when an app's page goes away, or is reloaded", async () => {
    const contacts = await appFrame(page, used.desk, 'contacts');
    valueOf(await callAs(contacts, async ({ connect }) => (await connect()).currentUser.Name));
    await contacts.evaluate(() => location.reload());
    await appFrame(page, used.desk, 'contacts');
    await page.locator(`iframe[src^="${used.desk.origins['account-360']}"]`).evaluate((frame) => frame.remove());
    const again = await appFrame(page, used.desk, 'contacts');
    expect(valueOf(await callAs(again, async ({ getConnection }) => (await (await getConnection())!.executeApiRequest('/services/data/vXX.X/limits')).status))).toBe(200);
    expect(await grants()).toBe(1);
  });
});
