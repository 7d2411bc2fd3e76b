/** FDC3 `open` on the sample desktop: another instance of an app in a pane of its own. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DesktopAgent } from '@finos/fdc3';
import { appFrame, openDesk } from './deskPage.ts';
import { openOrigin, type Origin } from './servePages.ts';
import { useDesk } from './useDesk.ts';

declare const fdc3: DesktopAgent;

/** Serves the directory of others, and one of their apps. */
let others: Origin;
/** Takes connections, and never answers. */
let silent: Server;

const sample = useDesk(async () => {
  others = await openOrigin();
  silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const silentUrl = `http://localhost:${(silent.address() as AddressInfo).port}/v2/apps`;
  const record = (appId: string, url: string) => ({
    appId,
    title: appId,
    type: 'web',
    details: { url },
    interop: { intents: { listensFor: { ViewChart: { contexts: ['fdc3.instrument'] } } } },
  });
  const applications = [record('charts', `${others.url}/`), record('no-address', 'nowhere')];
  others.files.set('/v2/apps', { type: 'application/json', body: JSON.stringify({ applications }) });
  others.files.set('/', { type: 'text/html', body: '<title>Charts</title><h1>Charts of others</h1>' });
  return {
    environment: {
      SANDBOX_DIRECTORIES: JSON.stringify({ [silentUrl]: [others.url], [`${others.url}/v2/apps`]: [others.url] }),
    },
  };
});
afterAll(async () => {
  silent?.closeAllConnections();
  silent?.close();
  await others?.close();
});

it('shows an app of a directory of others, although another directory never answers', async () => {
  const context = await sample.newContext();
  const warnings: string[] = [];
  context.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const page = await openDesk(context, sample.desk);
  expect(warnings).toEqual(
    expect.arrayContaining([
      expect.stringContaining('is left out: it did not answer in time.'),
      expect.stringMatching(/record 2 \(no-address\) is left out: details\.url: /),
    ]),
  );
  const messages = await appFrame(page, sample.desk, 'intent-raiser');
  const found = await messages.evaluate(() => fdc3.findIntent('ViewChart'));
  expect(found.apps.map(({ appId }) => appId)).toEqual(['charts']);
  // This app never joins, so that `open` has no end that this test could wait for.
  await messages.evaluate(() => void fdc3.open({ appId: 'charts' }).catch(() => undefined));
  await page.frameLocator('iframe[title=charts]').getByRole('heading', { name: 'Charts of others' }).waitFor();
  await sample.close(context);
}, 120_000);

it('shows an app once more where another app opens it, until the person closes it', async () => {
  const context = await sample.newContext();
  const page = await openDesk(context, sample.desk);
  const messages = await appFrame(page, sample.desk, 'intent-raiser');
  const contacts = page.locator('section[aria-label^=Contacts]');
  await expectCount(1);
  expect(await contacts.getByRole('button', { name: 'Close Contacts' }).count()).toBe(0);

  const { appId, instanceId } = await messages.evaluate(() => fdc3.open({ appId: 'contacts' }));
  await expectCount(2);
  const instances = await messages.evaluate(() => fdc3.findInstances({ appId: 'contacts' }));
  expect(appId).toBe('contacts');
  expect(instances.map((one) => one.instanceId)).toContain(instanceId);
  await contacts.getByRole('button', { name: 'Close Contacts 2' }).click();
  await expectCount(1);
  await messages.waitForFunction(async () => (await fdc3.findInstances({ appId: 'contacts' })).length === 1);

  await sample.close(context);

  async function expectCount(count: number): Promise<void> {
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('section[aria-label^=Contacts]').length === wanted,
      count,
    );
  }
}, 120_000);
