import type { StateEvent } from '../../src/channel/protocol.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { startProviderDesk, type ProviderApp } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { useProviderOrg } from '../support/useProviderOrg.ts';
import { must } from '../support/workerSession.ts';

describe('news of sessions', () => {
  const { org, request, connect: ask } = useProviderOrg();
  const connect = async (...of: Parameters<typeof ask>) => must(await ask(...of));
  const news = ({ told }: ProviderApp) =>
    told.filter(({ action }) => action === 'state').map(({ payload }) => payload as StateEvent);
  const states = (app: ProviderApp) => news(app).map(({ state, userName }) => `${state} ${userName}`);
  const present = async (app: ProviderApp) => must(await app.ask<StateEvent[]>('states'));
  const call = (app: ProviderApp, sessionId: string) =>
    app.ask('execute', { ...request(), sessionId, endpoint: '/services/data/vXX.X/limits' });

  it('go to the app whose own session it is, and to no other', async () => {
    const { app, desk } = await startProviderDesk(org.url, { lingerMs: 20 });
    const [blotter, notes, bar] = [await app('blotter'), await app('notes'), await app('bar')];
    await connect(blotter);
    desk.person = alex;
    const own = await connect(notes, { ownSession: true, authFlowParams: { prompt: 'login' } });
    must(await notes.ask('disconnect', { sessionId: own.sessionId }));
    await until(() => states(notes).includes('signedOut Alex Chen'));
    expect(states(blotter)).toEqual(['signedIn Morgan Reed']);
    expect(states(bar).filter((state) => state.includes('Alex'))).toEqual([]);
    expect(await present(blotter)).toMatchObject([{ state: 'signedIn', userName: 'Morgan Reed' }]);
  });

  it("tell an app that its session ended only if it did: not when the others' ends, nor the other way round", async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const [blotter, notes] = [await app('blotter'), await app('notes')];
    const shared = await connect(blotter);
    desk.person = alex;
    const own = await connect(notes, { ownSession: true, authFlowParams: { prompt: 'login' } });
    await org.control.revokeRefreshTokens(morgan.username);
    expect(await call(blotter, shared.sessionId)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED' } });
    await until(() => states(blotter).includes('signInRequired Morgan Reed'));
    expect(states(notes)).toEqual(['signedIn Morgan Reed', 'signedIn Alex Chen']);
    expect(await call(notes, own.sessionId)).toMatchObject({ ok: true });

    await org.control.revokeRefreshTokens(alex.username);
    expect(await call(notes, own.sessionId)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED' } });
    await until(() => states(notes).includes('signInRequired Alex Chen'));
    expect(states(blotter)).toEqual(['signedIn Morgan Reed', 'signInRequired Morgan Reed']);
  });

  it('reach everybody who has a session at "Sign out", each of their own', async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const [blotter, notes, bar] = [await app('blotter'), await app('notes'), await app('bar')];
    await connect(blotter);
    desk.person = alex;
    await connect(notes, { ownSession: true, authFlowParams: { prompt: 'login' } });
    must(await bar.ask('platform.signOut'));
    expect(states(blotter)).toEqual(['signedIn Morgan Reed', 'signedOut Morgan Reed']);
    expect(states(notes)).toEqual(['signedIn Morgan Reed', 'signedIn Alex Chen', 'signedOut Alex Chen']);
  });

  it('are there for an app that was opened later: whoever is signed in, or has to sign in again and why', async () => {
    const { app } = await startProviderDesk(org.url);
    const blotter = await app('blotter');
    expect(await present(blotter)).toEqual([]);
    const { sessionId } = await connect(blotter);
    expect(await present(await app('notes'))).toEqual([
      { state: 'signedIn', sessionId, orgUrl: org.url, consumerKey: expect.any(String), userName: 'Morgan Reed' },
    ]);
    await org.control.revokeRefreshTokens();
    await call(blotter, sessionId);
    expect(await present(await app('notes'))).toMatchObject([
      {
        state: 'signInRequired',
        sessionId,
        reason: 'refresh.refused',
        message: expect.stringContaining('sign in again'),
      },
    ]);
  });

  it("are nobody's who has not said who they are", async () => {
    const { app } = await startProviderDesk(org.url);
    await connect(await app('blotter'));
    const hasty = await app('notes', { hello: false });
    expect(await hasty.ask('states')).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED' } });
    await connect(await app('blotter'), { ownSession: true });
    expect(hasty.told).toEqual([]);
  });
});
