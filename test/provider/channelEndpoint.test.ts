/** Who a caller is, and that nothing it asks goes unrecorded, on the real worker and org. */
import type { PlatformStatus, SessionDetails } from '../../src/channel/protocol.ts';
import { useOrg } from '../support/org.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { must } from '../support/workerSession.ts';

describe("the provider's end of the channel", () => {
  const org = useOrg({ contacts: 50 });
  let desk: Awaited<ReturnType<typeof startProviderDesk>>;

  beforeEach(async () => {
    desk = await startProviderDesk(org.url);
  });

  const lines = () => desk.desk.audit.map(({ app, action, outcome }) => `${app} ${action} ${outcome}`);

  it('knows a caller by its endpoint and its identity: a known endpoint id with another identity is nobody', async () => {
    const blotter = await desk.app('blotter');
    const { sessionId } = must(await blotter.ask<SessionDetails>('connect', { requestId: 'c' }));
    const execute = { requestId: 'x', sessionId, endpoint: '/services/data/vXX.X/limits' };
    const impostor = await desk.app('evil', { hello: false });
    // What HERE's shared worker does: it takes the endpoint id that the sender states.
    Object.assign(impostor.identity, { endpointId: blotter.identity.endpointId });
    for (const [action, payload] of [
      ['execute', execute],
      ['getConnection', { requestId: 'g' }],
      ['disconnect', { sessionId }],
      ['cancel', { requestId: 'x' }],
    ] as const) {
      expect([action, await impostor.ask(action, payload)]).toMatchObject([
        action,
        { ok: false, error: { code: 'APP_NOT_ALLOWED' } },
      ]);
    }
    expect(lines().slice(-4)).toEqual(
      ['execute', 'getConnection', 'disconnect', 'cancel'].map(
        (action) => `(not let in) evil/evil ${action} APP_NOT_ALLOWED`,
      ),
    );
    await impostor.disconnect();
    expect(await blotter.ask('execute', execute)).toMatchObject({ ok: true, data: { status: 200 } });
  });

  it('lets nobody in on an endpoint id that another caller has', async () => {
    const blotter = await desk.app('blotter');
    const { sessionId } = must(await blotter.ask<SessionDetails>('connect', { requestId: 'c', ownSession: true }));
    const other = await desk.app('bar', { hello: false });
    const own = other.identity.endpointId;
    const hello = { protocol: { major: 1, minor: 0 }, client: { name: 'raw', version: '1' } };
    Object.assign(other.identity, { endpointId: blotter.identity.endpointId });
    expect(await other.ask('hello', hello)).toMatchObject({ ok: false, error: { code: 'APP_NOT_ALLOWED' } });
    expect(
      await blotter.ask('execute', { requestId: 'x', sessionId, endpoint: '/services/data/vXX.X/limits' }),
    ).toMatchObject({ ok: true });
    Object.assign(other.identity, { endpointId: own });
    expect(await other.ask('hello', hello)).toMatchObject({ ok: true });
  });

  it('leaves one line for every message, whatever becomes of it, with the Salesforce user where there is one', async () => {
    const stranger = await desk.app('stranger');
    const blotter = await desk.app('blotter');
    const bar = await desk.app('bar');
    desk.desk.audit.length = 0;
    await stranger.ask('connect', { requestId: 'c' });
    await blotter.ask('connect', { requestId: 7 });
    const { sessionId, currentUser } = must(await blotter.ask<SessionDetails>('connect', { requestId: 'c' }));
    await blotter.ask('platform.status');
    await blotter.ask('identify', { ticket: 'x'.repeat(36) });
    await blotter.ask('execute', {
      requestId: 'e',
      sessionId,
      endpoint: '/services/data/vXX.X/query?q=SELECT+Name+FROM+Contact#secret',
    });
    await blotter.ask('execute', { requestId: 'f', sessionId, endpoint: 'https://morgan:password@evil.example/a?b#c' });
    await blotter.ask('cancel', { requestId: 'e' });
    await blotter.ask('disconnect', { sessionId });
    await bar.ask('platform.status');
    await bar.ask('platform.signInWindow', { signInId: 's', event: 'closed' });
    expect(
      desk.desk.audit
        .filter(({ action }) => action !== 'resume')
        .map(({ app, action, target, user, outcome }) => [app, action, target, user, outcome]),
    ).toEqual([
      ['(not let in) stranger/stranger', 'connect', undefined, undefined, 'APP_NOT_ALLOWED'],
      ['Blotter', 'connect', undefined, undefined, 'INVALID_PARAMETER'],
      ['Blotter', 'connect', undefined, currentUser['Username'], 'ok'],
      ['Blotter', 'platform.status', undefined, undefined, 'APP_NOT_ALLOWED'],
      ['Blotter', 'identify', undefined, undefined, 'APP_NOT_ALLOWED'],
      ['Blotter', 'GET', '/services/data/v66.0/query', currentUser['Username'], 'ok'],
      ['Blotter', 'GET', 'https://evil.example/a', currentUser['Username'], 'ENDPOINT_NOT_ALLOWED'],
      ['Blotter', 'cancel', undefined, undefined, 'ok'],
      ['Blotter', 'disconnect', undefined, currentUser['Username'], 'ok'],
      ['Bar', 'platform.status', undefined, undefined, 'ok'],
      ['Bar', 'platform.signInWindow', undefined, undefined, 'ok'],
    ]);
    expect(new Set(desk.desk.audit.map(({ correlationId }) => correlationId)).size).toBe(desk.desk.audit.length);
    expect(desk.desk.causes).toEqual([]);
  });

  it('tells the platform which client each app has brought, and leaves it in the audit trail', async () => {
    const bar = await desk.app('bar');
    const hello = (version: string) => ({
      protocol: { major: 1, minor: 0 },
      client: { name: 'salesforce-interop', version },
    });
    const greet = async (uuid: string, version: string) => {
      const app = await desk.app(uuid, { hello: false });
      must(await app.ask('hello', hello(version)));
      return app;
    };
    const told = async () => must(await bar.ask<PlatformStatus>('platform.status')).clients;
    desk.desk.audit.length = 0;
    const old = await greet('blotter', '0.1.0');
    await greet('blotter', '0.1.0');
    await greet('blotter', '0.2.0');
    const notes = await greet('notes', '0.2.0');
    await desk.app('stranger');
    expect(await told()).toEqual([
      { app: 'Blotter', name: 'salesforce-interop', version: '0.1.0' },
      { app: 'Blotter', name: 'salesforce-interop', version: '0.2.0' },
      { app: 'Notes', name: 'salesforce-interop', version: '0.2.0' },
    ]);
    await old.disconnect();
    expect(await told()).toHaveLength(3);
    expect(
      desk.desk.audit.filter(({ action }) => action === 'hello').map(({ client, outcome }) => [client, outcome]),
    ).toEqual([
      ...['0.1.0', '0.1.0', '0.2.0', '0.2.0'].map((version) => [`salesforce-interop ${version}`, 'ok']),
      ['test 1', 'APP_NOT_ALLOWED'],
    ]);
    await notes.ask('connect', { requestId: 'c', orgUrl: 'https://elsewhere.my.salesforce.com' });
    await notes.ask('connect', { requestId: 'd' });
    await notes.ask('getConnection', { requestId: 'e' });
    expect(desk.desk.audit.slice(-3).map(({ app, action, client, outcome }) => [app, action, client, outcome])).toEqual(
      [
        ['Notes', 'connect', 'salesforce-interop 0.2.0', 'INVALID_PARAMETER'],
        ['Notes', 'connect', 'salesforce-interop 0.2.0', 'ok'],
        ['Notes', 'getConnection', 'salesforce-interop 0.2.0', 'ok'],
      ],
    );
  });

  it('refuses a client whose name or version is longer than any is, and keeps none of it', async () => {
    const app = await desk.app('blotter', { hello: false });
    const client = { name: 'x'.repeat(201), version: '1' };
    expect(await app.ask('hello', { protocol: { major: 1, minor: 0 }, client })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETER' },
    });
    expect(JSON.stringify(desk.desk.audit)).not.toContain('xxx');
  });
});
