import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import type { PlatformStatus, SessionDetails } from '../../src/channel/protocol.ts';
import { createOrgClock } from '../../src/worker/orgClock.ts';
import { hasRememberedSessions, openRememberedSessions } from '../../src/worker/rememberedSessions.ts';
import { alex, morgan, OrgBrowser } from '../support/orgBrowser.ts';
import { startProviderDesk, type ProviderApp } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { useProviderOrg } from '../support/useProviderOrg.ts';
import { must } from '../support/workerSession.ts';

describe('sessions that apps share, widen or have for themselves', () => {
  const { org, request, connect } = useProviderOrg();
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });

  const silently = (app: ProviderApp) => app.ask<SessionDetails | null>('getConnection', request());
  const whoIs = async (app: ProviderApp, sessionId: string) => {
    const answer = must(
      await app.ask<{ body: { value: { preferred_username: string } } }>('execute', {
        ...request(),
        sessionId,
        endpoint: '/services/oauth2/userinfo',
      }),
    );
    return answer.body.value.preferred_username;
  };
  const scopesAsked = ({ url }: { url: string }) => new URL(url).searchParams.get('scope')!.split(' ').sort();

  it('widens the shared session for an app that wants more, and the others go on with the same one', async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const [blotter, notes] = [await app('blotter'), await app('notes')];
    const narrow = must(await connect(blotter));
    const wide = must(await connect(notes, { scopes: ['web'] }));
    expect(wide.sessionId).toBe(narrow.sessionId);
    expect(wide.scopes).toEqual(expect.arrayContaining(['api', 'refresh_token', 'web']));
    expect(desk.windows.map(scopesAsked)).toEqual([
      ['api', 'refresh_token'],
      ['api', 'refresh_token', 'web'],
    ]);
    expect(await whoIs(blotter, narrow.sessionId)).toBe(morgan.username);
    expect((await org.control.approvals()).length).toBe(1);
    must(await connect(blotter, { scopes: ['web'] }));
    expect(desk.windows).toHaveLength(2);
  });

  it('leads a person to a sign-in when the org refuses to renew for ten minutes and says nothing known, and all apps go on (D1)', async () => {
    let ahead = 0;
    const { app } = await startProviderDesk(
      org.url,
      { rememberSession: true },
      {
        now: () => Date.now() + ahead,
        serverTime: async () => Date.now() + ahead,
        openRememberedSessions,
        hasRememberedSessions,
      },
    );
    const [blotter, notes, bar] = [await app('blotter'), await app('notes'), await app('bar')];
    const stuck = must(await connect(blotter));
    must(await connect(notes));
    await org.control.injectFault(
      { kind: 'answer', status: 400, body: '{"error":"invalid_grant","error_description":"not today"}' },
      { endpoint: 'token', times: 'always' },
    );
    await org.control.expireAccessTokens();
    const limits = (by: ProviderApp, { sessionId }: SessionDetails) =>
      by.ask('execute', { ...request(), sessionId, endpoint: '/services/data/vXX.X/limits' });
    for (let minute = 0; minute < 11; minute += 1) {
      expect(await limits(blotter, stuck)).toMatchObject({
        ok: false,
        error: { code: minute < 10 ? 'TEMPORARILY_UNAVAILABLE' : 'SIGN_IN_REQUIRED' },
      });
      ahead += 60_000;
      await org.control.moveClock(60_000);
    }
    expect(must(await bar.ask<PlatformStatus>('platform.status')).sessions).toMatchObject([
      { state: 'signInRequired', message: expect.stringContaining('sign in again to go on at once') },
    ]);
    await org.control.clearFaults();
    const fresh = must(await connect(notes));
    expect(fresh.sessionId).not.toBe(stuck.sessionId);
    must(await connect(blotter));
    for (const by of [blotter, notes]) must(await limits(by, fresh));
    // The old grant is given back, and what is remembered is the new one.
    expect((await org.control.approvals()).length).toBe(1);
    const store = await openRememberedSessions(createOrgClock({ now: Date.now, serverTime: async () => undefined }));
    expect(await store.all()).toHaveLength(1);
    await store.clear();
    await org.control.moveClock(-ahead);
  });

  it('asks a person one thing at a time: a second sign-in waits, and needs no window if the first brought what it wants', async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const [blotter, notes] = [await app('blotter'), await app('notes')];
    desk.person = 'waits';
    const wide = connect(blotter, { requestId: 'first', scopes: ['web'] });
    const narrow = connect(notes);
    await until(() => desk.windows.length === 1);
    desk.person = morgan;
    await blotter.ask('cancel', { requestId: 'first' });
    expect(await wide).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    must(await narrow);
    expect(desk.windows.map(scopesAsked)).toEqual([
      ['api', 'refresh_token', 'web'],
      ['api', 'refresh_token'],
    ]);

    const [again, other] = await Promise.all([
      connect(blotter, { scopes: ['web'] }),
      connect(notes, { scopes: ['web', 'openid'] }),
    ]);
    expect(must(again).sessionId).toBe(must(other).sessionId);
    expect(desk.windows.slice(2).map(scopesAsked)).toEqual([
      ['api', 'refresh_token', 'web'],
      ['api', 'openid', 'refresh_token', 'web'],
    ]);
  });

  it("keeps an app's own session, of another person, wholly apart", async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const [blotter, notes, bar] = [await app('blotter'), await app('notes'), await app('bar')];
    const shared = must(await connect(blotter));
    desk.person = alex;
    const own = must(await connect(notes, { ownSession: true, authFlowParams: { prompt: 'login' } }));
    expect(own.sessionId).not.toBe(shared.sessionId);
    expect([await whoIs(blotter, shared.sessionId), await whoIs(notes, own.sessionId)]).toEqual([
      morgan.username,
      alex.username,
    ]);
    for (const [stranger, sessionId] of [
      [blotter, own.sessionId],
      [notes, shared.sessionId],
    ] as const) {
      expect(
        await stranger.ask('execute', { ...request(), sessionId, endpoint: '/services/oauth2/userinfo' }),
      ).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    }
    // The shared one is there for whoever asks for it, the app with its own one included.
    expect(must(await connect(notes)).sessionId).toBe(shared.sessionId);
    const { sessions } = must(await bar.ask<PlatformStatus>('platform.status'));
    expect(sessions.map(({ userName, owner }) => [userName, owner])).toEqual([
      ['Morgan Reed', undefined],
      ['Alex Chen', 'Notes'],
    ]);

    await org.control.expireAccessTokens(morgan.username);
    await org.control.expireRefreshTokens(morgan.username);
    expect(
      await blotter.ask('execute', {
        ...request(),
        sessionId: shared.sessionId,
        endpoint: '/services/oauth2/userinfo',
      }),
    ).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED' } });
    expect(await whoIs(notes, own.sessionId)).toBe(alex.username);
  });

  it('signs in unseen while the org knows the person, at start and for getConnection', async () => {
    const browser = new OrgBrowser(org.url);
    const first = await startProviderDesk(org.url, {}, {}, { canSignInSilently: true, browser });
    const blotter = await first.app('blotter');
    expect(await silently(blotter)).toEqual({ ok: true, data: null });
    must(await connect(blotter));
    expect(first.desk.windows).toHaveLength(1);

    const second = await startProviderDesk(org.url, {}, {}, { canSignInSilently: true, browser });
    expect(must(await silently(await second.app('blotter')))).toMatchObject({ currentUser: { Name: 'Morgan Reed' } });
    expect([second.desk.windows.length, second.desk.unseen]).toEqual([0, 1]);
  });

  it('tries nothing unseen where the configuration forbids it', async () => {
    const browser = new OrgBrowser(org.url);
    must(await connect(await (await startProviderDesk(org.url, {}, {}, { browser })).app('blotter')));
    const { app, desk } = await startProviderDesk(
      org.url,
      { silentSignIn: false },
      {},
      { canSignInSilently: true, browser },
    );
    expect(await silently(await app('blotter'))).toEqual({ ok: true, data: null });
    expect(desk.unseen).toBe(0);
  });

  it("gives up connecting after the caller's own timeout, and closes the window nobody waits for", async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const blotter = await app('blotter');
    desk.person = 'waits';
    expect(await connect(blotter, { timeoutMs: 200 })).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_TIMED_OUT' },
    });
    await until(() => desk.closed.length === 1);
  });

  it('tells every app once, with the reason, when an administrator ends the session', async () => {
    const { app } = await startProviderDesk(org.url);
    const [blotter, notes] = [await app('blotter'), await app('notes')];
    const { sessionId } = must(await connect(blotter));
    must(await connect(notes));
    await org.control.revokeRefreshTokens();
    await Promise.all(
      Array.from({ length: 25 }, () =>
        blotter.ask('execute', { ...request(), sessionId, endpoint: '/services/data/vXX.X/limits' }),
      ),
    );
    for (const { told } of [blotter, notes]) {
      const lost = told.filter(({ payload }) => (payload as { state?: string }).state === 'signInRequired');
      expect(lost.map(({ payload }) => payload)).toEqual([
        expect.objectContaining({
          sessionId,
          reason: 'refresh.refused',
          message: expect.stringContaining('sign in again'),
        }),
      ]);
    }
  });
});
