/** Which record a record view goes to that follows a user channel, at the whole provider. */
import type { Context } from '@finos/fdc3';
import type { RecordViewReply } from '../../src/channel/protocol.ts';
import type { ProviderConfigurationInput } from '../../src/provider/configuration.ts';
import { createInMemoryDesktopAgent } from '../intents/inMemoryDesktopAgent.ts';
import { useOrg } from '../support/org.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { must } from '../support/workerSession.ts';

const org = useOrg();
const tim = { type: 'fdc3.contact', name: 'Tim Barr', id: { email: 'barr_tim@grandhotels.com' } };

/** A view that an app has opened, and what it asks. */
async function start(options: Partial<ProviderConfigurationInput> = {}) {
  const allowedApps = [
    { name: 'Blotter', uuid: 'blotter', appId: 'blotter' },
    { name: 'Record view', uuid: 'record-view', role: 'recordView' as const },
    { name: 'Bar', uuid: 'bar', role: 'platform' as const },
  ];
  const agent = createInMemoryDesktopAgent({ appId: 'blotter' });
  const { desk, app } = await startProviderDesk(org.url, { allowedApps, ...options }, {}, { agent });
  const raise = async (context: Context) => (await agent.raiseIntent('ViewContact', context)).getResult();
  const { id } = (await raise(tim)) as unknown as { id: { SALESFORCE: string } };
  const { viewId } = desk.views[0]!;
  const page = await app('record-view');
  const follow = (context: object) =>
    page.ask<{ type: string; id: string } | null>('recordView.follow', { viewId, context });
  return { desk, app, raise, page, viewId, follow, timId: id.SALESFORCE };
}

describe('a record view that follows a channel', () => {
  it('is told the one record that is meant, and nothing is opened for it', async () => {
    const { desk, follow, timId } = await start();
    expect(must(await follow(tim))).toEqual({ type: 'Contact', id: timId });
    expect(must(await follow({ type: 'salesforce.record', id: { SALESFORCE_ID: timId } }))).toEqual({
      type: 'Contact',
      id: timId,
    });
    const hotels = { type: 'fdc3.organization', name: 'Grand Hotels & Resorts Ltd', id: {} };
    const account = must(await follow(hotels));
    expect(account).toMatchObject({ type: 'Account' });
    expect(must(await follow({ type: 'fdc3.instrument', id: { SALESFORCE: account!.id } }))).toEqual(account);
    expect(desk.views).toHaveLength(1);
    expect(desk.notices).toEqual([]);
  });

  it('is told of none where several may be meant, nobody is known, or the context is of another kind', async () => {
    const { desk, follow } = await start();
    for (const context of [
      { type: 'fdc3.contact', name: 'Smith', id: {} },
      { type: 'fdc3.contact', name: 'Zora Quillfeather', id: { email: 'zora@moonbeam.example' } },
      { type: 'fdc3.chart', instruments: [] },
    ])
      expect(must(await follow(context))).toBeNull();
    expect(await follow({ type: 'fdc3.contact', id: {} })).toMatchObject({ error: { code: 'INVALID_PARAMETER' } });
    expect([desk.views.length, desk.notices]).toEqual([1, []]);
  });

  it('goes to the record that its person has chosen before for the same', async () => {
    const { desk, page, raise, follow, timId } = await start();
    const smith = { type: 'fdc3.contact', name: 'Smith', id: { desk: 'D-1' } };
    expect(must(await follow(smith))).toBeNull();
    const raised = raise(smith);
    await until(() => desk.views.length === 2);
    must(await page.ask('recordView.chosen', { viewId: desk.views[1]!.viewId, type: 'Contact', id: timId }));
    await raised;
    expect(must(await follow(smith))).toEqual({ type: 'Contact', id: timId });
  });

  it('is told of no record of another org than its own', async () => {
    const { follow, timId } = await start();
    const link = (origin: string) => ({
      ...tim,
      id: { SALESFORCE: timId, URI: `${origin}/lightning/r/Contact/${timId}/view` },
    });
    expect(must(await follow(link(org.url)))).toEqual({ type: 'Contact', id: timId });
    expect(must(await follow(link('https://other.my.salesforce.com')))).toBeNull();
  });

  it('leads nobody through a sign-in', async () => {
    const { desk, app, page, viewId, follow } = await start();
    must(await (await app('bar')).ask('platform.signOut'));
    const before = desk.windows.length;
    expect(await follow(tim)).toMatchObject({ ok: false });
    expect(await page.ask('recordView.state', { viewId })).toMatchObject({ ok: false });
    expect(desk.windows).toHaveLength(before);
  });

  it('shares what the configuration says, and follows where that is set', async () => {
    const sharing = async (recordViews?: ProviderConfigurationInput['recordViews']) => {
      const { page, viewId } = await start(recordViews ? { recordViews } : {});
      return must(await page.ask<RecordViewReply>('recordView.state', { viewId })).sharing;
    };
    expect(await sharing()).toEqual({ broadcasts: true, follows: false });
    expect(await sharing({ userChannel: 'green', broadcasts: false, follows: true })).toEqual({
      userChannel: 'green',
      broadcasts: false,
      follows: true,
    });
  });
});
