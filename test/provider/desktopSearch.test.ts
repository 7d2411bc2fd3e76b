/** The search of the desktop at the whole provider: whose it is, and what comes of it. */
import type { SearchAction, SearchReply } from '../../src/channel/searchMessages.ts';
import { useOrg } from '../support/org.ts';
import { alex } from '../support/orgBrowser.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { must } from '../support/workerSession.ts';

const org = useOrg({ contacts: 30 });
const allowedApps = [
  { name: 'Blotter', uuid: 'blotter', appId: 'blotter' },
  { name: 'Bar', uuid: 'bar', role: 'platform' as const },
];

async function start() {
  const provider = await startProviderDesk(org.url, { allowedApps });
  const bar = await provider.app('bar');
  const search = async (query: string, objects?: string[]) =>
    must(await bar.ask<SearchReply>('platform.search', { query, ...(objects && { objects }) }));
  return { ...provider, bar, search };
}

it('leads to the sign-in while nobody is signed in, and shows nobody a window by itself', async () => {
  const { desk, bar, search } = await start();
  expect((await search('Tim Barr')).items).toMatchObject([{ kind: 'signIn' }]);
  expect(desk.windows).toEqual([]);
  must(await bar.ask('platform.signIn', {}));
  expect((await search('Tim Barr', ['Contact'])).items).toMatchObject([{ title: 'Tim Barr', label: 'Contact' }]);
});

it('opens the record that is picked, and logs a call with whom it is about', async () => {
  const { desk, bar, search } = await start();
  must(await bar.ask('platform.signIn', {}));
  const { items } = await search('Tim Barr', ['Contact']);
  const deeds = items[0]!.actions.flatMap(({ does }) => (does.kind === 'intent' ? [does] : []));
  for (const { intent, context } of deeds) must(await bar.ask('platform.raise', { intent, context }));
  await until(() => desk.views.length === 2);
  expect(desk.views.map(({ title }) => title).toSorted()).toEqual(['Log: Call with Tim Barr', 'Tim Barr']);
  expect(desk.notices).toEqual([]);
});

it('says by a notice what could not be done', async () => {
  const { desk, bar } = await start();
  must(await bar.ask('platform.signIn', {}));
  const context = { type: 'salesforce.record', name: 'Gone', id: {} };
  must(await bar.ask('platform.raise', { intent: 'salesforce.ViewRecord', context }));
  await until(() => desk.notices.length === 1);
  expect(desk.notices[0]!.title).toMatch(/^Desktop search wanted to show/);
});

it('is for the platform page alone', async () => {
  const provider = await startProviderDesk(org.url, { allowedApps });
  const app = await provider.app('blotter');
  for (const [action, payload] of [
    ['platform.search', { query: 'Tim' }],
    ['platform.raise', { intent: 'salesforce.ViewRecord', context: { type: 'salesforce.record' } }],
  ] as const)
    expect(await app.ask(action, payload)).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED' } });
});

it('shows the next person nothing of what the one before has viewed', async () => {
  const { desk, bar, search } = await start();
  must(await bar.ask('platform.signIn', {}));
  const { items } = await search('Tim Barr', ['Contact']);
  expect((await search('')).items.map(({ title }) => title)).not.toContain('Tim Barr');
  const [{ does: view }] = items[0]!.actions as [SearchAction];
  must(await bar.ask('platform.raise', view));
  await until(() => desk.audit.some(({ target }) => target?.endsWith('/query') && desk.views.length === 1));
  await until(async () => (await search('')).items.some(({ title }) => title === 'Tim Barr'));
  must(await bar.ask('platform.signOut', {}));
  expect((await search('')).items).toMatchObject([{ kind: 'signIn' }]);
  desk.person = alex;
  must(await bar.ask('platform.signIn', {}));
  expect((await search('')).items.map(({ title }) => title)).not.toContain('Tim Barr');
});

it('leaves what was typed out of the audit trail', async () => {
  const { desk, bar, search } = await start();
  must(await bar.ask('platform.signIn', {}));
  await search('Zephyrine secret takeover');
  expect(desk.audit.some(({ action }) => action === 'platform.search')).toBe(true);
  expect(JSON.stringify(desk.audit)).not.toMatch(/Zephyrine|takeover/);
});
