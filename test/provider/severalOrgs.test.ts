/**
 * A desktop whose provider is configured for two orgs: whose records an intent shows, and where its view reads them.
 */
import type { Context } from '@finos/fdc3';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { PlatformStatus, RecordViewReply, SessionDetails } from '../../src/channel/protocol.ts';
import { lightningRecordUrl } from '../../src/salesforce/apiPaths.ts';
import { createInMemoryDesktopAgent } from '../intents/inMemoryDesktopAgent.ts';
import { alex, morgan, OrgBrowser } from '../support/orgBrowser.ts';
import { useOrg } from '../support/org.ts';
import { startProviderDesk, type ProviderApp, type ProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { must } from '../support/workerSession.ts';

const [home, emea] = [useOrg({ contacts: 20 }), useOrg({ contacts: 20 })];
const allowedApps = [
  { name: 'Blotter', uuid: 'blotter', appId: 'blotter' },
  { name: 'Chat', uuid: 'chat', appId: 'chat' },
  { name: 'Record view', uuid: 'record-view', role: 'recordView' as const },
  { name: 'Bar', uuid: 'bar', role: 'platform' as const },
];
let requests = 0;
const request = () => ({ requestId: `r${(requests += 1)}` });
const orgOf = ({ url }: { url: string }) => ({ orgUrl: url, consumerKey: defaultConsumerKey });

async function start() {
  const agent = createInMemoryDesktopAgent({ appId: 'blotter' });
  const orgs = [home, emea].map((org) => ({ ...orgOf(org), embedded: true }));
  const provider = await startProviderDesk(
    home.url,
    { orgs, extraOrgOrigins: [home.url, emea.url], allowedApps },
    {},
    { agent },
  );
  const raise = async (context: Context, intent = 'ViewContact') =>
    (await (await agent.raiseIntent(intent, context)).getResult()) as Context & { link?: string };
  const windowsOf = ({ url }: { url: string }) => provider.desk.windows.filter(({ orgUrl }) => orgUrl === url).length;
  return { ...provider, raise, windowsOf };
}

const connect = async (app: ProviderApp, to: { url: string }) =>
  must(await app.ask<SessionDetails>('connect', { ...request(), ...orgOf(to) }));

/** Somebody whom only this org knows, created by an app that is connected to it. */
async function createContact(app: ProviderApp, { sessionId }: SessionDetails, LastName: string): Promise<string> {
  const created = must(
    await app.ask<{ body: { value: { id: string } } }>('execute', {
      ...request(),
      sessionId,
      endpoint: '/services/data/vXX.X/sobjects/Contact',
      method: 'POST',
      body: { kind: 'json', value: { LastName } },
    }),
  );
  return created.body.value.id;
}

/** What the view that was opened last shows, read by its page as the record view reads it. */
async function readView({ desk, app }: Pick<ProviderDesk, 'desk' | 'app'>): Promise<{ orgUrl: string; name: unknown }> {
  const page = await app('record-view');
  const shown = must(await page.ask<RecordViewReply>('recordView.state', { viewId: desk.views.at(-1)!.viewId }));
  if (shown.kind !== 'record') throw new Error(`The view shows ${shown.kind}`);
  const { orgUrl, consumerKey, type, id } = shown;
  const session = must(await page.ask<SessionDetails>('connect', { ...request(), orgUrl, consumerKey }));
  const answer = must(
    await page.ask<{ body: { value: { Name: unknown } } }>('execute', {
      ...request(),
      sessionId: session.sessionId,
      endpoint: `/services/data/vXX.X/sobjects/${type}/${id}`,
    }),
  );
  return { orgUrl: session.orgUrl, name: answer.body.value.Name };
}

describe('an intent on a desktop with two orgs', () => {
  it('is answered in the org that its app is connected to, and its view reads the record there', async () => {
    const { desk, app, raise, windowsOf } = await start();
    const blotter = await app('blotter');
    const session = await connect(blotter, emea);
    const id = await createContact(blotter, session, 'Emea Only-Test');
    const shown = await raise({ type: 'fdc3.contact', name: 'Emea Only-Test', id: {} });
    expect(shown).toMatchObject({ id: { SALESFORCE: id }, link: lightningRecordUrl(emea.url, 'Contact', id) });
    expect(await readView({ desk, app })).toEqual({ orgUrl: emea.url, name: 'Emea Only-Test' });
    expect([windowsOf(home), windowsOf(emea)]).toEqual([0, 1]);
  });

  it('is answered in the org that a link of its context leads to, and led through signing in there', async () => {
    const { desk, app, raise, windowsOf } = await start();
    const [blotter, chat, bar] = [await app('blotter'), await app('chat'), await app('bar')];
    const id = await createContact(chat, await connect(chat, emea), 'Linked To-Test');
    must(await bar.ask('platform.signOut'));
    await connect(blotter, home);
    const URI = lightningRecordUrl(emea.url, 'Contact', id);
    expect(await raise({ type: 'fdc3.contact', id: { URI } })).toMatchObject({ name: 'Linked To-Test', link: URI });
    expect(await readView({ desk, app })).toEqual({ orgUrl: emea.url, name: 'Linked To-Test' });
    expect(windowsOf(emea)).toBe(2);
  });

  it('is answered in the default org for an app that is connected to none, also after an intent of it was answered in another', async () => {
    const { raise, desk, app } = await start();
    const chat = await app('chat');
    const there = await createContact(chat, await connect(chat, emea), 'Elsewhere-Test');
    const here = await createContact(chat, await connect(chat, home), 'Here-Test');
    await raise({ type: 'fdc3.contact', id: { URI: lightningRecordUrl(emea.url, 'Contact', there) } });
    expect(await raise({ type: 'fdc3.contact', name: 'Here-Test', id: {} })).toMatchObject({
      link: lightningRecordUrl(home.url, 'Contact', here),
    });
    expect(await readView({ desk, app })).toEqual({ orgUrl: home.url, name: 'Here-Test' });
  });

  it('that fails leads to a search in the org that it was for', async () => {
    const { desk, app, raise } = await start();
    const [blotter, bar, page] = [await app('blotter'), await app('bar'), await app('record-view')];
    await connect(blotter, emea);
    await raise({ type: 'fdc3.organization', id: {} }, 'ViewAccount').catch(() => undefined);
    await bar.ask('platform.noticeAnswered', { noticeId: desk.notices[0]!.noticeId, way: 'search' });
    await until(() => desk.views.length === 1);
    expect(must(await page.ask('recordView.state', { viewId: desk.views[0]!.viewId }))).toMatchObject({
      kind: 'none',
      type: 'Account',
      ...orgOf(emea),
    });
  });
});

describe('a provider with two orgs that starts', () => {
  const startIn = (browser: OrgBrowser, otherBrowsers: Map<string, OrgBrowser>) =>
    startProviderDesk(
      home.url,
      {
        orgs: [home, emea].map((org) => ({ ...orgOf(org), embedded: true })),
        extraOrgOrigins: [home.url, emea.url],
        allowedApps,
      },
      {},
      { canSignInSilently: true, browser, otherBrowsers },
    );
  const signedInTo = async ({ app }: Pick<ProviderDesk, 'app'>) => {
    const bar = await app('bar');
    // Answered once the provider has tried what it tries at start.
    must(await bar.ask('states'));
    const { sessions } = must(await bar.ask<PlatformStatus>('platform.status'));
    return sessions.map(({ orgUrl, state }) => [orgUrl, state]);
  };

  it('is signed in unseen to each of them that still knows the person, and to no other', async () => {
    const [browser, otherBrowsers] = [new OrgBrowser(home.url), new Map<string, OrgBrowser>()];
    const first = await startIn(browser, otherBrowsers);
    expect(await signedInTo(first)).toEqual([]);
    expect(first.desk.unseen).toBe(2);
    const blotter = await first.app('blotter');
    await connect(blotter, home);
    await connect(blotter, emea);

    const second = await startIn(browser, otherBrowsers);
    expect(await signedInTo(second)).toEqual([
      [home.url, 'signedIn'],
      [emea.url, 'signedIn'],
    ]);
    const third = await startIn(new OrgBrowser(home.url), otherBrowsers);
    expect(await signedInTo(third)).toEqual([[emea.url, 'signedIn']]);
    expect([second, third].map(({ desk }) => desk.windows.length)).toEqual([0, 0]);
  });
});

describe('a platform page on a desktop with two orgs', () => {
  it('leads the person to the default org, or to the one that it names', async () => {
    const { desk, app } = await start();
    const bar = await app('bar');
    desk.person = morgan;
    must(await bar.ask('platform.signIn'));
    desk.person = alex;
    must(await bar.ask('platform.signIn', { orgUrl: emea.url }));
    const { sessions, defaultOrgUrl, orgs } = must(await bar.ask<PlatformStatus>('platform.status'));
    expect(orgs).toEqual([orgOf(home), orgOf(emea)]);
    expect(sessions.map(({ orgUrl, userName }) => [orgUrl, userName])).toEqual([
      [home.url, 'Morgan Reed'],
      [emea.url, 'Alex Chen'],
    ]);
    expect(defaultOrgUrl).toBe(home.url);
    expect(await bar.ask('platform.signIn', { orgUrl: 'https://elsewhere.my.salesforce.com' })).toMatchObject({
      error: { code: 'INVALID_PARAMETER' },
    });
  });
});
