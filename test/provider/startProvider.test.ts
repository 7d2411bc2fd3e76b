import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { morgan } from '../support/orgBrowser.ts';
import { startProviderDesk, type ProviderApp, type ProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { useProviderOrg } from '../support/useProviderOrg.ts';
import { must } from '../support/workerSession.ts';

describe('the provider on the real worker and org', () => {
  const { org, request, connect } = useProviderOrg({ contacts: 50 });
  let desk: ProviderDesk;

  beforeEach(async () => {
    desk = await startProviderDesk(org.url, { lingerMs: 20, signInTimeoutMs: 5_000 });
  });

  const limits = (app: ProviderApp, sessionId: string) =>
    app.ask('execute', { ...request(), sessionId, endpoint: '/services/data/vXX.X/limits' });

  it('refuses apps that are not listed, and apps that have not said who they are', async () => {
    const stranger = await desk.app('stranger');
    expect(stranger.greeting).toMatchObject({
      ok: false,
      error: { code: 'APP_NOT_ALLOWED', message: expect.stringContaining('stranger') },
    });
    const hasty = await desk.app('blotter', { hello: false });
    for (const app of [stranger, hasty])
      expect(await connect(app)).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED' } });
    expect(desk.desk.windows).toEqual([]);
    expect((await desk.app('blotter')).greeting).toMatchObject({ ok: true });
  });

  it('says which side to update when the versions do not fit', async () => {
    const app = await desk.app('blotter', { hello: false });
    const hello = (major: number) =>
      app.ask('hello', { protocol: { major, minor: 0 }, client: { name: 'c', version: '1' } });
    expect(await hello(0)).toMatchObject({
      ok: false,
      error: { code: 'PROTOCOL_MISMATCH', message: expect.stringContaining("Update this app's") },
    });
    expect(await hello(2)).toMatchObject({
      ok: false,
      error: { code: 'PROTOCOL_MISMATCH', message: expect.stringContaining('Update the Salesforce provider') },
    });
    expect(await hello(1)).toMatchObject({ ok: true });
  });

  it('answers malformed messages with the paths that are wrong, and handles none of them', async () => {
    const app = await desk.app('blotter');
    expect(await app.ask('execute', { requestId: 'r', sessionId: 's', endpoint: 7, method: 'TRACE' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringMatching(/endpoint.*method/s) },
    });
    expect(
      await app.ask('connect', JSON.parse('{"requestId":"r","__proto__":{"polluted":true},"scopes":"api"}') as object),
    ).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('shares one window and one session among apps that connect at the same time', async () => {
    const [blotter, notes] = [await desk.app('blotter'), await desk.app('notes')];
    const [first, second] = await Promise.all([
      connect(blotter),
      connect(notes, { orgUrl: `${org.url}/path`, consumerKey: defaultConsumerKey }),
    ]);
    expect(must(first).sessionId).toBe(must(second).sessionId);
    expect(must(first)).toMatchObject({ orgUrl: org.url, currentUser: { Name: 'Morgan Reed' } });
    expect(desk.desk.windows).toHaveLength(1);
    expect(desk.desk.closed).toEqual([desk.desk.windows[0]!.signInId]);
    expect(await limits(notes, must(second).sessionId)).toMatchObject({ ok: true, data: { status: 200 } });
  });

  it('lets nobody use a session they have not connected to', async () => {
    const [blotter, notes] = [await desk.app('blotter'), await desk.app('notes')];
    const { sessionId } = must(await connect(blotter));
    expect(await limits(notes, sessionId)).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    expect(await limits(blotter, sessionId)).toMatchObject({ ok: true });
  });

  it('gives null to getConnection while nobody is signed in, without a window', async () => {
    const app = await desk.app('blotter');
    expect(await app.ask('getConnection', request())).toEqual({ ok: true, data: null });
    expect(desk.desk.windows).toEqual([]);
  });

  it('tells a closed window, a cancelled and an overdue sign-in apart', async () => {
    const hurried = await startProviderDesk(org.url, { signInTimeoutMs: 50 });
    const app = await hurried.app('blotter');
    hurried.desk.person = 'closes';
    expect(await connect(app)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_WINDOW_CLOSED' } });
    hurried.desk.person = 'cancels';
    expect(await connect(app)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_CANCELLED' } });
    hurried.desk.person = 'waits';
    expect(await connect(app)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_TIMED_OUT' } });
  });

  it('takes what a slow token endpoint says for what became of a sign-in whose last page has closed its window', async () => {
    desk.desk.person = 'signsInAndItCloses';
    await org.control.injectFault({ kind: 'delay', milliseconds: 300 }, { endpoint: 'token', times: 1 });
    expect(must(await connect(await desk.app('blotter'))).currentUser).toMatchObject({ Name: 'Morgan Reed' });
    await org.control.injectFault({ kind: 'server-error', status: 500 }, { endpoint: 'token', times: 'always' });
    expect(await connect(await desk.app('notes'), { ownSession: true })).toMatchObject({
      ok: false,
      error: { code: 'TOKEN_EXCHANGE_FAILED' },
    });
  });

  it('goes on for the others when one of the waiting apps gives up, and closes the window with the last one', async () => {
    desk.desk.person = 'waits';
    const [blotter, notes] = [await desk.app('blotter'), await desk.app('notes')];
    const first = connect(blotter, { requestId: 'mine' });
    const second = connect(notes, { requestId: 'mine' });
    await until(() => desk.desk.windows.length === 1);
    await blotter.ask('cancel', { requestId: 'mine' });
    expect(await first).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    expect(desk.desk.closed).toEqual([]);
    await notes.ask('cancel', { requestId: 'mine' });
    expect(await second).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    desk.desk.person = morgan;
    must(await connect(blotter));
    expect(desk.desk.windows).toHaveLength(2);
  });

  it('ends and revokes the session a while after the last app has disconnected, and tells every app', async () => {
    const [blotter, notes] = [await desk.app('blotter'), await desk.app('notes')];
    const { sessionId } = must(await connect(blotter));
    must(await connect(notes));
    const held = (await org.control.approvals()).length;
    must(await blotter.ask('disconnect', { sessionId }));
    expect(await limits(blotter, sessionId)).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
    expect(await limits(notes, sessionId)).toMatchObject({ ok: true });
    must(await notes.ask('disconnect', { sessionId }));
    await until(async () => (await org.control.approvals()).length === held - 1);
    const states = (app: ProviderApp) =>
      app.told.filter(({ action }) => action === 'state').map(({ payload }) => (payload as { state: string }).state);
    expect(states(blotter)).toEqual(['signedIn', 'signedOut']);
    expect(states(notes)).toEqual(['signedIn', 'signedOut']);
  });

  it('keeps the session for an app that reloads', async () => {
    const blotter = await desk.app('blotter');
    const { sessionId } = must(await connect(blotter));
    await blotter.disconnect();
    const reloaded = await desk.app('blotter');
    expect(await reloaded.ask('getConnection', request())).toMatchObject({ ok: true, data: { sessionId } });
  });

  it('lets only the platform see all sessions and sign out for all', async () => {
    const [blotter, bar] = [await desk.app('blotter'), await desk.app('bar')];
    const { sessionId } = must(await connect(blotter));
    for (const action of ['platform.status', 'platform.signOut', 'platform.signIn']) {
      expect(await blotter.ask(action)).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED' } });
    }
    expect(must(await bar.ask('platform.status'))).toMatchObject({
      sessions: [{ userName: 'Morgan Reed', apps: ['Blotter'], state: 'signedIn' }],
      apps: ['Blotter'],
      signingIn: false,
    });
    must(await bar.ask('platform.signOut'));
    expect(await limits(blotter, sessionId)).toMatchObject({
      ok: false,
      error: { code: 'SESSION_ENDED', name: 'AuthTokenExpiredError' },
    });
    expect(must(await bar.ask('platform.status'))).toMatchObject({ sessions: [] });
  });

  it('asks who it is after somebody signed out, and no more once somebody is in', async () => {
    const [blotter, bar] = [await desk.app('blotter'), await desk.app('bar')];
    const prompts = () => desk.desk.windows.map(({ url }) => new URL(url).searchParams.get('prompt'));
    must(await connect(blotter));
    must(await bar.ask('platform.signOut'));
    const again = must(await connect(blotter));
    must(await blotter.ask('disconnect', { sessionId: again.sessionId }));
    await until(async () =>
      blotter.told.some(
        ({ payload }) =>
          (payload as { state?: string; sessionId?: string }).state === 'signedOut' &&
          (payload as { sessionId: string }).sessionId === again.sessionId,
      ),
    );
    must(await connect(blotter));
    expect(prompts()).toEqual([null, 'select_account', null]);
  });

  it('refuses orgs and keys that are not configured', async () => {
    const app = await desk.app('blotter');
    expect(await connect(app, { orgUrl: 'nonsense', consumerKey: defaultConsumerKey })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: 'Invalid Salesforce URL' },
    });
    expect(await connect(app, { orgUrl: 'https://other.my.salesforce.com', consumerKey: 'k' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('Invalid Salesforce URL') },
    });
    expect(await connect(app, { orgUrl: org.url, consumerKey: 'other' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: 'Invalid consumer key' },
    });
  });

  it('puts the API version into composite bodies too', async () => {
    const app = await desk.app('blotter');
    const { sessionId } = must(await connect(app));
    const body = { kind: 'json', value: { batchRequests: [{ method: 'GET', url: 'vXX.X/limits' }] } };
    expect(
      await app.ask('execute', {
        ...request(),
        sessionId,
        endpoint: 'services/data/vXX.X/composite/batch',
        method: 'POST',
        body,
      }),
    ).toMatchObject({ ok: true, data: { body: { value: { hasErrors: false, results: [{ statusCode: 200 }] } } } });
  });

  it('takes the address of an org in any form that people write, and names the My Domain for one of its pages (D10)', async () => {
    const app = await desk.app('blotter');
    for (const orgUrl of [`${org.url}/`, `${org.url.replace('localhost', 'LOCALHOST')}/services/data?x#y`])
      must(await app.ask('connect', { ...request(), orgUrl }));
    const pages = await app.ask('connect', {
      ...request(),
      orgUrl: 'https://acme.lightning.force.com/lightning/page/home',
    });
    expect(pages).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('https://acme.my.salesforce.com') },
    });
  });

  it('lets apps expire tokens on an embedded org only', async () => {
    const app = await desk.app('blotter');
    const { sessionId } = must(await connect(app));
    must(await app.ask('expireTokens', { sessionId }));
    expect(await limits(app, sessionId)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED' } });
    must(await connect(app));
    const real = await startProviderDesk(org.url, { orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey }] });
    const other = await real.app('blotter');
    const connected = must(await connect(other));
    expect(await other.ask('expireTokens', { sessionId: connected.sessionId })).toMatchObject({
      ok: false,
      error: { code: 'ENDPOINT_NOT_ALLOWED' },
    });
  });

  it('audits who did what with which outcome, and joins failures to their record', async () => {
    const app = await desk.app('blotter');
    const { sessionId } = must(await connect(app));
    const failed = await app.ask('execute', {
      ...request(),
      sessionId,
      endpoint: '/services/data/vXX.X/query?q=SELECT+Secret__c+FROM+Nothing',
    });
    if (failed.ok) throw new Error('the query should fail');
    const record = desk.desk.audit.find(({ correlationId }) => correlationId === failed.error.correlationId);
    expect(record).toMatchObject({
      app: 'Blotter',
      action: 'GET',
      target: '/services/data/v66.0/query',
      outcome: 'REQUEST_FAILED',
    });
    expect(JSON.stringify(desk.desk.audit)).not.toContain('Secret__c');
    expect(
      await app.ask('execute', {
        ...request(),
        sessionId,
        endpoint: 'https://ada:hunter2@evil.example/services/data#t0ken',
      }),
    ).toMatchObject({ ok: false, error: { code: 'ENDPOINT_NOT_ALLOWED' } });
    expect(desk.desk.audit.at(-1)).toMatchObject({
      action: 'GET',
      target: 'https://evil.example/services/data',
      outcome: 'ENDPOINT_NOT_ALLOWED',
    });
  });
});
