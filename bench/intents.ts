import type { Frame, Page } from 'playwright-core';
import type { ControlClient } from '../sandbox/org/control/controlClient.ts';
import { openSharedDesktop } from './dayApps.ts';
import type { Intents } from './report.ts';
import type { Stage } from './stage.ts';
import { withinTime } from './withinTime.ts';

export interface BenchPerson {
  name: string;
  email: string;
}

type Fdc3 = { raiseIntent(intent: string, context: object): Promise<{ getResult(): Promise<unknown> }> };

/** As many records as one app may have open (`limits.recordViewsPerApp`). */
const atOnce = 4;

/**
 * Raises `ViewContact` again and again, for one person after the other and then from the first one on: four at a time,
 * each looked at until its record is there and then closed.
 */
export async function raiseIntents(stage: Stage, people: readonly BenchPerson[], count: number): Promise<Intents> {
  const { apps, close } = await openSharedDesktop(stage, 1, 'bearer');
  const { control } = stage.org;
  try {
    const [app] = apps as [(typeof apps)[number]];
    await app.connect();
    const raiser = app.page as Frame;
    const page = raiser.page();
    await control.resetCounts();
    const start = performance.now();
    for (let done = 0; done < count; done += atOnce) {
      if (done % (25 * atOnce) === 0) console.log(`Intents: ${done}/${count}`);
      const some = Array.from(
        { length: Math.min(atOnce, count - done) },
        (_, at) => people[(done + at) % people.length]!,
      );
      await withinTime(Promise.all(some.map((person) => view(raiser, person))), 'Four intents');
      await withinTime(lookedAt(page, some.length), 'Four record views');
    }
    const took = performance.now() - start;
    return {
      intents: count,
      people: people.length,
      ...(await countsOf(control)),
      millisecondsEach: Math.round(took / count),
    };
  } finally {
    await close();
  }
}

function view(raiser: Frame, { name, email }: BenchPerson): Promise<void> {
  return raiser.evaluate(
    async (context) => {
      const { fdc3 } = globalThis as unknown as { fdc3: Fdc3 };
      await (await fdc3.raiseIntent('ViewContact', context)).getResult();
    },
    { type: 'fdc3.contact', name, id: { email } },
  );
}

/** Until so many views show their record; then they are closed. */
async function lookedAt(page: Page, views: number): Promise<void> {
  const closeButtons = page.getByRole('button', { name: /^Close / });
  // A frame has its address a moment after it is there.
  const open = (): Frame[] => page.frames().filter((frame) => frame.url().includes('viewId='));
  while (open().length < views) await page.waitForEvent('framenavigated', { timeout: 60_000 });
  const records = open();
  if (records.length !== views) throw new Error(`${records.length} record views instead of ${views}`);
  await Promise.all(records.map((frame) => frame.locator('h1').first().waitFor({ state: 'attached' })));
  while ((await closeButtons.count()) > 0) await closeButtons.first().click();
}

async function countsOf(control: ControlClient): Promise<Pick<Intents, 'orgRequests' | 'byPath'>> {
  const { requests } = await control.counts();
  const byPath = new Map<string, number>();
  for (const [path, count] of Object.entries(requests)) {
    const kind = path.replace(/[a-zA-Z0-9]{15,18}(?=\/|$|\?)/g, '{id}');
    byPath.set(kind, (byPath.get(kind) ?? 0) + count);
  }
  return {
    orgRequests: [...byPath.values()].reduce((sum, count) => sum + count, 0),
    byPath: Object.fromEntries([...byPath].toSorted(([, one], [, other]) => other - one)),
  };
}
