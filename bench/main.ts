import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { obtainTokens } from '../test/support/orgBrowser.ts';
import { readArguments, usage, type BenchArguments } from './arguments.ts';
import { openBare } from './bare.ts';
import { measureBinding } from './binding.ts';
import { bundledGzipBytes } from './bundleSize.ts';
import { liveThroughDay } from './day.ts';
import { openSeparateDesktop, openSharedDesktop, type Desktop } from './dayApps.ts';
import { openOurs } from './ours.ts';
import { openPeer } from './peer.ts';
import { benchReport, type BenchReport, type DayTotals, type Network, type Work } from './report.ts';
import { openStage, type Stage } from './stage.ts';
import { describeReport } from './table.ts';
import { measureWorks, readsAtOnce, readsInARow, recordsOfRound } from './works.ts';

const appsOfThePerson = 10;
const idsAnswer = z.object({ records: z.array(z.object({ Id: z.string() })), nextRecordsUrl: z.string().optional() });

try {
  const given = readArguments(process.argv.slice(2));
  if (given.help) console.log(usage);
  else await bench(given);
} catch (error) {
  // A mistake in the flags needs no stack.
  const isWrongFlag = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof Error ? (isWrongFlag ? `${error.message}\n\n${usage}` : error.stack) : error);
  process.exitCode = 1;
}

async function bench({ quick, jsonFile }: BenchArguments): Promise<void> {
  const [rounds, warmUpRounds, hours] = quick ? [3, 1, 3] : [15, 1, 8];
  const latencies = quick ? [0, 20] : [0, 20, 80];
  const client = path.resolve(import.meta.dirname, '../dist/client/index.js');
  const sizes = {
    clientGzipBytes: await bundledGzipBytes(client),
    peerGzipBytes: await bundledGzipBytes('@openfin/salesforce'),
  };
  const works: Work[] = [];
  let rest: Pick<BenchReport, 'binding' | 'day'> | undefined;
  for (const protocol of ['HTTP/1.1', 'HTTP/2'] as const) {
    const stage = await openStage(protocol);
    try {
      const accessToken = (await obtainTokens(stage.org.url))['access_token']!;
      const contactIds = await readContactIds(stage, accessToken);
      works.push(
        ...(await compareWorks(stage, { protocol, latencies, accessToken, contactIds, rounds, warmUpRounds })),
      );
      if (protocol === 'HTTP/1.1') continue;
      await stage.org.control.setLatency(0);
      console.log('Bound and bearer tokens');
      rest = { binding: await measureBinding(stage, contactIds, rounds), day: await days(stage, hours) };
    } finally {
      await stage.close();
    }
  }
  const report: BenchReport = benchReport.parse({
    works,
    ...rest,
    ...sizes,
    rounds,
    conditions: conditions(hours, warmUpRounds),
  });
  console.log(`\n${describeReport(report)}`);
  if (jsonFile !== undefined) await writeFile(jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
}

async function days(stage: Stage, hours: number): Promise<BenchReport['day']> {
  return {
    ours: await dayOf(stage, 'one provider', () => openSharedDesktop(stage, appsOfThePerson), hours),
    peer: await dayOf(stage, 'a package in each app', () => openSeparateDesktop(stage, appsOfThePerson), hours),
  };
}

interface Comparison extends Pick<Network, 'protocol'> {
  latencies: readonly number[];
  accessToken: string;
  contactIds: readonly string[];
  rounds: number;
  warmUpRounds: number;
}

async function compareWorks(
  stage: Stage,
  { protocol, latencies, accessToken, contactIds, rounds, warmUpRounds }: Comparison,
): Promise<Work[]> {
  const ours = await openOurs(stage, 'bearer');
  const bound = await openOurs(stage, 'dpop');
  const peer = await openPeer(stage);
  const works: Work[] = [];
  try {
    const variants = [ours, await openBare(stage, accessToken), peer];
    for (const [index, latencyMs] of latencies.entries()) {
      const network = { protocol, latencyMs };
      const onRound = (done: number, total: number): void =>
        console.log(`${protocol}, ${latencyMs} ms: round ${done + 1}/${total}`);
      // A record that was read before costs no second preflight.
      const unread = contactIds.slice(index * (warmUpRounds + rounds) * recordsOfRound);
      const { control } = stage.org;
      const measured = { variants, bound, network, control, contactIds: unread, rounds, warmUpRounds, onRound };
      works.push(...(await measureWorks(measured)));
    }
    return works;
  } finally {
    for (const opened of [ours, bound, peer]) await opened.close();
  }
}

async function readContactIds({ org }: Stage, accessToken: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = '/services/data/v56.0/query?q=SELECT+Id+FROM+Contact'; next;) {
    const response = await fetch(`${org.url}${next}`, { headers: { Authorization: `Bearer ${accessToken}` } });
    const { records, nextRecordsUrl } = idsAnswer.parse(await response.json());
    ids.push(...records.map(({ Id }) => Id));
    next = nextRecordsUrl;
  }
  return ids;
}

async function dayOf({ org }: Stage, title: string, open: () => Promise<Desktop>, hours: number): Promise<DayTotals> {
  await org.control.revokeRefreshTokens();
  const { apps, person, close } = await open();
  try {
    const onQuarter = (done: number, total: number): void => {
      if (done % 4 === 0) console.log(`A day with ${title}: hour ${done / 4 + 1}/${total / 4}`);
    };
    return await liveThroughDay({ apps, control: org.control, signIns: person.signIns, hours, onQuarter });
  } finally {
    await close();
  }
}

function conditions(hours: number, warmUpRounds: number): string[] {
  return [
    `Chromium on this machine, one embedded org for all, reached as https://northbridge.my.salesforce.com; each answer later by as many milliseconds as it says; rounds of warm-up: ${warmUpRounds}.`,
    'ours: apps of the HERE Core Web desk, each in a frame of an origin of its own; bare: fetch in a page, its token from outside; peer: pages with a stand-in for the desktop container.',
    `Each round reads ${readsInARow} other records in a row and ${readsAtOnce} at once, the same ones in every variant and none twice; a URL that is new to the browser costs a CORS preflight.`,
    'Tokens of ours are bearer tokens, as those of the others, but where it says bound.',
    'Connecting: the person is logged in at the org and has allowed the app, so that no page waits for them. Each connect starts from a freshly loaded app whose module is there.',
    "The sign-in window of ours is a browser popup. The peer's is a page that the stand-in opens, with each call of fin crossing to the test process and back.",
    `Day: ${hours} hours, ${appsOfThePerson} apps, one consumer key, 3 calls at once per app and quarter of an hour, all apps together. Access tokens end every 2 hours, refresh tokens rotate, five approvals per person and app.`,
    'Day: where a sixth app signs in, the org ends the oldest approval with its tokens, as Salesforce does.',
    'Day: an app whose call fails with AuthTokenExpiredError connects again; failed calls are not repeated.',
  ];
}
