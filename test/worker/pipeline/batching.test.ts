/** Reads of one moment as one composite request, with what the org has counted. */
import { askedWorker, data, valueOf } from '../../support/askedWorker.ts';
import type { DoorCaller } from '../../../src/worker/pipeline/door.ts';
import { useOrg } from '../../support/org.ts';
import { alex } from '../../support/orgBrowser.ts';
import { until } from '../../support/until.ts';

const composite = `POST ${data}/composite`;
const query = (soql: string) => `${data}/query?q=${encodeURIComponent(soql)}`;

describe('reads that are asked for in the same moment', () => {
  const org = useOrg({ contacts: 60 });
  const alone = { batching: false, freshness: false };

  it('are one request to the org, 25 at a time', async () => {
    const { blotter, notes, contacts, asked } = await askedWorker(org);
    const answers = await Promise.all(
      contacts.slice(0, 50).map((contact, index) => (index % 2 ? blotter : notes).ask(contact)),
    );
    expect(await asked()).toEqual({ [composite]: 2 });
    expect(new Set(answers.map(({ line }) => line.served))).toEqual(new Set(['batched']));
    answers.forEach(({ outcome }, index) => expect(contacts[index]).toContain((valueOf(outcome) as { Id: string }).Id));
  });

  it('are a request each where that is switched off', async () => {
    const { blotter, contacts, asked } = await askedWorker(org, { batching: false });
    await Promise.all(contacts.slice(0, 3).map((contact) => blotter.ask(contact)));
    expect(Object.values(await asked())).toEqual([1, 1, 1]);
  });

  it('have the answer, the error and the status that each would have had alone', async () => {
    const { blotter, contacts } = await askedWorker(org, { freshness: false });
    const single = await askedWorker(org, alone);
    const [one] = contacts as [string];
    const endpoints = [
      one,
      `${one}?fields=Name,Email`,
      `${one}?fields=Nonsense`,
      `${data}/sobjects/Contact/003000000000000AAA`,
      `${data}/sobjects/Nonsense/003000000000000AAA`,
      query('SELECT Id, Name, Account.Name FROM Contact ORDER BY Name LIMIT 3'),
      query('SELECT Nonsense FROM Contact'),
      query('nonsense'),
      `${data}/ui-api/records/${one.split('/').at(-1)}?fields=Contact.Name`,
      `${data}/ui-api/records/003000000000000AAA?fields=Contact.Name`,
      '/services/data/v99.0/sobjects/Contact/003000000000000AAA',
    ];
    const batched = await Promise.all(endpoints.map((endpoint) => blotter.ask(endpoint)));
    for (const [index, { outcome }] of batched.entries()) {
      const expected = await single.blotter.get(endpoints[index]!);
      if (outcome.ok) delete outcome.data.served;
      if (expected.ok) delete expected.data.served;
      expect({ endpoint: endpoints[index], outcome }).toEqual({ endpoint: endpoints[index], outcome: expected });
    }
    expect(batched.filter(({ line }) => line.served === 'batched').length).toBeGreaterThanOrEqual(7);
  });

  it('are no more than five queries in a request', async () => {
    const { blotter, asked } = await askedWorker(org);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => blotter.served(query(`SELECT Id FROM Contact LIMIT ${index + 1}`))),
    );
    expect(answers).toEqual(Array(12).fill('batched'));
    expect(await asked()).toEqual({ [composite]: 3 });
  });

  it('go by themselves where they could not be part of a batch', async () => {
    const { blotter, contacts, asked } = await askedWorker(org);
    const [one] = contacts as [string];
    await Promise.all([
      blotter.ask(one, { answerAs: 'bytes' }),
      blotter.ask(one, { headers: { accept: 'application/xml' } }),
      blotter.ask(one, { headers: { 'If-Modified-Since': new Date().toUTCString() } }),
      blotter.ask(one, { method: 'HEAD' }),
      blotter.ask(`${one}/AccountId`),
      blotter.ask(query("SELECT Id FROM Contact WHERE LastName = '@{a.b}'")),
      blotter.ask(`${data}/limits`),
    ]);
    expect((await asked())[composite]).toBeUndefined();
  });

  it('are asked alone where the org answers the batch as nobody expects, and so are the next ones', async () => {
    const { blotter, contacts, asked } = await askedWorker(org);
    await org.control.answerWith({ path: '/composite$', status: 200, body: '{"compositeResponse":[]}', times: 1 });
    const first = await Promise.all(contacts.slice(0, 3).map((contact) => blotter.served(contact)));
    expect(first).toEqual(['org', 'org', 'org']);
    await Promise.all(contacts.slice(3, 6).map((contact) => blotter.served(contact)));
    expect((await asked())[composite]).toBe(1);
  });

  it('meet the failure of the batch where each alone would have met it', async () => {
    const { blotter, contacts, asked } = await askedWorker(org);
    await org.control.answerWith({
      path: '/composite$',
      status: 403,
      body: '[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]',
    });
    for (const answer of await Promise.all(contacts.slice(0, 3).map((contact) => blotter.get(contact))))
      expect(answer).toMatchObject({ ok: false, error: { reason: 'request.limitExceeded' } });
    expect(await asked()).toEqual({ [composite]: 1 });
  });

  it('are renewed for together when the access token has ended, and answered', async () => {
    const { blotter, contacts } = await askedWorker(org);
    await org.control.expireAccessTokens();
    const served = await Promise.all(contacts.slice(0, 5).map((contact) => blotter.served(contact)));
    expect(served).toEqual(Array(5).fill('batched'));
    expect((await org.control.counts()).tokenRequests['refresh_token']).toBe(1);
  });

  it('end one by one: one that is given up takes no other with it, and the last one the request', async () => {
    const { worker, blotter, contacts, asked } = await askedWorker(org);
    await org.control.injectFault({ kind: 'delay', milliseconds: 500 }, { path: '/composite$' });
    const given = blotter.get(contacts[0]!, { requestId: 'given up' });
    const others = contacts.slice(1, 4).map((contact) => blotter.get(contact));
    await until(async () => (await asked())[composite] === 1);
    await worker.cancelCall(blotter.caller.id, 'given up');
    expect(await given).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    for (const answer of await Promise.all(others)) expect(answer).toMatchObject({ ok: true });
  });

  it('are one request too where they arrive one after the other, of a page that shows a record', async () => {
    const tasks = async (count: number): Promise<void> => {
      for (let task = 0; task < count; task += 1) await new Promise(setImmediate);
    };
    const { worker, sessionId, contacts, asked } = await askedWorker(org, {}, { delay: () => tasks(20) });
    const page: DoorCaller = { id: 'record-view/1', app: 'Record view', isPersons: true, asksTogether: true };
    await worker.grantSession(page, sessionId);
    const answers = contacts.slice(0, 4).map(async (endpoint, at) => {
      // Each of them is read in a task of its own, as messages are.
      await tasks(3 * at);
      return worker.execute(page, { requestId: `page-${at}`, sessionId, endpoint });
    });
    expect((await Promise.all(answers)).every(({ outcome }) => outcome.ok)).toBe(true);
    expect(await asked()).toEqual({ [composite]: 1 });
  });

  it('of two people are never in one request', async () => {
    const { blotter, signIn, contacts, asked } = await askedWorker(org);
    const other = (await signIn(alex)).app('Blotter');
    await org.control.resetCounts();
    const mine = contacts.slice(0, 4);
    const answers = await Promise.all([...mine.map((one) => blotter.get(one)), ...mine.map((one) => other.get(one))]);
    expect(await asked()).toEqual({ [composite]: 2 });
    expect((await org.control.counts()).distinctAccessTokens).toBe(2);
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(4);
  });

  it('are one request too where it is one record or a query of few rows, in a place that asks before each new address', async () => {
    const browser = { hasPreflights: true };
    const { blotter, contacts, asked } = await askedWorker(org, {}, browser);
    expect(await blotter.served(contacts[0]!)).toBe('org');
    expect(await blotter.served(query('SELECT Id FROM Contact LIMIT 200'))).toBe('org');
    expect(await blotter.served(query('SELECT COUNT() FROM Contact'))).toBe('org');
    await blotter.get(query('SELECT Id FROM Contact LIMIT 201'));
    await blotter.get(query('SELECT Id FROM Contact'));
    expect(await asked()).toEqual({ [composite]: 3, [`GET ${data}/query`]: 2 });
    const off = await askedWorker(org, { batchLoneReads: false }, browser);
    await off.blotter.get(contacts[0]!);
    expect(await off.asked()).toEqual({ [`GET ${contacts[0]}`]: 1 });
  });
});
