import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { PlatformStatus, SessionDetails } from '../../src/channel/protocol.ts';
import { deviceChannel, devicePageFragment, toDevicePage } from '../../src/provider/deviceFlow/deviceMessages.ts';
import { createSignedOutMark } from '../../src/provider/signedOutMark.ts';
import { hasRememberedSessions, openRememberedSessions } from '../../src/worker/rememberedSessions.ts';
import { memoryStorage } from '../support/memoryStorage.ts';
import { alex, morgan, OrgBrowser } from '../support/orgBrowser.ts';
import { startProviderDesk, type ProviderApp } from '../support/runningProvider.ts';
import { decideOnSecondDevice } from '../support/secondDevice.ts';
import { until } from '../support/until.ts';
import { useProviderOrg } from '../support/useProviderOrg.ts';
import { must } from '../support/workerSession.ts';

describe('signed out', () => {
  const { org, request, connect } = useProviderOrg();
  let browser: OrgBrowser;
  let storage: ReturnType<typeof memoryStorage>;

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    browser = new OrgBrowser(org.url);
    storage = memoryStorage();
  });

  /** One browser, and one storage of the provider's origin: every desk is a new tab of it. */
  const openDesk = (
    options: Parameters<typeof startProviderDesk>[1] = {},
    environment: Parameters<typeof startProviderDesk>[2] = {},
  ) =>
    startProviderDesk(org.url, options, environment, {
      canSignInSilently: true,
      browser,
      signedOut: createSignedOutMark(() => storage),
    });
  const silently = (app: ProviderApp, more: object = {}) =>
    app.ask<SessionDetails | null>('getConnection', { ...request(), ...more });
  const sessions = async (bar: ProviderApp) => must(await bar.ask<PlatformStatus>('platform.status')).sessions;
  const prompt = ({ url }: { url: string }) => new URL(url).searchParams.get('prompt');

  it('signs nobody in unseen in this tab or the next, until somebody signs in', async () => {
    const first = await openDesk();
    const [blotter, bar] = [await first.app('blotter'), await first.app('bar')];
    must(await connect(blotter));
    must(await bar.ask('platform.signOut'));
    const unseen = first.desk.unseen;
    expect(await silently(blotter)).toEqual({ ok: true, data: null });
    expect(await silently(blotter, { ownSession: true })).toEqual({ ok: true, data: null });
    expect(first.desk.unseen).toBe(unseen);

    const second = await openDesk();
    const next = await second.app('blotter');
    expect(await silently(next)).toEqual({ ok: true, data: null });
    expect(second.desk.unseen).toBe(0);
    must(await connect(next));

    const third = await openDesk();
    expect(must(await silently(await third.app('blotter')))).toMatchObject({ currentUser: { Name: 'Morgan Reed' } });
    expect(third.desk.windows).toEqual([]);
  });

  it('stays signed out when somebody signs out while the window of a sign-in still closes', async () => {
    const first = await openDesk();
    const [blotter, bar] = [await first.app('blotter'), await first.app('bar')];
    let windowGone = (): void => undefined;
    first.desk.closing = new Promise((resolve) => {
      windowGone = resolve;
    });
    const { sessionId } = must(await connect(blotter));
    await until(async () => first.desk.closed.length === 1);
    must(await bar.ask('platform.signOut'));
    windowGone();
    expect(
      await blotter.ask('execute', { ...request(), sessionId, endpoint: '/services/data/vXX.X/limits' }),
    ).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    const unseen = first.desk.unseen;
    expect(await silently(blotter)).toEqual({ ok: true, data: null });
    expect(first.desk.unseen).toBe(unseen);
  });

  it('stays signed out in this browser when somebody signs in on another device: the browser may still know who was here', async () => {
    const first = await openDesk();
    must(await connect(await first.app('blotter')));
    must(await (await first.app('bar')).ask('platform.signOut'));

    const byDevice = await openDesk({ orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey, flow: 'device' }] });
    byDevice.desk.person = 'waits';
    const page = new BroadcastChannel(deviceChannel);
    const code = new Promise<string>((resolve) => {
      page.onmessage = ({ data }: MessageEvent<unknown>) => {
        const told = toDevicePage.safeParse(data);
        if (told.success && told.data.kind === 'code') resolve(told.data.userCode);
      };
    });
    const connecting = connect(await byDevice.app('blotter'));
    await until(() => byDevice.desk.windows.length > 0);
    const { signInId } = devicePageFragment.parse(
      Object.fromEntries(new URLSearchParams(new URL(byDevice.desk.windows[0]!.url).hash.slice(1))),
    );
    page.postMessage({ kind: 'ready', signInId });
    await decideOnSecondDevice(org.url, await code.finally(() => page.close()), 'allow', alex);
    expect(must(await connecting)).toMatchObject({ currentUser: { Name: 'Alex Chen' } });

    const next = await openDesk();
    expect(await silently(await next.app('blotter'))).toEqual({ ok: true, data: null });
    expect(next.desk.unseen).toBe(0);
  });

  it('stays signed out when a sign-in is begun and given up', async () => {
    const first = await openDesk();
    const [blotter, bar] = [await first.app('blotter'), await first.app('bar')];
    must(await connect(blotter));
    must(await bar.ask('platform.signOut'));
    first.desk.person = 'closes';
    expect(await connect(blotter)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_WINDOW_CLOSED' } });
    const second = await openDesk();
    expect(await silently(await second.app('blotter'))).toEqual({ ok: true, data: null });
    expect(second.desk.unseen).toBe(0);
  });

  it('does not bring back a remembered session that a page left behind when it went away while signing out', async () => {
    const remembering = [
      { rememberSession: true, silentSignIn: false },
      { openRememberedSessions, hasRememberedSessions },
    ] as const;
    const first = await openDesk(...remembering);
    must(await connect(await first.app('blotter')));
    await first.worker.shutDown();
    const positive = await openDesk(...remembering);
    expect(must(await silently(await positive.app('blotter')))).toMatchObject({ currentUser: { Name: 'Morgan Reed' } });
    await positive.worker.shutDown();

    createSignedOutMark(() => storage).set([org.url]);
    const second = await openDesk(...remembering);
    expect(await silently(await second.app('blotter'))).toEqual({ ok: true, data: null });
    expect(await sessions(await second.app('bar'))).toEqual([]);
    expect(await org.control.approvals()).toEqual([]);
  });

  it("asks who it is, whatever an app passes: prompts are added to the provider's own, hints are left out", async () => {
    const { app, desk } = await openDesk();
    const [blotter, bar] = [await app('blotter'), await app('bar')];
    const cases: [Record<string, string>, string][] = [
      [{ prompt: '' }, 'select_account'],
      [{ prompt: ' ' }, 'select_account'],
      [{ prompt: 'select_account' }, 'select_account'],
      [{ prompt: 'login' }, 'select_account login'],
      [{ prompt: 'consent  login' }, 'select_account consent login'],
      [{ login_hint: morgan.username }, 'select_account'],
      [{ sso_provider: 'CompanyLogin', display: 'popup' }, 'select_account'],
    ];
    for (const [authFlowParams, expected] of cases) {
      must(await connect(blotter));
      must(await bar.ask('platform.signOut'));
      desk.windows.length = 0;
      desk.person = alex;
      expect(must(await connect(blotter, { authFlowParams }))).toMatchObject({ currentUser: { Name: 'Alex Chen' } });
      expect([authFlowParams, desk.windows.map(prompt)]).toEqual([authFlowParams, [expected]]);
      const { searchParams } = new URL(desk.windows[0]!.url);
      expect([searchParams.get('login_hint'), searchParams.get('sso_provider'), searchParams.get('display')]).toEqual([
        null,
        null,
        authFlowParams['display'] ?? null,
      ]);
    }
  });

  it("refuses what would ask nobody or is the sign-in's own, and shows no window for it", async () => {
    const { app, desk } = await openDesk();
    const [blotter, bar] = [await app('blotter'), await app('bar')];
    must(await connect(blotter));
    must(await bar.ask('platform.signOut'));
    desk.windows.length = 0;
    const refused = [
      { prompt: 'none' },
      { prompt: 'login none' },
      { prompt: 'NONE' },
      { Prompt: '' },
      { immediate: 'true' },
      { Immediate: 'true' },
      { scope: 'full' },
      { id_token_hint: 'x' },
      { max_age: '9999999' },
      { acr_values: 'x' },
      { claims: '{}' },
      { state: 'mine' },
      { code_challenge: '' },
      { 'prompt ': 'none' },
    ];
    for (const authFlowParams of refused) {
      expect([authFlowParams, await connect(blotter, { authFlowParams })]).toMatchObject([
        authFlowParams,
        { ok: false, error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('authFlowParams') } },
      ]);
    }
    expect(desk.windows).toEqual([]);
    expect(await sessions(bar)).toEqual([]);
    must(await connect(blotter, { authFlowParams: { prompt: 'login' } }));
  });

  it('gives up sign-ins that were on their way, the ones that wait for their turn too', async () => {
    const { app, desk } = await openDesk();
    const [blotter, notes, bar] = [await app('blotter'), await app('notes'), await app('bar')];
    must(await connect(blotter));
    desk.windows.length = 0;
    desk.person = 'waits';
    const [wide, wider] = [connect(blotter, { scopes: ['web'] }), connect(notes, { scopes: ['web', 'openid'] })];
    await until(() => desk.windows.length === 1);
    must(await bar.ask('platform.signOut'));
    for (const outcome of await Promise.all([wide, wider]))
      expect(outcome).toMatchObject({ ok: false, error: { code: 'SIGN_IN_CANCELLED' } });
    expect(desk.closed).toContain(desk.windows[0]!.signInId);
    expect(desk.windows).toHaveLength(1);
    expect(await sessions(bar)).toEqual([]);
  });

  it('takes in no session that arrives late: the org was still being asked who it is', async () => {
    const { app } = await openDesk();
    const [blotter, bar] = [await app('blotter'), await app('bar')];
    await org.control.injectFault({ kind: 'hang' }, { path: '/sobjects/User/', times: 1 });
    const connecting = connect(blotter);
    await until(async () =>
      Object.keys((await org.control.counts()).requests).some((path) => path.includes('/sobjects/User/')),
    );
    must(await bar.ask('platform.signOut'));
    await org.control.clearFaults();
    expect(await connecting).toMatchObject({ ok: false, error: { code: 'SIGN_IN_CANCELLED' } });
    await until(async () => (await org.control.approvals()).length === 0);
    expect(await sessions(bar)).toEqual([]);
    expect(await silently(blotter)).toEqual({ ok: true, data: null });
    must(await connect(blotter));
    expect(await sessions(bar)).toHaveLength(1);
  });
});
