import type { BenchReport, Network, Work } from '../report.ts';
import { rounded } from '../statistics.ts';

/** One number that was wanted, and what was measured. */
export interface Figure {
  /** Where it holds: a latency, a protocol, or what is counted. */
  of: string;
  /** Null where it was not measured. */
  measured: number | null;
  limit: number;
  is: 'atMost' | 'atLeast';
  unit?: string;
}

export interface Goal {
  work: string;
  compared: string;
  figures: Figure[];
}

export function isReached({ measured, limit, is }: Figure): boolean {
  return measured !== null && (is === 'atMost' ? measured <= limit : measured >= limit);
}

type Limits = Readonly<Record<number, number>>;

/** What the data plane has to reach, beside what was measured. */
export function goalsOf(report: BenchReport): Goal[] {
  const { works, heap, intents, memory, live } = report;
  const find = (name: string, latencyMs: number, protocol: Network['protocol'] = 'HTTP/2'): Work | undefined =>
    works.find((work) => work.name === name && work.latencyMs === latencyMs && work.protocol === protocol);
  const latencies = [
    ...new Set(works.filter(({ protocol }) => protocol === 'HTTP/2').map(({ latencyMs }) => latencyMs)),
  ];
  const figure = (
    of: string,
    measured: number | null | undefined,
    limit: number,
    more: Partial<Figure> = {},
  ): Figure => ({ ...{ of, measured: measured ?? null, limit, is: 'atMost' }, ...more });
  /** Ours as a multiple of bare `fetch`, at each latency that has a limit. */
  const toBare = (name: string, limits: Limits): Figure[] =>
    Object.entries(limits).map(([latency, limit]) =>
      figure(`${latency} ms`, find(name, Number(latency))?.oursToBare, limit),
    );
  const everywhere = (limit: number): Limits => Object.fromEntries(latencies.map((latency) => [latency, limit]));
  const eachOf = (of: (latency: number) => Figure): Figure[] => latencies.map(of);
  const timesFaster = (work: Work | undefined): number | null =>
    work?.ours && work.peer ? rounded(work.peer / work.ours) : null;
  const requestShare = (work: Work | undefined): number | null =>
    work && work.orgRequests.ours !== null && work.orgRequests.peer
      ? rounded((100 * work.orgRequests.ours) / work.orgRequests.peer)
      : null;
  const desk = (name: string, faster: number, share: number): Goal[] => [
    {
      work: name,
      compared: 'peer / ours',
      figures: eachOf((latency) =>
        figure(`${latency} ms`, timesFaster(find(name, latency)), faster, { is: 'atLeast' }),
      ),
    },
    {
      work: `${name}: requests at the org`,
      compared: 'ours / peer',
      figures: eachOf((latency) => figure(`${latency} ms`, requestShare(find(name, latency)), share, { unit: '%' })),
    },
  ];
  const [, afterFirst, ...later] = heap;
  const last = later.at(-1);

  return [
    {
      work: 'one read after another, each another record',
      compared: 'ours / bare',
      figures: toBare('one read after another', { 0: 1.15, 20: 0.65, 80: 0.65 }),
    },
    {
      work: 'the same with bound tokens (DPoP)',
      compared: 'ours / bare',
      figures: toBare('one read after another, bound tokens', { 0: 1.4, 20: 0.7 }),
    },
    {
      work: 'the same record again, within its freshness',
      compared: 'ours / bare',
      figures: toBare('the same record again', { 20: 0.3 }),
    },
    {
      work: '20 reads at once',
      compared: 'ours / bare',
      figures: [
        ...toBare('20 reads at once', { 20: 0.75 }),
        figure('20 ms over HTTP/1.1', find('20 reads at once', 20, 'HTTP/1.1')?.oursToBare, 0.25),
        figure('requests at the org', find('20 reads at once', 20)?.orgRequests.ours, 2),
      ],
    },
    { work: 'a 2,000-row query', compared: 'ours / bare', figures: toBare('a 2,000-row query', everywhere(1.1)) },
    {
      work: '50,000 rows by the iterator',
      compared: 'ours / bare',
      figures: [
        ...toBare('50,000 rows by the iterator', everywhere(1.05)),
        figure(
          `heap after ${count(last?.rows)} rows / after ${count(afterFirst?.rows)}`,
          last && afterFirst && rounded(last.megabytes / afterFirst.megabytes),
          1.05,
        ),
      ],
    },
    { work: '10 MB down', compared: 'ours / bare', figures: toBare('10 MB down', everywhere(1.1)) },
    { work: '10 MB up', compared: 'ours / bare', figures: toBare('10 MB up', everywhere(1.1)) },
    {
      work: 'a first connect, the person logged in',
      compared: 'ours / peer',
      figures: eachOf((latency) => figure(`${latency} ms`, find('first connect', latency)?.oursToPeer, 1)),
    },
    {
      work: "a second app's connect",
      compared: 'peer / ours',
      figures: eachOf((latency) =>
        figure(`${latency} ms`, timesFaster(find("a second app's connect", latency)), 10, { is: 'atLeast' }),
      ),
    },
    ...desk('20 apps × the same 50 contacts', 20, 2),
    ...desk('20 apps × 50 different contacts', 3, 10),
    {
      work: `${count(intents.intents)} \`ViewContact\` intents over ${count(intents.people)} people`,
      compared: 'requests at the org',
      figures: [figure('0 ms', intents.orgRequests, 110)],
    },
    {
      work: `${memory?.apps ?? 100} apps connected`,
      compared: "memory of the provider's process / with one app",
      figures: [figure('', memory?.ratio, 2)],
    },
    {
      work: 'an edit in one app until the others show it',
      compared: 'from its answer on; two round trips over the channel and one read',
      figures: live.edits.map(({ latencyMs, shownMs, roundTripMs, readMs }) =>
        figure(`${latencyMs} ms`, shownMs, rounded(2 * roundTripMs + readMs), { unit: 'ms' }),
      ),
    },
    {
      work: `${count(live.hour.apps)} apps that all want one account live for an hour`,
      compared: `requests at the org, ours / each app asking every ${live.hour.everyMs / 1_000} s`,
      figures: [figure('', rounded((100 * live.hour.orgRequests) / live.hour.polling), 5, { unit: '%' })],
    },
  ];
}

const count = (value: number | undefined): string => (value ?? 0).toLocaleString('en');
