/** Copies of answers that count as fresh, with what the org has counted. */
import { askedWorker, data, valueOf } from '../../support/askedWorker.ts';
import { useOrg } from '../../support/org.ts';
import { alex } from '../../support/orgBrowser.ts';
import { until } from '../../support/until.ts';
import { must, signedInSession } from '../../support/workerSession.ts';

const count = `${data}/query?q=${encodeURIComponent('SELECT Id FROM Contact')}`;

describe('a copy of an answer', () => {
  const org = useOrg({ contacts: 60 });
  let now: number;
  const clock = { now: () => now };

  beforeEach(() => {
    now = Date.now();
  });

  it('is what a record is read from again within a second, by any app of the session, and no longer', async () => {
    const { blotter, notes, contacts, asked } = await askedWorker(org, {}, clock);
    const [contact] = contacts as [string];
    expect([await blotter.served(contact), await notes.served(contact)]).toEqual(['org', 'fresh']);
    now += 1_000;
    expect(await notes.served(contact)).toBe('fresh');
    now += 1;
    expect(await notes.served(contact)).toBe('org');
    expect(await asked()).toEqual({ [`GET ${contact}`]: 2 });
  });

  it('is as old as the caller allows', async () => {
    const { blotter, notes } = await askedWorker(org, {}, clock);
    expect([await blotter.served(count), await notes.served(count)]).toEqual(['org', 'org']);
    now += 5_000;
    expect(await notes.served(count, { maxAgeMs: 4_999 })).toBe('org');
    expect(await notes.served(count, { maxAgeMs: 60_000 })).toBe('fresh');
    for (const fromOrg of [{ maxAgeMs: 0 }, { headers: { 'cache-control': 'no-cache' } }])
      expect(await notes.served(count, fromOrg)).toBe('org');
  });

  it.each([
    ['switched off', { freshness: false }],
    ['configured to 0', { freshForMs: { records: 0 } }],
  ])('is not used where that is %s', async (_how, pipeline) => {
    const { blotter, contacts } = await askedWorker(org, pipeline, clock);
    expect([await blotter.served(contacts[0]!), await blotter.served(contacts[0]!)]).toEqual(['org', 'org']);
  });

  it('of what an object consists of lasts longer', async () => {
    const { blotter, notes } = await askedWorker(org, {}, clock);
    await blotter.ask(`${data}/sobjects/Contact/describe`);
    now += 240_000;
    expect(await notes.served(`${data}/sobjects/Contact/describe`)).toBe('fresh');
  });

  it('is gone after any write of any session of the org', async () => {
    const { blotter, contacts, signIn } = await askedWorker(org, {}, clock);
    const other = (await signIn(alex)).app('Notes');
    const [one, two] = contacts as [string, string];
    await blotter.get(one);
    must((await blotter.patch(two, { LastName: 'Elsewhere' })).outcome);
    expect(await blotter.served(one)).toBe('org');
    // Refused by the org, but a write all the same.
    await other.patch(one, { LastName: '' });
    expect(await blotter.served(one)).toBe('org');
    expect(await blotter.served(one)).toBe('fresh');
  });

  it('is not gone after a composite request that only reads', async () => {
    const { blotter, contacts } = await askedWorker(org, {}, clock);
    const [contact] = contacts as [string];
    await blotter.get(contact);
    const part = { method: 'GET', url: contact, referenceId: 'a' };
    const composite = (compositeRequest: object[]) =>
      blotter.ask(`${data}/composite`, { method: 'POST', body: { kind: 'json', value: { compositeRequest } } });
    must((await composite([part])).outcome);
    expect(await blotter.served(contact)).toBe('fresh');
    must((await composite([part, { ...part, method: 'PATCH', referenceId: 'b', body: {} }])).outcome);
    expect(await blotter.served(contact)).toBe('org');
  });

  it('is not gone after a search for what a lookup may refer to, which is asked by POST', async () => {
    const { blotter, contacts } = await askedWorker(org, {}, clock);
    const [contact] = contacts as [string];
    await blotter.get(contact);
    const sought = `${data}/ui-api/lookups/Contact/AccountId?searchType=Search&q=edge`;
    const sourceRecord = { fields: { Id: null } };
    must((await blotter.ask(sought, { method: 'POST', body: { kind: 'json', value: { sourceRecord } } })).outcome);
    expect(await blotter.served(contact)).toBe('fresh');
  });

  it('is made of nothing that was asked for before a write', async () => {
    const { blotter, notes, contacts } = await askedWorker(org, {}, clock);
    const [contact] = contacts as [string];
    await org.control.injectFault({ kind: 'delay', milliseconds: 300 }, { path: '/Contact/', method: 'GET', times: 1 });
    const before = notes.get(contact);
    must((await blotter.patch(contact, { LastName: 'After' })).outcome);
    await before;
    expect(await blotter.served(contact)).toBe('org');
  });

  it('is made of nothing that was read while a write was on its way', async () => {
    const { blotter, notes, contacts, asked } = await askedWorker(org, {}, clock);
    const [contact] = contacts as [string];
    await org.control.injectFault(
      { kind: 'delay', milliseconds: 500 },
      { path: '/Contact/', method: 'PATCH', times: 1 },
    );
    const write = blotter.patch(contact, { LastName: 'Written late' });
    await until(async () => (await asked())[`PATCH ${contact}`] === 1);
    must(await notes.get(contact));
    must((await write).outcome);
    expect(valueOf(await notes.get(contact))).toMatchObject({ LastName: 'Written late' });
  });

  it('is not used for a while after a write whose answer was lost, which may still be carried out', async () => {
    const { blotter, contacts } = await askedWorker(org, {}, clock);
    const [contact] = contacts as [string];
    await org.control.dropConnections({ path: '/Contact/', method: 'PATCH', times: 1 });
    expect((await blotter.patch(contact, { LastName: 'Lost' })).outcome).toMatchObject({
      ok: false,
      error: { reason: 'request.writeLost', message: expect.stringContaining('may have been made or not') },
    });
    expect([await blotter.served(contact), await blotter.served(contact)]).toEqual(['org', 'org']);
    now += 31_000;
    expect([await blotter.served(contact), await blotter.served(contact)]).toEqual(['org', 'fresh']);
  });

  it("is nobody else's: not another person's, and not that of another session of the same person", async () => {
    const { blotter, signIn } = await askedWorker(org, {}, clock);
    const hers = valueOf(await blotter.get(count)) as { totalSize: number };
    for (const user of [alex, undefined]) {
      const other = (await signIn(user)).app('Blotter', blotter.caller.id);
      const { outcome, line } = await other.ask(count, { maxAgeMs: 60_000 });
      expect(line.served).toBe('org');
      if (user) expect((valueOf(outcome) as { totalSize: number }).totalSize).toBeLessThan(hers.totalSize);
    }
  });

  it('ends with its session, and when the session may see more', async () => {
    const { worker, blotter, sessionId, contacts } = await askedWorker(org, {}, clock);
    const [contact] = contacts as [string];
    await blotter.get(contact);
    const wider = await signedInSession(worker, org.url, undefined, ['api', 'refresh_token', 'web']);
    must(await worker.widenSession(sessionId, wider.sessionId));
    expect(await blotter.served(contact)).toBe('org');
    await worker.endSession(sessionId);
    await worker.grantSession(blotter.caller, sessionId);
    expect(await blotter.get(contact)).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
  });

  it('takes no more room than it may', async () => {
    const { blotter, notes } = await askedWorker(org, { copiesMegabytes: 1 }, clock);
    const large = (n: number) => `${data}/sobjects/Contact/describe?n=${n}`;
    const sizes = [];
    for (let n = 0; n < 40; n += 1) sizes.push(JSON.stringify(valueOf(await blotter.get(large(n)))).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(2 ** 20);
    expect([await notes.served(large(0)), await notes.served(large(39))]).toEqual(['org', 'fresh']);
  });
});
