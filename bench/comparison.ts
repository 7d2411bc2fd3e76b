import { obtainTokens } from '../test/support/orgBrowser.ts';
import { openBare } from './bare.ts';
import { measureBinding } from './binding.ts';
import { connectTimelines } from './connectTimeline.ts';
import { liveThroughDay } from './day.ts';
import { openSeparateDesktop, openSharedDesktop, type Desktop } from './dayApps.ts';
import type { Extent } from './extent.ts';
import { measureEdits } from './liveEdits.ts';
import { openOurs } from './ours.ts';
import { readContacts } from './orgRecords.ts';
import { openPeer } from './peer.ts';
import type { BenchReport, DayTotals, LiveEdit, Network, Timeline, Work } from './report.ts';
import { openStage, type Stage } from './stage.ts';
import { measureWorks, recordsOfRound } from './works.ts';

export const appsOfThePerson = 10;
/** For each round of each latency to read records that no page has read before, and for a query of two thousand. */
const contacts = 4_000;
const timelineRounds = 5;

type OverHttp2 = Pick<BenchReport, 'binding' | 'day' | 'connects'> & { edits: LiveEdit[] };

/** What is compared record by record, over one protocol. @returns the rest with HTTP/2 only. */
export async function compareOver(
  protocol: Network['protocol'],
  extent: Extent,
): Promise<{ works: Work[]; rest?: OverHttp2 }> {
  const stage = await openStage({ protocol, contacts });
  try {
    const accessToken = (await obtainTokens(stage.org.url))['access_token']!;
    const { ids } = await readContacts(stage, accessToken);
    const works = await compareWorks(stage, protocol, accessToken, ids, extent);
    if (protocol === 'HTTP/1.1') return { works };
    const connects = await connectProfiles(stage, extent);
    const edits: LiveEdit[] = [];
    for (const latencyMs of extent.latencies)
      edits.push(await measureEdits(stage, latencyMs, ids[0]!, extent.largeRounds));
    await stage.org.control.setLatency(0);
    console.log('Bound and bearer tokens');
    const binding = await measureBinding(stage, ids, extent.rounds);
    return { works, rest: { connects, edits, binding, day: await days(stage, extent.hours) } };
  } finally {
    await stage.close();
  }
}

async function compareWorks(
  stage: Stage,
  protocol: Network['protocol'],
  accessToken: string,
  contactIds: readonly string[],
  { latencies, rounds, warmUpRounds }: Extent,
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

async function connectProfiles(stage: Stage, { latencies }: Extent): Promise<BenchReport['connects']> {
  const first: Timeline[] = [];
  const second: Timeline[] = [];
  for (const latencyMs of latencies) {
    console.log(`The steps of a connect, ${latencyMs} ms`);
    const profile = await connectTimelines(stage, latencyMs, timelineRounds);
    first.push(profile.first);
    second.push(profile.second);
  }
  return { first, second };
}

async function days(stage: Stage, hours: number): Promise<BenchReport['day']> {
  return {
    ours: await dayOf(stage, 'one provider', () => openSharedDesktop(stage, appsOfThePerson), hours),
    peer: await dayOf(stage, 'a package in each app', () => openSeparateDesktop(stage, appsOfThePerson), hours),
  };
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
