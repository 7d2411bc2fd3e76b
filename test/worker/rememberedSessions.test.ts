import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { hasRememberedSessions, openRememberedSessions } from '../../src/worker/rememberedSessions.ts';
import type { WorkerSettingsInput } from '../../src/worker/settings.ts';
import { useOrg } from '../support/org.ts';
import { alex, morgan } from '../support/orgBrowser.ts';
import { until } from '../support/until.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';

const limits = get('/services/data/v66.0/limits');
const hour = 3_600_000;

/** IndexedDB here is an implementation in memory; `test/e2e/rememberedSession.test.ts` uses Chromium's. */
describe('remembering sessions', () => {
  const org = useOrg({ contacts: 20 });
  let ahead: number;
  let online: boolean;

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    [ahead, online] = [0, true];
  });

  let queue = Promise.resolve<unknown>(undefined);
  /** One after another, as Web Locks do it for all workers of an origin. */
  const alone = <T>(_name: string, work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  const startWorker = (settings: Partial<WorkerSettingsInput> = { rememberForMs: 24 * hour }) => {
    const lost: string[] = [];
    return configuredWorker(org.url, {
      settings,
      openRememberedSessions,
      hasRememberedSessions,
      alone,
      now: () => Date.now() + ahead,
      isOnline: () => online,
      onSessionLost: (_id, { reason }) => lost.push(reason!),
    }).then((worker) => ({ worker, lost }));
  };
  const pass = async (milliseconds: number) => {
    ahead += milliseconds;
    await org.control.moveClock(milliseconds);
  };
  const refreshes = async () => (await org.control.counts()).tokenRequests['refresh_token'] ?? 0;
  const records = async (store: 'grants' | 'revocations') => {
    const database = await openDB('salesforce-interop', 1);
    const all = await database.getAll(store);
    database.close();
    return all as { iv: Uint8Array; sealed: ArrayBuffer; keyPair?: CryptoKeyPair }[];
  };

  it('comes back after a restart, without a person, with the same bound tokens', async () => {
    const first = await startWorker();
    const before = await signedInSession(first.worker, org.url);
    await first.worker.describeSession(before.sessionId, { Id: '005', Name: 'Morgan Reed' });
    await first.worker.shutDown();
    const { worker } = await startWorker();
    const [session] = must(await worker.restoreSessions());
    expect(session).toMatchObject({
      orgUrl: org.url,
      consumerKey: defaultConsumerKey,
      userId: before.userId,
      scopes: before.scopes,
      tokenBinding: 'dpop',
      profile: { Name: 'Morgan Reed' },
    });
    must(await worker.request(session!.sessionId, limits));
    expect((await org.control.counts()).tokenRequests).toMatchObject({ authorization_code: 1, refresh_token: 1 });
  });

  it('keeps the newest refresh token: restart after restart, with rotation on', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    for (let restart = 0; restart < 4; restart += 1) {
      const { worker } = await startWorker();
      const [session] = must(await worker.restoreSessions());
      must(await worker.request(session!.sessionId, limits));
    }
    expect(await refreshes()).toBe(4);
  });

  it('renews once for all workers of the origin, however many ask at once', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    const tabs = await Promise.all([startWorker(), startWorker(), startWorker()]);
    const sessions = await Promise.all(
      tabs.map(async ({ worker }) => must(await worker.restoreSessions())[0]!.sessionId),
    );
    await Promise.all(
      tabs.flatMap(({ worker }, tab) =>
        Array.from({ length: 10 }, async () => must(await worker.request(sessions[tab]!, limits))),
      ),
    );
    expect(await refreshes()).toBe(1);
    await pass(3 * hour);
    await Promise.all(
      tabs.flatMap(({ worker }, tab) =>
        Array.from({ length: 10 }, async () => must(await worker.request(sessions[tab]!, limits))),
      ),
    );
    expect(await refreshes()).toBe(2);
    expect(tabs.flatMap(({ lost }) => lost)).toEqual([]);
  });

  it('ends for every worker when one signs out', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    const [one, other] = [await startWorker(), await startWorker()];
    const [mine] = must(await one.worker.restoreSessions());
    const [theirs] = must(await other.worker.restoreSessions());
    must(await one.worker.request(mine!.sessionId, limits));
    must(await one.worker.endSession(mine!.sessionId));
    expect(await other.worker.request(theirs!.sessionId, limits)).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_REQUIRED' },
    });
    expect(await records('grants')).toEqual([]);
  });

  it('stores nothing that anybody could read, and a key that nobody can take out', async () => {
    const { worker } = await startWorker();
    await signedInSession(worker, org.url);
    const [record] = await records('grants');
    const secrets = await org.control.secrets();
    const stored = Buffer.concat([Buffer.from(record!.sealed), Buffer.from(record!.iv)]).toString('latin1');
    for (const { value } of secrets) expect(stored.includes(value)).toBe(false);
    expect(stored).not.toContain('Morgan');
    expect(record!.keyPair!.privateKey.extractable).toBe(false);
    const database = await openDB('salesforce-interop', 1);
    const key = (await database.get('keys', 'sealing')) as CryptoKey;
    database.close();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('writes nothing at all unless it is switched on', async () => {
    const { worker } = await startWorker({});
    const { sessionId } = await signedInSession(worker, org.url);
    must(await worker.restoreSessions());
    must(await worker.request(sessionId, limits));
    await worker.shutDown();
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('forgets a day after signing in, however often the session was renewed since, and revokes it', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    for (let renewal = 0; renewal < 3; renewal += 1) {
      await pass(7 * hour);
      const { worker } = await startWorker();
      const [session] = must(await worker.restoreSessions());
      must(await worker.request(session!.sessionId, limits));
    }
    await pass(4 * hour);
    const { worker } = await startWorker();
    expect(must(await worker.restoreSessions())).toEqual([]);
    await until(async () => (await org.control.approvals()).length === 0);
    expect(await records('grants')).toEqual([]);
  });

  it('forgets what lies in the future, after a clock that was set back', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    ahead -= 5 * hour;
    const { worker } = await startWorker();
    expect(must(await worker.restoreSessions())).toEqual([]);
    ahead += 5 * hour;
  });

  it('discards what is corrupt, foreign, swapped or half-written, and signs in as if nothing had been', async () => {
    const damage: [string, (record: Record<string, unknown>, key: string) => [string, unknown]][] = [
      ['cut short', (record, key) => [key, { ...record, sealed: (record['sealed'] as ArrayBuffer).slice(0, 20) }]],
      [
        'a bit turned',
        (record, key) => [
          key,
          {
            ...record,
            sealed: Uint8Array.from(new Uint8Array(record['sealed'] as ArrayBuffer), (byte, index) =>
              index === 5 ? byte ^ 1 : byte,
            ).buffer,
          },
        ],
      ],
      ['no vector', ({ sealed }, key) => [key, { sealed }]],
      ['not a record', (_record, key) => [key, 'nonsense']],
      ['under another name', (record, key) => [key.replace('3MVG9', '3MVG8'), record]],
      ['without its proof key', ({ iv, sealed }, key) => [key, { iv, sealed }]],
    ];
    for (const [what, spoil] of damage) {
      globalThis.indexedDB = new IDBFactory();
      const first = await startWorker();
      await signedInSession(first.worker, org.url);
      const database = await openDB('salesforce-interop', 1);
      const [key] = await database.getAllKeys('grants');
      const record = (await database.get('grants', key!)) as Record<string, unknown>;
      await database.delete('grants', key!);
      const [name, spoilt] = spoil(record, key as string);
      await database.put('grants', spoilt, name);
      database.close();
      const { worker } = await startWorker();
      expect([what, must(await worker.restoreSessions())]).toEqual([what, []]);
      expect([what, await records('grants')]).toEqual([what, []]);
      must(await worker.request((await signedInSession(worker, org.url)).sessionId, limits));
    }
  });

  it('discards a record whose proof key was exchanged for another', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url, morgan);
    await signedInSession(first.worker, org.url, alex);
    const database = await openDB('salesforce-interop', 1);
    const [one, two] = await database.getAllKeys('grants');
    const [mine, theirs] = [await database.get('grants', one!), await database.get('grants', two!)] as [
      { keyPair: CryptoKeyPair },
      { keyPair: CryptoKeyPair },
    ];
    await database.put('grants', { ...mine, keyPair: theirs.keyPair }, one!);
    database.close();
    const { worker } = await startWorker();
    expect(must(await worker.restoreSessions())).toHaveLength(1);
  });

  it('keeps two people of one org apart', async () => {
    const first = await startWorker();
    const hers = await signedInSession(first.worker, org.url, morgan);
    const his = await signedInSession(first.worker, org.url, alex);
    const { worker } = await startWorker();
    const restored = must(await worker.restoreSessions());
    expect(restored.map(({ userId }) => userId).sort()).toEqual([hers.userId, his.userId].sort());
    for (const { sessionId, userId } of restored) {
      expect(must(await worker.request(sessionId, get('/services/oauth2/userinfo')))).toMatchObject({
        body: { value: { user_id: userId } },
      });
    }
  });

  it('starts offline with the session it had, and goes on when the network is back', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    await first.worker.shutDown();
    const { worker, lost } = await startWorker();
    online = false;
    await org.control.injectFault({ kind: 'drop' }, { path: '.', times: 'always' });
    const [session] = must(await worker.restoreSessions());
    expect(await worker.request(session!.sessionId, limits)).toMatchObject({
      ok: false,
      error: { reason: 'session.offline' },
    });
    online = true;
    await org.control.clearFaults();
    must(await worker.request(session!.sessionId, limits));
    expect(lost).toEqual([]);
  });

  it('remembers what it could not revoke, and sends it at the next start', async () => {
    const { worker } = await startWorker();
    const { sessionId } = await signedInSession(worker, org.url);
    await org.control.injectFault({ kind: 'drop' }, { endpoint: 'revoke', times: 'always' });
    expect(await worker.endSession(sessionId)).toMatchObject({ ok: false, error: { reason: 'revoke.unreachable' } });
    expect((await org.control.approvals()).length).toBe(1);
    expect(await records('revocations')).toHaveLength(2);
    await org.control.clearFaults();
    const next = await startWorker();
    expect(must(await next.worker.restoreSessions())).toEqual([]);
    await until(
      async () => (await org.control.approvals()).length === 0 && (await records('revocations')).length === 0,
    );
  });

  it('revokes and deletes what was remembered once the settings no longer allow it', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    await first.worker.shutDown();
    expect((await org.control.approvals()).length).toBe(1);
    const { worker } = await startWorker({});
    expect(must(await worker.restoreSessions())).toEqual([]);
    expect((await org.control.approvals()).length).toBe(0);
    await until(async () => (await indexedDB.databases()).length === 0);
  });

  it('revokes a grant of a consumer key that is no longer configured', async () => {
    const first = await startWorker();
    await signedInSession(first.worker, org.url);
    await first.worker.shutDown();
    const next = await configuredWorker(org.url, {
      org: { consumerKey: 'another key' },
      settings: { rememberForMs: 24 * hour },
      openRememberedSessions,
      hasRememberedSessions,
      now: () => Date.now() + ahead,
    });
    expect(must(await next.restoreSessions())).toEqual([]);
    await until(async () => (await org.control.approvals()).length === 0);
  });
});
