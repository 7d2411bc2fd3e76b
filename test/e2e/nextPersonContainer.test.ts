/** Two people at one desktop container, one after the other, and what record views share there. */
import type { DesktopAgent } from '@finos/fdc3';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ContainerRuntime } from '../../sandbox/container/containerRuntime.ts';
import { signInOn } from '../../sandbox/testing/signIn.ts';
import { launchHeadlessShell } from '../support/chromium.ts';
import { allowedUuids, providerUuid, startContainerDesk, type ContainerDesk } from '../support/containerDesk.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { callAs, valueOf } from './deskPage.ts';
import { findTraces } from './findTraces.ts';

jest.setTimeout(90_000);

type Context = { type: string; name?: string };
interface AppWindow {
  fin: {
    me: { interop: { getFDC3Sync(version: string): DesktopAgent } };
    InterApplicationBus: {
      Channel: { connect(name: string): Promise<{ dispatch(action: string, payload: object): Promise<unknown> }> };
    };
  };
  heard: Context[];
}

const barUuid = 'bar-app';
const tim = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } };

describe('in the desktop container', () => {
  let desk: ContainerDesk;
  let browser: Browser;
  let runtime: ContainerRuntime;
  let app: Page;

  beforeAll(async () => {
    [desk, browser] = await Promise.all([startContainerDesk(), launchHeadlessShell()]);
  });
  beforeEach(async () => {
    await desk.org.startOver();
    ({ runtime } = await desk.startRuntime(browser, {
      showSignInWindowAfterMs: 600_000,
      recordViews: { userChannel: 'green' },
      allowedApps: [
        ...(desk.configuration['allowedApps'] as object[]),
        { name: 'Bar', uuid: barUuid, role: 'platform' },
      ],
    }));
    app = await launch(allowedUuids[0]);
    await signIn(app, morgan);
    await listen(app);
  });
  afterEach(() => runtime.close());
  afterAll(async () => {
    try {
      expect(desk.watch.leaks(await desk.org.control.secrets())).toEqual([]);
    } finally {
      await browser?.close();
      await desk?.stop();
    }
  });

  const launch = async (uuid: string): Promise<Page> => (await desk.launchApp(runtime, uuid)).page;
  async function signIn(from: Page, user: typeof morgan): Promise<void> {
    const connecting = callAs(from.mainFrame(), async (client) => (await client.connect()).currentUser.Username);
    await signInOn((await runtime.shownWindow('salesforce-sign-in-')).page, user);
    expect(valueOf(await connecting)).toBe(user.username);
  }
  /** Joins the record views' channel; what is heard there is kept. */
  const listen = (page: Page) =>
    page.evaluate(async () => {
      const { fin } = window as unknown as AppWindow;
      const agent = fin.me.interop.getFDC3Sync('2.0');
      const heard: Context[] = [];
      Object.assign(window, { heard });
      await agent.joinUserChannel('green');
      await agent.addContextListener(null, (context) => void heard.push(context as Context));
    });
  const heard = (page: Page) => page.evaluate(() => (window as unknown as AppWindow).heard);
  const share = (page: Page, context: object) =>
    page.evaluate(
      (given) => (window as unknown as AppWindow).fin.me.interop.getFDC3Sync('2.0').broadcast(given as Context),
      context,
    );
  /** Raises an intent; nobody waits for its answer. */
  const raise = (intent: string, context: object) =>
    app.evaluate(
      ([name, given]) => {
        const agent = (window as unknown as AppWindow).fin.me.interop.getFDC3Sync('2.0');
        void agent
          .raiseIntent(name, given as Context)
          .then((resolution) => resolution.getResult())
          .catch(() => undefined);
      },
      [intent, context] as const,
    );
  const recordViews = () =>
    runtime.windows().filter(({ name, closed }) => name.startsWith('salesforce-record-') && !closed);
  /** The record view that shows this, once it does. */
  async function viewWith(heading: string): Promise<Page> {
    let found: Page | undefined;
    await until(async () => {
      for (const { page } of recordViews())
        if ((await page.getByRole('heading', { name: heading }).count()) > 0) found = page;
      return found !== undefined;
    });
    return found!;
  }
  const signOut = async () => {
    const bar = await launch(barUuid);
    const answer = await bar.evaluate(async () => {
      const { fin } = window as unknown as AppWindow;
      const channel = await fin.InterApplicationBus.Channel.connect('salesforce-interop');
      await channel.dispatch('hello', { protocol: { major: 1, minor: 0 }, client: { name: 'bar', version: '1' } });
      return channel.dispatch('platform.signOut', {});
    });
    expect(answer).toMatchObject({ ok: true });
  };

  it('a record view tells its channel which record is opened, and shows what is shared there, if the person wants that', async () => {
    await raise('ViewContact', tim);
    const view = await viewWith('Tim Barr');
    await until(async () => (await heard(app)).length === 2);
    expect(await heard(app)).toMatchObject([
      { type: 'salesforce.record', objectType: 'Contact' },
      { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } },
    ]);
    await share(app, { type: 'fdc3.contact', name: 'John Bond', id: { email: 'bond_john@grandhotels.com' } });
    await view.getByRole('checkbox', { name: 'Show what others share' }).check();
    await share(app, { type: 'fdc3.organization', name: 'Dickenson plc', id: {} });
    expect(await viewWith('Dickenson plc')).toBe(view);
    await view.evaluate(() => history.back());
    // Not the record that was shared before the person wanted any.
    await view.getByRole('heading', { name: 'Tim Barr' }).first().waitFor();
    await until(async () => (await heard(app)).at(-1)?.name === 'Tim Barr');
  });

  it('the next person sees nothing of the one before, in no window and on no channel', async () => {
    await raise('ViewContact', tim);
    const view = await viewWith('Tim Barr');
    await until(async () => (await heard(app)).length === 2);
    await view.getByRole('button', { name: 'Edit', exact: true }).click();
    await view.locator('form.edit').getByLabel('Title', { exact: true }).fill('zzqtyped-title');
    await raise('CreateInteraction', {
      type: 'fdc3.interaction',
      participants: { type: 'fdc3.contactList', contacts: [tim] },
      interactionType: 'Call',
      description: 'zzqdraft-call',
    });
    await viewWith('Log this in Salesforce?');
    const marks = ['Tim Barr', 'barr_tim', 'Morgan Reed', 'zzqtyped-title', 'zzqdraft-call'];
    const left = await findTraces(runtime.context, marks);
    for (const mark of marks.filter((one) => one !== 'Morgan Reed'))
      expect([mark, left.some((trace) => trace.includes(mark))]).toEqual([mark, true]);

    await signOut();
    await until(() => recordViews().length === 0);
    expect(await findTraces(runtime.context, marks)).toEqual([]);
    const late = await launch(allowedUuids[1]);
    await listen(late);
    await share(late, { type: 'fdc3.nothing' });
    await until(async () => (await heard(late)).length === 1);
    expect(await heard(late)).toEqual([{ type: 'fdc3.nothing' }]);

    await desk.org.control.endBrowserSessions();
    await signIn(late, alex);
    await raise('ViewContact', { type: 'fdc3.contact', name: 'Smith', id: {} });
    await until(() => recordViews().length === 1);
    const [{ page: choice }] = recordViews() as [typeof recordViews extends () => (infer W)[] ? W : never];
    await choice.getByRole('searchbox', { name: /^Search/ }).waitFor();
    for (const move of ['stay', 'reload', 'leave'] as const) {
      if (move === 'reload') await choice.reload();
      if (move === 'leave') await choice.goto('about:blank').then(() => choice.goBack());
      await choice.getByRole('searchbox', { name: /^Search/ }).waitFor();
      expect(await findTraces(runtime.context, marks)).toEqual([]);
    }
    expect(runtime.windows().some(({ uuid, name }) => uuid === providerUuid && name === providerUuid)).toBe(true);
  });
});
