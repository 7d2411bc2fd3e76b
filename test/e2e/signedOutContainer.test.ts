import type { DesktopAgent } from '@finos/fdc3';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { allowedUuids, providerUuid, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import type { ContainerRuntime, ContainerWindow } from '../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { morgan } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { callAs, valueOf } from './deskPage.ts';

jest.setTimeout(90_000);

const signInWindow = 'salesforce-sign-in-';
const barUuid = 'bar-app';

describe('signed out in the desktop container', () => {
  let desk: ContainerDesk;
  let browser: Browser;
  let runtime: ContainerRuntime;
  let provider: ContainerWindow;
  const changes = () => ({
    showSignInWindowAfterMs: 600_000,
    allowedApps: [...(desk.configuration['allowedApps'] as object[]), { name: 'Bar', uuid: barUuid, role: 'platform' }],
  });

  beforeAll(async () => {
    [desk, browser] = await Promise.all([startContainerDesk(), launchHeadlessShell()]);
    // So that the org would sign in unseen whom it knows.
    await desk.org.control.setApp(defaultConsumerKey, {
      adminApprovedOnly: true,
      approvedUsernames: [morgan.username],
    });
  });
  beforeEach(async () => {
    await desk.org.startOver();
    ({ runtime, provider } = await desk.startRuntime(browser, changes()));
  });
  afterEach(() => runtime.close());
  afterAll(async () => {
    await browser?.close();
    await desk?.stop();
  });

  const silent = (app: Page) =>
    callAs(app.mainFrame(), async (client) => (await client.getConnection())?.currentUser.Name ?? null);
  const restartProvider = async () => {
    await provider.page.close();
    await until(() => provider.closed);
    provider = await runtime.launch({
      manifest: desk.providerManifest(changes()),
      uuid: providerUuid,
      url: provider.page.url(),
    });
  };
  /** What a platform's own window does; the client has no such verb. */
  const signOut = (bar: Page) =>
    bar.evaluate(async () => {
      type Runtime = {
        InterApplicationBus: {
          Channel: { connect(name: string): Promise<{ dispatch(action: string, payload: object): Promise<unknown> }> };
        };
      };
      const { fin } = window as unknown as { fin: Runtime };
      const channel = await fin.InterApplicationBus.Channel.connect('salesforce-interop');
      await channel.dispatch('hello', { protocol: { major: 1, minor: 0 }, client: { name: 'bar', version: '1' } });
      return channel.dispatch('platform.signOut', {});
    });

  it('closes the record views, and whoever waits for a choice in one gets none', async () => {
    const { page: app } = await desk.launchApp(runtime, allowedUuids[0]);
    const { page: bar } = await desk.launchApp(runtime, barUuid);
    const connecting = callAs(app.mainFrame(), async (client) => (await client.connect()).currentUser.Name);
    await signInOn((await runtime.shownWindow(signInWindow)).page);
    valueOf(await connecting);
    const raised = app.evaluate(async () => {
      const { fin } = window as unknown as { fin: { me: { interop: { getFDC3Sync(version: string): DesktopAgent } } } };
      const resolution = await fin.me.interop
        .getFDC3Sync('2.0')
        .raiseIntent('ViewContact', { type: 'fdc3.contact', name: 'Smith', id: {} });
      return resolution.getResult().then(
        () => 'answered',
        (error: Error) => error.message,
      );
    });
    const view = await runtime.shownWindow('salesforce-record-');
    await view.page.getByRole('searchbox', { name: /^Search/ }).waitFor();
    await view.page.reload();
    await view.page.getByRole('searchbox', { name: /^Search/ }).waitFor();
    expect(await signOut(bar)).toMatchObject({ ok: true });
    await until(() => view.closed);
    expect(await raised).not.toBe('answered');
  });

  it("signs nobody in unseen, in the provider's next life too, until somebody signs in", async () => {
    const { page: app } = await desk.launchApp(runtime, allowedUuids[0]);
    const { page: bar } = await desk.launchApp(runtime, barUuid);
    const signIn = async () => {
      const connecting = callAs(app.mainFrame(), async (client) => (await client.connect()).currentUser.Name);
      const { page } = await runtime.shownWindow(signInWindow);
      const known = page.getByRole('button', { name: /Morgan Reed/ }).first();
      await page.getByLabel('Username').waitFor();
      if (await page.getByText('or use another account').isVisible()) await known.click();
      else await signInOn(page);
      expect(valueOf(await connecting)).toBe('Morgan Reed');
    };
    await signIn();
    await restartProvider();
    expect(valueOf(await silent(app))).toBe('Morgan Reed');

    expect(await signOut(bar)).toMatchObject({ ok: true });
    expect(valueOf(await silent(app))).toBeNull();
    await restartProvider();
    expect(valueOf(await silent(app))).toBeNull();
    await signIn();
    await restartProvider();
    expect(valueOf(await silent(app))).toBe('Morgan Reed');
  });
});
