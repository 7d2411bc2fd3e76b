import type { BrowserContext, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { catalogue, type CheckId } from '../../src/doctor/catalogue.ts';
import { openDesk } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

/** Follows the desktop's link and waits until everything has been checked. */
async function check(desk: Page): Promise<Page> {
  const opened = desk.context().waitForEvent('page');
  await desk.getByRole('link', { name: 'Check the connection' }).click();
  const page = await opened;
  await page.getByRole('heading', { name: /^(?:Nothing failed|\d+ of \d+ failed): / }).waitFor();
  return page;
}

async function statuses(page: Page): Promise<Partial<Record<CheckId, string>>> {
  const found = await page
    .locator('.check')
    .evaluateAll((rows) => rows.map(({ id, className }) => [id, className.replace('check ', '')]));
  return Object.fromEntries(found);
}

describe('the connection check', () => {
  const used = useDesk();
  let context: BrowserContext;
  let desk: Page;
  let complaints: string[];

  beforeEach(async () => {
    context = await used.newContext({
      viewport: { width: 1280, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    complaints = [];
    context.on('weberror', (error) => complaints.push(error.error().message));
    desk = await openDesk(context, used.desk);
  });
  afterEach(async () => {
    await used.desk.control.setPolicy({ apiEnabled: true, refreshTokenRotation: true });
    await used.close(context);
  });

  const hiddenFromPages = { pkceRequired: 'skipped', windowRules: 'skipped' };

  it("finds everything good for somebody who is signed in, in the page's own words as text too", async () => {
    await signIn(desk);
    const page = await check(desk);
    expect(await statuses(page)).toEqual({
      ...Object.fromEntries(catalogue.map(({ id }) => [id, 'ok'])),
      ...hiddenFromPages,
    });
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await page.getByText('Copied.').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain(used.desk.orgUrl);
    expect(text.match(/^[✓–] /gm)).toHaveLength(catalogue.length);
    await desk.getByText('Signed in', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('leads to what is broken and where it is mended, and sees it mended', async () => {
    await signIn(desk);
    await used.desk.control.setPolicy({ apiEnabled: false, refreshTokenRotation: false });
    const page = await check(desk);
    expect(await statuses(page)).toMatchObject({ api: 'failed', rotation: 'warning', renewal: 'ok', corsRest: 'ok' });
    await page.getByRole('link', { name: 'API access and requests left' }).click();
    const row = page.locator('#api');
    await row.getByRole('heading', { name: /^API access and requests left ?: Failed\.$/ }).waitFor();
    await row.getByText('API_DISABLED_FOR_ORG').waitFor();
    await row.getByText('API Enabled').waitFor();
    await used.desk.control.setPolicy({ apiEnabled: true, refreshTokenRotation: true });
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('heading', { name: 'Nothing failed' }).waitFor();
    expect(await statuses(page)).toMatchObject({ api: 'ok', rotation: 'ok' });
  });

  it('says what it leaves out while nobody is signed in', async () => {
    const page = await check(desk);
    expect(await statuses(page)).toMatchObject({
      api: 'skipped',
      renewal: 'skipped',
      app: 'ok',
      secret: 'ok',
      providerPage: 'ok',
      workerPolicy: 'ok',
    });
    await page.getByText('Sign in on the desktop and check again').waitFor();
  });
});

describe('the connection check of an org that does not list the provider', () => {
  const used = useDesk({ orgOptions: { allowedOrigins: ['https://desk.bank.example'] } });

  it('tells a missing CORS entry from an org that is not there, which a browser does not', async () => {
    const context = await used.newContext();
    const page = await check(await openDesk(context, used.desk));
    expect(await statuses(page)).toMatchObject({
      reachable: 'ok',
      discovery: 'ok',
      corsRest: 'failed',
      corsOAuth: 'failed',
      app: 'skipped',
      secret: 'skipped',
      dpop: 'skipped',
    });
    await page.locator('#corsRest').getByText('Setup > CORS > Allowed Origins List').waitFor();
    await page.locator('#corsRest').getByText(`${used.desk.origins.provider} is not on the org's CORS list.`).waitFor();
    await used.close(context);
  });
});
