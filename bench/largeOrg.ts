import type { Frame } from 'playwright-core';
import { obtainTokens } from '../test/support/orgBrowser.ts';
import { openBare } from './bare.ts';
import { openSeparateDesktop, openSharedDesktop } from './dayApps.ts';
import { megabytes, timeBareDownload, timeBareUpload, timeDownload, timeUpload } from './files.ts';
import { raiseIntents } from './intents.ts';
import { readContacts } from './orgRecords.ts';
import { openOurs } from './ours.ts';
import type { BenchReport, Network, Work } from './report.ts';
import { measureRounds, type Measure } from './rounds.ts';
import { heapWhileReading, timeIterator, timePages } from './rows.ts';
import type { Extent } from './extent.ts';
import { openStage, type Stage } from './stage.ts';
import { timeTogether } from './together.ts';
import { apiBase } from './works.ts';

export const manyRows = 50_000;
export const deskApps = 20;
export const readsOfApp = 50;
/** Those that are read as rows, and for each round of each latency a thousand that nobody has read. */
const contacts = 52_000;
const protocol = 'HTTP/2';

type Measured = Pick<BenchReport, 'works' | 'heap' | 'intents'>;

/** What needs an org with many records, or many apps at a time: each way in the same run, over HTTP/2. */
export async function measureLargeOrg(extent: Extent): Promise<Measured> {
  console.log(`An org with ${contacts} contacts`);
  // Twenty packages are twenty approvals of one person, of which a real org keeps five.
  const stage = await openStage({ protocol, contacts, approvals: 2 * deskApps + 10 });
  try {
    const accessToken = (await obtainTokens(stage.org.url))['access_token']!;
    const { ids, people } = await readContacts(stage, accessToken);
    const large = await measureLargeData(stage, accessToken, extent);
    const shared = await measureDesks(stage, ids, extent);
    await stage.org.control.setLatency(0);
    const intents = await raiseIntents(stage, people.slice(0, extent.people), extent.intents);
    return { works: [...large.works, ...shared], heap: large.heap, intents };
  } finally {
    await stage.close();
  }
}

async function measureLargeData(
  stage: Stage,
  accessToken: string,
  { latencies, largeRounds: rounds }: Extent,
): Promise<Pick<Measured, 'works' | 'heap'>> {
  const { control } = stage.org;
  const ours = await openOurs(stage, 'bearer');
  try {
    await ours.connectFirst!();
    const app = (await ours.page()) as Frame;
    const bare = await (await openBare(stage, accessToken)).page();
    const { versionId } = await timeBareUpload(bare);
    const took = ({ took: milliseconds }: { took: number }): number => milliseconds;
    const plans: { name: string; ours: Measure; bare: Measure }[] = [
      {
        name: `${manyRows.toLocaleString('en')} rows by the iterator`,
        ours: () => timeIterator(app, manyRows),
        bare: () => timePages(bare, manyRows),
      },
      {
        name: `${megabytes} MB down`,
        ours: () => timeDownload(app, versionId),
        bare: () => timeBareDownload(bare, versionId),
      },
      {
        name: `${megabytes} MB up`,
        ours: async () => took(await timeUpload(app)),
        bare: async () => took(await timeBareUpload(bare)),
      },
    ];
    const works: Work[] = [];
    for (const latencyMs of latencies)
      for (const { name, ...ways } of plans)
        works.push(
          await measureRounds({
            ...{ name, unit: 'ms', network: { protocol, latencyMs }, control, ways },
            ...{ rounds, warmUpRounds: 1 },
          }),
        );
    await control.setLatency(0);
    console.log('The heap of an app that reads rows');
    return { works, heap: await heapWhileReading(app, manyRows, manyRows / 5) };
  } finally {
    await ours.close();
  }
}

/** Twenty apps of one person at the same moment: with one provider, and with a package in each. */
async function measureDesks(stage: Stage, ids: readonly string[], extent: Extent): Promise<Work[]> {
  const { latencies, largeRounds: rounds } = extent;
  const { control } = stage.org;
  const shared = await openSharedDesktop(stage, deskApps, 'bearer');
  const separate = await openSeparateDesktop(stage, deskApps);
  try {
    for (const [name, { apps }] of Object.entries({ shared, separate })) {
      console.log(`${deskApps} apps connect: ${name}`);
      for (const app of apps) await app.connect();
    }
    let used = 0;
    /** Records that nobody has read before. */
    const unread = (count: number): string[] =>
      Array.from({ length: count }, () => `${apiBase}/sobjects/Contact/${ids[used++ % ids.length]!}`);
    const each = (of: () => string[]): string[][] => Array.from({ length: deskApps }, of);
    const plans: { name: string; next: () => string[][] }[] = [
      {
        name: `${deskApps} apps × the same ${readsOfApp} contacts`,
        next: () => {
          const same = unread(readsOfApp);
          return each(() => same);
        },
      },
      { name: `${deskApps} apps × ${readsOfApp} different contacts`, next: () => each(() => unread(readsOfApp)) },
    ];
    const works: Work[] = [];
    for (const latencyMs of latencies)
      for (const { name, next } of plans) {
        const network: Network = { protocol, latencyMs };
        const paths = Array.from({ length: rounds + 1 }, next);
        const ways = {
          ours: (round: number) => timeTogether(shared.apps, paths[round]!),
          peer: (round: number) => timeTogether(separate.apps, paths[round]!),
        };
        works.push(await measureRounds({ name, unit: 'ms for all', network, control, ways, rounds, warmUpRounds: 1 }));
      }
    return works;
  } finally {
    await shared.close();
    await separate.close();
  }
}
