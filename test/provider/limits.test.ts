/** How much one app can take, on the real worker and org: not the room of others, nor that of the provider itself. */
import type { SessionDetails } from '../../src/channel/protocol.ts';
import { useOrg } from '../support/org.ts';
import { morgan } from '../support/orgBrowser.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { must } from '../support/workerSession.ts';

describe('an app that asks for as much as it can', () => {
  const org = useOrg({ contacts: 50 });
  let desk: Awaited<ReturnType<typeof startProviderDesk>>;
  type App = Awaited<ReturnType<typeof desk.app>>;

  beforeEach(async () => {
    desk = await startProviderDesk(org.url, { limits: { waitingRequestsPerApp: 250 } });
  });

  const connect = (app: App, more: object = {}) =>
    app.ask<SessionDetails>('connect', { requestId: 'connect', ...more });
  const execute = (
    app: App,
    sessionId: string,
    requestId: string,
    endpoint = '/services/data/vXX.X/limits',
    more: object = {},
  ) => app.ask('execute', { requestId, sessionId, endpoint, ...more });

  const slowAtOrg = async () => (await org.control.counts()).requests['GET /services/data/v66.0/recent'] ?? 0;

  it('gets five requests to the org at a time, whatever time it gives them, and others, renewal and sign-out go on', async () => {
    const [greedy, other, bar] = [await desk.app('blotter'), await desk.app('notes'), await desk.app('bar')];
    const { sessionId } = must(await connect(greedy));
    must(await connect(other));
    await org.control.injectFault({ kind: 'hang' }, { path: '/recent', times: 1_000 });
    const slow = Array.from({ length: 200 }, (_, index) =>
      execute(greedy, sessionId, `slow ${index}`, `/services/data/vXX.X/recent?n=${index}`, { timeoutMs: 2 ** 40 }),
    );
    await until(async () => (await slowAtOrg()) === 5);
    expect(await execute(other, sessionId, 'other')).toMatchObject({ ok: true, data: { status: 200 } });
    await org.control.expireAccessTokens();
    expect(await execute(other, sessionId, 'after renewal')).toMatchObject({ ok: true, data: { status: 200 } });
    expect(await slowAtOrg()).toBe(5);
    expect(await bar.ask('platform.signOut')).toMatchObject({ ok: true });
    for (const answer of await Promise.all(slow))
      expect(answer).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
  });

  it('has no more requests waiting than its share, and may cancel those that wait', async () => {
    const greedy = await desk.app('blotter');
    const { sessionId } = must(await connect(greedy));
    await org.control.injectFault({ kind: 'hang' }, { path: '/recent', times: 1_000 });
    const asked = Array.from({ length: 256 }, (_, index) =>
      execute(greedy, sessionId, `slow ${index}`, `/services/data/vXX.X/recent?n=${index}`),
    );
    expect(await asked[255]).toMatchObject({
      ok: false,
      error: { code: 'TOO_MANY_REQUESTS', message: expect.stringContaining('Blotter') },
    });
    await greedy.ask('cancel', { requestId: 'slow 254' });
    expect(await asked[254]).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    expect(await execute(greedy, sessionId, 'slow 0')).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER' },
    });
    const impatient = execute(greedy, sessionId, 'impatient', '/services/data/vXX.X/recent?other', { timeoutMs: 50 });
    expect(await impatient).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_TIMED_OUT', message: expect.stringContaining('waited') },
    });
    await until(async () => (await slowAtOrg()) === 5);
    await greedy.disconnect();
    expect(await slowAtOrg()).toBe(5);
  });

  it('cannot have two sign-ins under one id, of which it could only end one', async () => {
    const greedy = await desk.app('blotter');
    desk.desk.person = 'waits';
    const first = connect(greedy, { timeoutMs: 2 ** 40 });
    await until(() => desk.desk.windows.length === 1);
    expect(await connect(greedy, { scopes: ['web'] })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('requestId') },
    });
    await greedy.ask('cancel', { requestId: 'connect' });
    expect(await first).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    expect(desk.desk.closed).toHaveLength(1);
  });

  it('gets no scope that the configuration does not give it, and no session is widened', async () => {
    const [blotter, notes] = [await desk.app('blotter'), await desk.app('notes')];
    must(await connect(blotter));
    for (const scopes of [['full'], ['web', 'openid'], ['refresh_token', 'full', 'web']]) {
      expect(await connect(blotter, { scopes })).toMatchObject({
        ok: false,
        error: { code: 'APP_NOT_ALLOWED', message: expect.stringContaining('Blotter may not ask for the scope') },
      });
      expect(await blotter.ask('getConnection', { requestId: 'g', scopes })).toMatchObject({
        ok: false,
        error: { code: 'APP_NOT_ALLOWED' },
      });
    }
    expect(desk.desk.windows).toHaveLength(1);
    expect(must(await connect(notes, { scopes: ['web', 'openid'] })).scopes).toEqual(
      expect.arrayContaining(['web', 'openid']),
    );
  });

  it("has two sign-ins waiting at the most, and the person's own wish comes before them", async () => {
    const scopes = Array.from({ length: 40 }, (_, index) => `custom_${index}`);
    const greedyApp = { name: 'Greedy', uuid: 'greedy', scopes };
    desk = await startProviderDesk(org.url, {
      allowedApps: [greedyApp, { name: 'Bar', uuid: 'bar', role: 'platform' }, { name: 'Notes', uuid: 'notes' }],
    });
    const [greedy, bar, notes] = [await desk.app('greedy'), await desk.app('bar'), await desk.app('notes')];
    desk.desk.person = 'waits';
    const asked = scopes.map((scope, index) => greedy.ask('connect', { requestId: `c${index}`, scopes: [scope] }));
    const refused = await Promise.all(asked.slice(2));
    expect(refused.map((one) => (one.ok ? 'ok' : one.error.code))).toEqual(Array(38).fill('TOO_MANY_REQUESTS'));
    await until(() => desk.desk.windows.length === 1);
    const wish = bar.ask<SessionDetails>('platform.signIn');
    const other = notes.ask<SessionDetails>('connect', { requestId: 'n' });
    desk.desk.person = morgan;
    await greedy.ask('cancel', { requestId: 'c0' });
    must(await wish);
    must(await other);
    expect(new URL(desk.desk.windows[1]!.url).searchParams.get('scope')).toBe('api refresh_token');
    await greedy.disconnect();
  });

  it('makes no crowd of sign-ins that nobody sees', async () => {
    const scopes = Array.from({ length: 7 }, (_, index) => `custom_${index}`);
    desk = await startProviderDesk(
      org.url,
      { allowedApps: [{ name: 'Greedy', uuid: 'greedy', scopes }] },
      {},
      { canSignInSilently: true },
    );
    const greedy = await desk.app('greedy');
    await until(() => desk.desk.unseen === 1);
    await org.control.injectFault({ kind: 'hang' }, { path: '/services/oauth2/authorize', times: 1_000 });
    const asked = scopes.map((scope, index) =>
      greedy.ask('getConnection', { requestId: `g${index}`, scopes: [scope] }),
    );
    expect((await Promise.all(asked.slice(5))).map((one) => (one.ok ? 'ok' : one.error.code))).toEqual([
      'TOO_MANY_REQUESTS',
      'TOO_MANY_REQUESTS',
    ]);
    await until(() => desk.desk.unseen === 2);
    await org.control.clearFaults();
    // The org knows none of these scopes: each try that was made ends so.
    for (const one of await Promise.all(asked.slice(0, 5)))
      expect(one).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REFUSED' } });
    expect(desk.desk.unseen).toBe(6);
  });
});
