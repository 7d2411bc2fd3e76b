/**
 * A provider whose configuration is wrong, in HERE Core Web: it has no channel, so its page tells the page that frames
 * it.
 */
import { appFrame } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk();

it('is told to the person at the desk, with what is wrong in its configuration, and by nobody but the provider', async () => {
  const context = await used.newContext();
  // As if somebody had written it there: the desk itself starts with no configuration that is wrong.
  await context.route(`${used.desk.origins.provider}/config.json`, async (route) => {
    const served = (await (await route.fetch()).json()) as { provider: object };
    await route.fulfill({ json: { ...served, provider: { ...served.provider, apiVersion: 'sixty-six' } } });
  });
  const page = await context.newPage();
  await page.goto(used.desk.url);
  await page.getByText("The Salesforce provider's configuration is wrong.").waitFor();
  await page
    .getByText(/apiVersion: /)
    .first()
    .waitFor();
  // No app can make the desk believe it: the platform page goes by the origin.
  const app = await appFrame(page, used.desk, 'contacts');
  const arrived = page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        window.addEventListener('message', ({ data }) => data.message === 'Forged' && resolve()),
      ),
  );
  await app.evaluate(() =>
    window.parent.postMessage({ type: 'salesforce-interop.providerFailed', message: 'Forged', problems: [] }, '*'),
  );
  await arrived;
  expect(await page.getByText('Forged').count()).toBe(0);
});
