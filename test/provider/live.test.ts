/** Live data of apps without a lane, by way of the real provider, with the client that apps have. */
import { configure, connect, record, soql, subscribe, type LiveEvent } from '../../src/client/index.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { useProviderOrg } from '../support/useProviderOrg.ts';
import { must } from '../support/workerSession.ts';

type Contact = { Id: string; LastName: string };
type Told = LiveEvent<Contact>[];
const statement = soql`SELECT Id, LastName FROM Contact WHERE LastName != ${'A secret'} ORDER BY Id LIMIT 3`;

describe('live data over the channel', () => {
  const { org, connect: connectRaw } = useProviderOrg();
  afterEach(() => configure({}));

  const kinds = (told: Told) => told.filter(({ kind }) => kind !== 'state').map(({ kind }) => kind);

  async function withClient(place: Parameters<typeof startProviderDesk>[3] = {}) {
    const provider = await startProviderDesk(org.url, {}, {}, place);
    configure({ fin: provider.fin({ uuid: 'blotter', name: 'blotter' }) });
    const salesforce = await connect();
    const told: Told = [];
    const live = subscribe<Contact>(salesforce, statement, (event) => told.push(event));
    await until(() => live.records.length === 3);
    return { ...provider, salesforce, told, live };
  }

  it('is the data, then each change, whoever made it, and is audited without the statement', async () => {
    const { app, salesforce, told, live, desk } = await withClient();
    expect(kinds(told)).toEqual(['data']);
    const [first, second] = live.records as [Contact, Contact];
    await record(salesforce, 'Contact', first.Id).update({ LastName: 'By this app' });
    await until(() => kinds(told).length === 2);
    const notes = await app('notes');
    const { sessionId } = must(await connectRaw(notes));
    must(
      await notes.ask('execute', {
        requestId: 'write',
        sessionId,
        method: 'PATCH',
        endpoint: `/services/data/vXX.X/sobjects/Contact/${second.Id}`,
        body: { kind: 'json', value: { LastName: 'By another' } },
      }),
    );
    await until(() => kinds(told).length === 3);
    expect(told.filter(({ kind }) => kind === 'updated')).toMatchObject([
      { record: { Id: first.Id, LastName: 'By this app' }, changed: ['LastName'] },
      { record: { Id: second.Id, LastName: 'By another' }, changed: ['LastName'] },
    ]);
    expect(desk.audit.filter(({ action }) => action === 'live.subscribe')).toMatchObject([
      { app: 'Blotter', target: 'Contact', user: morgan.username, outcome: 'ok' },
    ]);
    expect(JSON.stringify(desk.audit)).not.toContain('A secret');
    live.end();
  });

  it("is out of reach of an app that knows a subscription's id, and of one without the session", async () => {
    const { app, live, told, salesforce, desk } = await withClient();
    const notes = await app('notes');
    const sessions = must(await notes.ask<{ sessionId: string }[]>('states'));
    const target = { kind: 'query', soql: statement.toString() };
    expect(
      await notes.ask('live.subscribe', {
        subscriptionId: 'any',
        sessionId: sessions[0]!.sessionId,
        target,
        isLookedAt: true,
      }),
    ).toMatchObject({ error: { code: 'SESSION_ENDED' } });
    expect(await notes.ask('live.subscribe', { subscriptionId: 'any', target })).toMatchObject({
      error: { code: 'INVALID_PARAMETER' },
    });
    const stranger = await app('notes', { hello: false });
    expect(await stranger.ask('live.unsubscribe', { subscriptionId: 'any' })).toMatchObject({
      error: { code: 'APP_NOT_ALLOWED' },
    });
    expect(desk.audit.slice(-3).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['live.subscribe', 'SESSION_ENDED'],
      ['live.subscribe', 'INVALID_PARAMETER'],
      ['live.unsubscribe', 'APP_NOT_ALLOWED'],
    ]);
    await record(salesforce, 'Contact', live.records[0]!.Id).update({ LastName: 'Still told' });
    await until(() => kinds(told).length === 2);
    live.end();
  });

  it('goes on for the person who signs in again, with what has changed meanwhile', async () => {
    const { app, told, live } = await withClient();
    const bar = await app('bar');
    await bar.ask('platform.signOut');
    await until(() => live.state === 'signedOut');
    expect(live.records).toHaveLength(3);
    const notes = await app('notes');
    const { sessionId } = must(await connectRaw(notes));
    await until(() => live.state === 'live');
    expect(kinds(told)).toEqual(['data']);
    must(
      await notes.ask('execute', {
        requestId: 'write',
        sessionId,
        method: 'PATCH',
        endpoint: `/services/data/vXX.X/sobjects/Contact/${live.records[0]!.Id}`,
        body: { kind: 'json', value: { LastName: 'In the next session' } },
      }),
    );
    await until(() => kinds(told).length === 2);
    expect(told.at(-1)).toMatchObject({ kind: 'updated', record: { LastName: 'In the next session' } });
    live.end();
  });

  it('ends, and is forgotten, when somebody else signs in', async () => {
    const { app, desk, told, live } = await withClient();
    await (await app('bar')).ask('platform.signOut');
    await until(() => live.state === 'signedOut');
    await org.control.endBrowserSessions();
    desk.person = alex;
    must(await connectRaw(await app('notes')));
    await until(() => told.at(-1)?.kind === 'end');
    expect(told.at(-1)).toMatchObject({ error: { code: 'SESSION_ENDED', name: 'AuthTokenExpiredError' } });
    expect(live.records).toEqual([]);
  });
});
