/** FDC3 `open` on the sample desktop: another instance of an app in a pane of its own. */
import type { DesktopAgent } from '@finos/fdc3';
import { appFrame, openDesk } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

declare const fdc3: DesktopAgent;

const sample = useDesk();

it('shows an app once more where another app opens it, until the person closes it', async () => {
  const context = await sample.newContext();
  const page = await openDesk(context, sample.desk);
  const messages = await appFrame(page, sample.desk, 'intent-raiser');
  const contacts = page.locator('section[aria-label=Contacts]');
  await expectCount(1);
  expect(await contacts.getByRole('button', { name: 'Close Contacts' }).count()).toBe(0);

  const { appId, instanceId } = await messages.evaluate(() => fdc3.open({ appId: 'contacts' }));
  await expectCount(2);
  const instances = await messages.evaluate(() => fdc3.findInstances({ appId: 'contacts' }));
  expect(appId).toBe('contacts');
  expect(instances.map((one) => one.instanceId)).toContain(instanceId);
  await contacts.getByRole('button', { name: 'Close Contacts' }).click();
  await expectCount(1);
  await messages.waitForFunction(async () => (await fdc3.findInstances({ appId: 'contacts' })).length === 1);

  await sample.close(context);

  async function expectCount(count: number): Promise<void> {
    await page.waitForFunction(
      (wanted) => document.querySelectorAll('section[aria-label=Contacts]').length === wanted,
      count,
    );
  }
}, 120_000);
