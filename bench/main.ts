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
import { benchReport, type BenchReport, type DayTotals, type Work } from './report.ts';
import { openStage, type Stage } from './stage.ts';
import { describeReport } from './table.ts';
import { measureWorks, readsAtOnce, readsInARow } from './works.ts';

const appsOfThePerson = 10;
const idsAnswer = z.object({ records: z.array(z.object({ Id: z.string() })) });

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
  const [rounds, warmUpRounds, hours] = quick ? [3, 1, 3] : [15, 2, 8];
  const client = path.resolve(import.meta.dirname, '../dist/client/index.js');
  const sizes = {
    clientGzipBytes: await bundledGzipBytes(client),
    peerGzipBytes: await bundledGzipBytes('@openfin/salesforce'),
  };
  const stage = await openStage();
  try {
    const accessToken = (await obtainTokens(stage.org.url))['access_token']!;
    const contactIds = await readContactIds(stage, accessToken);
    const works = await compareWorks(stage, { accessToken, contactIds, rounds, warmUpRounds });
    console.log('Bound and bearer tokens');
    const binding = await measureBinding(stage, contactIds, rounds);
    const day = {
      ours: await dayOf(stage, 'one provider', () => openSharedDesktop(stage, appsOfThePerson), hours),
      peer: await dayOf(stage, 'a package in each app', () => openSeparateDesktop(stage, appsOfThePerson), hours),
    };
    const report: BenchReport = benchReport.parse({
      works,
      binding,
      day,
      ...sizes,
      rounds,
      conditions: conditions(hours, warmUpRounds),
    });
    console.log(`\n${describeReport(report)}`);
    if (jsonFile !== undefined) await writeFile(jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  } finally {
    await stage.close();
  }
}

interface Comparison {
  accessToken: string;
  contactIds: readonly string[];
  rounds: number;
  warmUpRounds: number;
}

async function compareWorks(
  stage: Stage,
  { accessToken, contactIds, rounds, warmUpRounds }: Comparison,
): Promise<Work[]> {
  const ours = await openOurs(stage);
  const peer = await openPeer(stage);
  try {
    const variants = [ours, await openBare(stage, accessToken), peer];
    const onRound = (done: number, total: number): void => console.log(`Round ${done + 1}/${total}`);
    return await measureWorks({ variants, control: stage.org.control, contactIds, rounds, warmUpRounds, onRound });
  } finally {
    await ours.close();
    await peer.close();
  }
}

async function readContactIds({ org }: Stage, accessToken: string): Promise<string[]> {
  const query = '/services/data/v56.0/query?q=SELECT+Id+FROM+Contact+LIMIT+2000';
  const response = await fetch(`${org.url}${query}`, { headers: { Authorization: `Bearer ${accessToken}` } });
  return idsAnswer.parse(await response.json()).records.map(({ Id }) => Id);
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
    `Chromium on this machine, one embedded org for all, reached as https://northbridge.my.salesforce.com over HTTP/1.1; ${warmUpRounds} rounds of warm-up.`,
    'ours: apps of the HERE Core Web desk, each in a frame of an origin of its own; bare: fetch in a page, its token from outside; peer: pages with a stand-in for the desktop container.',
    `Each round reads ${readsInARow} other records in a row and ${readsAtOnce} at once, the same ones in every variant; a URL that is new to the browser costs a CORS preflight.`,
    'Connecting: the person is logged in at the org and has allowed the app, so that no page waits for them. Each connect starts from a freshly loaded app whose module is there.',
    "The sign-in window of ours is a browser popup. The peer's is a page that the stand-in opens, with each call of fin crossing to the test process and back.",
    `Day: ${hours} hours, ${appsOfThePerson} apps, one consumer key, 3 calls at once per app and quarter of an hour, all apps together. Access tokens end every 2 hours, refresh tokens rotate, five approvals per person and app.`,
    'Day: where a sixth app signs in, the org ends the oldest approval with its tokens, as Salesforce does.',
    'Day: an app whose call fails with AuthTokenExpiredError connects again; failed calls are not repeated.',
  ];
}
