/** Identical reads at one time, with what the org has counted. */
import { askedWorker, data, valueOf } from '../../support/askedWorker.ts';
import { useOrg } from '../../support/org.ts';
import { alex } from '../../support/orgBrowser.ts';
import { until } from '../../support/until.ts';

const limits = `${data}/limits`;

describe('identical reads that are asked for at one time', () => {
  const org = useOrg({ contacts: 60 });
  const hang = () => org.control.injectFault({ kind: 'hang' }, { path: '/limits$', times: 1_000 });

  it('are one request, and each caller has its answer', async () => {
    const { blotter, notes, asked } = await askedWorker(org);
    await org.control.setLatency(100);
    const answers = await Promise.all([blotter, notes, blotter, notes].map((app) => app.ask(limits)));
    expect(await asked()).toEqual({ [`GET ${limits}`]: 1 });
    expect(answers.map(({ line }) => line.served)).toEqual(['org', 'shared', 'shared', 'shared']);
    for (const { outcome } of answers) expect(valueOf(outcome)).toEqual(valueOf(answers[0]!.outcome));
  });

  it('are a request each where that is switched off', async () => {
    const { blotter, notes, asked } = await askedWorker(org, { coalescing: false });
    await Promise.all([blotter, notes].map((app) => app.ask(limits)));
    expect(await asked()).toEqual({ [`GET ${limits}`]: 2 });
  });

  it('are a request each for whoever wants the answer of the org itself', async () => {
    const { blotter, notes, asked } = await askedWorker(org);
    await org.control.setLatency(100);
    const all = [
      blotter.served(limits),
      notes.served(limits, { maxAgeMs: 0 }),
      notes.served(limits, { headers: { 'Cache-Control': 'no-cache' } }),
      blotter.served(limits),
    ];
    expect(await Promise.all(all)).toEqual(['org', 'org', 'org', 'shared']);
    expect(await asked()).toEqual({ [`GET ${limits}`]: 3 });
  });

  it('differ by headers that change the answer', async () => {
    const { blotter, asked } = await askedWorker(org);
    await Promise.all([
      blotter.ask(limits),
      blotter.ask(limits, { headers: { accept: 'application/xml' } }),
      blotter.ask(limits, { answerAs: 'bytes' }),
      blotter.ask(limits, { headers: { 'If-None-Match': 'x' } }),
      blotter.ask(limits, { headers: { 'If-None-Match': 'x' } }),
    ]);
    expect(await asked()).toEqual({ [`GET ${limits}`]: 5 });
  });

  it('have a time limit and an end each; the request ends with the last of them', async () => {
    const { worker, blotter, notes, asked } = await askedWorker(org);
    await hang();
    const requestId = 'cancelled';
    const cancelled = blotter.get(limits, { requestId });
    const impatient = notes.get(limits, { timeoutMs: 300 });
    const patient = notes.get(limits, { requestId: 'patient' });
    await until(async () => (await asked())[`GET ${limits}`] === 1);
    await worker.cancelCall(blotter.caller.id, requestId);
    expect(await cancelled).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    expect(await impatient).toMatchObject({ ok: false, error: { reason: 'session.timedOut' } });
    await org.control.clearFaults();
    // The one that hangs has somebody who waits, so another joins it.
    const joined = blotter.get(limits, { requestId: 'joined' });
    await worker.cancelCall(notes.caller.id, 'patient');
    expect(await patient).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    await worker.cancelCall(blotter.caller.id, 'joined');
    expect(await joined).toMatchObject({ ok: false, error: { code: 'REQUEST_CANCELLED' } });
    // Nobody waited for that any more: this one is new, and answered.
    expect(await blotter.served(limits)).toBe('org');
    expect(await asked()).toEqual({ [`GET ${limits}`]: 2 });
  });

  it('of two people are never one', async () => {
    const { blotter, signIn } = await askedWorker(org);
    const other = (await signIn(alex)).app('Blotter');
    const me = `${data}/query?q=${encodeURIComponent('SELECT Id FROM Contact')}`;
    await org.control.setLatency(50);
    const [hers, his] = (await Promise.all([blotter.get(me), other.get(me)])).map((one) => valueOf(one)) as [
      { totalSize: number },
      { totalSize: number },
    ];
    expect(hers.totalSize).toBeGreaterThan(his.totalSize);
  });

  it('are not one with a read of before a write, once that has ended', async () => {
    const { blotter, notes, contacts, asked } = await askedWorker(org);
    const contact = contacts[0]!;
    await org.control.injectFault({ kind: 'hang', afterWork: true }, { path: '/Contact/', method: 'GET', times: 1 });
    const before = notes.get(contact, { timeoutMs: 5_000 });
    await until(async () => Object.keys(await asked()).length === 1);
    expect((await blotter.patch(contact, { LastName: 'After' })).outcome).toMatchObject({ ok: true });
    expect(valueOf(await notes.get(contact))).toMatchObject({ LastName: 'After' });
    expect(await before).toMatchObject({ ok: false, error: { code: 'REQUEST_TIMED_OUT' } });
  });
});
