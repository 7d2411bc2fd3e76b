/** Requests that are sent again, and those that are not; the turns that requests wait for. */
import { askedWorker, data, valueOf } from '../../support/askedWorker.ts';
import { useOrg } from '../../support/org.ts';
import { until } from '../../support/until.ts';
import { must } from '../../support/workerSession.ts';

const limits = `${data}/limits`;

describe('a request that gets no answer', () => {
  const org = useOrg({ contacts: 5 });
  const drop = (times: number) => org.control.dropConnections({ path: '/(limits|Contact/.*)$', times });

  it('is sent again twice where it reads', async () => {
    const { blotter, asked } = await askedWorker(org);
    await drop(2);
    must(await blotter.get(limits));
    await drop(3);
    expect(await blotter.get(limits)).toMatchObject({ ok: false, error: { reason: 'session.unreachable' } });
    expect(await asked()).toEqual({ [`GET ${limits}`]: 6 });
  });

  it('is not sent again where that is switched off', async () => {
    const { blotter, asked } = await askedWorker(org, { retries: false });
    await drop(1);
    expect(await blotter.get(limits)).toMatchObject({ ok: false });
    expect(await asked()).toEqual({ [`GET ${limits}`]: 1 });
  });

  it('ends in its time, however often it would be sent again', async () => {
    const { blotter } = await askedWorker(org);
    await org.control.answerWith({
      path: '/limits$',
      times: 3,
      status: 503,
      body: '',
      headers: { 'Retry-After': '4' },
    });
    expect(await blotter.get(limits, { timeoutMs: 300 })).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_TIMED_OUT' },
    });
  });

  it('is not sent again where it writes, and says that the change may have been made', async () => {
    const { blotter, contacts, asked } = await askedWorker(org);
    await drop(1);
    expect((await blotter.patch(contacts[0]!, { LastName: 'Once' })).outcome).toMatchObject({
      ok: false,
      error: { reason: 'request.writeLost' },
    });
    expect(await asked()).toEqual({ [`PATCH ${contacts[0]}`]: 1 });
  });

  it('is sent again where it writes what can be written twice, and the caller says so', async () => {
    const { blotter, contacts, asked } = await askedWorker(org);
    const [contact] = contacts as [string];
    const changed = { headers: { 'If-Unmodified-Since': new Date(Date.now() + 60_000).toUTCString() } };
    await drop(1);
    expect((await blotter.patch(contact, { LastName: 'Lost' }, changed)).outcome).toMatchObject({ ok: false });
    await drop(1);
    must((await blotter.patch(contact, { LastName: 'Twice' }, { ...changed, isIdempotent: true })).outcome);
    expect(await asked()).toEqual({ [`PATCH ${contact}`]: 3 });
    expect(valueOf(await blotter.get(contact))).toMatchObject({ LastName: 'Twice' });
    for (const more of [{}, { method: 'POST' }, { method: 'DELETE', ...changed }])
      expect((await blotter.patch(contact, {}, { isIdempotent: true, ...more })).outcome).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PARAMETER', message: expect.stringContaining('isIdempotent') },
      });
  });
});

describe('requests of an app that asks for many', () => {
  const org = useOrg({ contacts: 5 });
  const many = (ask: (endpoint: string) => unknown, count: number) =>
    Array.from({ length: count }, (_, n) => ask(`${limits}?n=${n}`));

  it.each([
    [{}, 5],
    [{ turns: false }, 12],
  ])('have so many at the org at one time: %j, %d', async (pipeline, atOnce) => {
    const { worker, blotter, notes, asked } = await askedWorker(org, pipeline);
    await org.control.injectFault({ kind: 'hang' }, { path: '/limits$', times: 12 });
    const all = Promise.all(many((endpoint) => blotter.ask(endpoint), 12));
    await until(async () => (await asked())[`GET ${limits}`] === atOnce);
    must(await notes.get(`${data}/sobjects`));
    expect((await asked())[`GET ${limits}`]).toBe(atOnce);
    await org.control.clearFaults();
    await worker.dismissCaller(blotter.caller.id);
    await all;
  });
});
