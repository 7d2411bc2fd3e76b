import { describeWork } from '../../bench/describeWork.ts';
import type { BenchReport, VariantName } from '../../bench/report.ts';

const samples = (
  milliseconds: Partial<Record<VariantName, number[]>>,
  requests: Partial<Record<VariantName, number[]>>,
) =>
  new Map(
    Object.entries(milliseconds).map(([variant, values]) => [
      variant as VariantName,
      { milliseconds: values, requests: requests[variant as VariantName]! },
    ]),
  );
const totals = {
  ...{ signIns: 1, signInWindows: 1, tokenRequests: 5, failedCalls: 0, calls: 960 },
  requestsByHour: [100, 250],
};

/** A report with little in it, and something of everything. */
export const report: BenchReport = {
  works: [
    describeWork(
      { name: 'one read after another', unit: 'ms', protocol: 'HTTP/2', latencyMs: 20 },
      samples(
        { ours: [3, 2, 4], bare: [2, 2, 2], peer: [5, 4, 4] },
        { ours: [40, 40, 20], bare: [40, 40, 40], peer: [40, 40, 40] },
      ),
    ),
    describeWork(
      { name: 'first connect', unit: 'ms', protocol: 'HTTP/1.1', latencyMs: 0 },
      samples({ ours: [100], peer: [400] }, { ours: [5], peer: [7] }),
    ),
    describeWork(
      { name: '20 apps × the same 50 contacts', unit: 'ms for all', protocol: 'HTTP/2', latencyMs: 20 },
      samples({ ours: [10], peer: [190] }, { ours: [3], peer: [2_000] }),
    ),
  ],
  binding: {
    name: 'a read',
    unit: 'ms',
    dpop: 3,
    bearer: 2,
    dpopToBearer: 1.5,
    spread: { dpop: { p25: 3, p75: 4 }, bearer: { p25: 2, p75: 2 } },
  },
  day: { ours: totals, peer: { ...totals, failedCalls: 480, requestsByHour: [4_000, 8_100] } },
  heap: [
    { rows: 0, megabytes: 20 },
    { rows: 10_000, megabytes: 22 },
    { rows: 50_000, megabytes: 22.5 },
  ],
  intents: { intents: 500, people: 100, orgRequests: 620, byPath: { 'GET /query': 620 }, millisecondsEach: 40 },
  memory: { apps: 100, oneAppMegabytes: 60, allAppsMegabytes: 90, ratio: 1.5 },
  live: {
    edits: [{ latencyMs: 20, apps: 3, shownMs: 40, roundTripMs: 4, readMs: 25 }],
    hour: { apps: 20, everyMs: 5_000, orgRequests: 721, polling: 14_420 },
  },
  connects: {
    first: [{ latencyMs: 20, steps: [{ step: 'hello is sent', atMs: 2 }] }],
    second: [{ latencyMs: 20, steps: [{ step: 'the app is <connected>', atMs: 40 }] }],
  },
  machine: {
    ...{ cores: 2, processor: 'A processor', memoryGigabytes: 16, system: 'Linux x86_64' },
    ...{ node: '20.20.2', chromium: '156.0' },
  },
  clientGzipBytes: 6_000,
  peerGzipBytes: 33_000,
  rounds: 3,
  conditions: ['All on one machine.'],
};
