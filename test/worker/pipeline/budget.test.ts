/** What an org has left of its requests, and what this desktop does about it. */
import type { OrgUsage } from '../../../src/channel/orgUsage.ts';
import { askedWorker, data, valueOf } from '../../support/askedWorker.ts';
import { useOrg } from '../../support/org.ts';
import { until } from '../../support/until.ts';
import { must } from '../../support/workerSession.ts';

const limits = (n: number) => `${data}/limits?n=${n}`;

/** Tokens that do not hang on the clock, which these tests move. */
const unbound = { org: { dpop: 'off' } } as const;

describe('requests to an org', () => {
  const org = useOrg({ contacts: 60 });
  /** The figures of this test's worker. */
  let told: { usage: OrgUsage[] };
  let now: number;
  const keeper = () => {
    const mine = told;
    return (usage: OrgUsage[]) => void (mine.usage = usage);
  };
  const desk = (pipeline: Parameters<typeof askedWorker>[1] = {}) =>
    askedWorker(org, pipeline, { ...unbound, now: () => now, onUsage: keeper() });

  beforeEach(() => {
    told = { usage: [] };
    now = Date.now();
  });

  it('are counted as apps ask for them and as they are sent, with what the org says of its use', async () => {
    const { blotter, notes, contacts } = await desk();
    await Promise.all(contacts.slice(0, 20).map((contact) => blotter.ask(contact)));
    for (const contact of contacts.slice(0, 20)) await notes.ask(contact);
    await until(() => told.usage[0]?.apps.some(({ app, asked }) => app === 'Notes' && asked === 20) ?? false);
    expect(told.usage).toEqual([
      {
        orgUrl: org.url,
        // A query of each app's own has come first.
        asked: 41,
        sent: 2,
        used: expect.any(Number),
        limit: expect.any(Number),
        background: 'normal',
        apps: [
          { app: 'Blotter', asked: 21, sent: 2 },
          { app: 'Notes', asked: 20, sent: 0 },
        ],
      },
    ]);
  });

  it('are not counted where that is switched off', async () => {
    const { blotter } = await desk({ budget: { enabled: false } });
    await blotter.ask(limits(1));
    expect(told.usage).toEqual([]);
  });

  it('are used as the resource limits says where answers do not tell', async () => {
    const hidden: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const headers = new Headers(response.headers);
      headers.delete('sforce-limit-info');
      return new Response(response.body, { status: response.status, headers });
    };
    const { blotter } = await askedWorker(org, {}, { fetch: hidden, onUsage: keeper() });
    await blotter.ask(limits(1));
    await until(() => told.usage[0]?.limit !== undefined);
    expect(told.usage[0]!.apps).toContainEqual({ app: 'provider', asked: 0, sent: 1 });
  });

  it('of the background are refused when most is used, until that is looked at again; those of people never', async () => {
    const { blotter } = await desk({ budget: { slowBackgroundFrom: 0, refuseBackgroundFrom: 0 } });
    must((await blotter.ask(limits(1))).outcome);
    const until = new Date(now + 900_000).toISOString();
    expect(await blotter.get(limits(2), { priority: 'background' })).toMatchObject({
      ok: false,
      error: { code: 'TOO_MANY_REQUESTS', reason: 'request.overBudget', data: { until } },
    });
    must(await blotter.get(limits(3)));
    now += 900_001;
    must(await blotter.get(limits(4), { priority: 'background' }));
  });

  it('of the background are slowed before that', async () => {
    const pauses: number[] = [];
    const { blotter } = await askedWorker(
      org,
      { budget: { slowBackgroundFrom: 0, refuseBackgroundFrom: 1 } },
      { delay: async (ms) => void pauses.push(ms) },
    );
    await blotter.ask(limits(1));
    await blotter.ask(limits(2));
    pauses.length = 0;
    await blotter.ask(limits(3), { priority: 'background' });
    expect(pauses).toContain(2_000);
  });

  it('wait while the org asks for it, or fail with the time until when', async () => {
    const { blotter, asked } = await desk();
    const place = { path: '/limits$', status: 503, body: '' };
    await org.control.answerWith({ ...place, headers: { 'Retry-After': '600' } });
    expect(await blotter.get(limits(1))).toMatchObject({ ok: false, error: { status: 503 } });
    expect(await blotter.get(limits(2))).toMatchObject({
      ok: false,
      error: { reason: 'request.paused', data: { until: new Date(now + 600_000).toISOString() } },
    });
    expect(await asked()).toEqual({ [`GET ${data}/limits`]: 1 });
    now += 600_000;
    must(await blotter.get(limits(3)));
  });

  it('are no hammer on an org that says they are used up: one by one, after longer and longer pauses', async () => {
    const pauses: number[] = [];
    const { blotter, asked } = await askedWorker(
      org,
      {},
      {
        ...unbound,
        now: () => now,
        async delay(ms) {
          pauses.push(ms);
          now += ms;
        },
      },
    );
    await org.control.answerWith({
      path: '/limits$',
      times: 3,
      status: 403,
      body: '[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]',
    });
    for (const n of [1, 2, 3])
      expect(await blotter.get(limits(n))).toMatchObject({ ok: false, error: { reason: 'request.limitExceeded' } });
    valueOf(await blotter.get(limits(4)));
    expect(pauses.filter((ms) => ms >= 1_000)).toEqual(expect.arrayContaining([1_000, 2_000, 4_000]));
    expect(await asked()).toEqual({ [`GET ${data}/limits`]: 4 });
  });
});
