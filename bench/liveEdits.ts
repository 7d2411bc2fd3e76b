import type { Frame } from 'playwright-core';
import { callAs, valueOf } from '../test/e2e/deskPage.ts';
import { openSharedDesktop } from './dayApps.ts';
import type { LiveEdit } from './report.ts';
import type { Stage } from './stage.ts';
import { quantile, rounded } from './statistics.ts';
import { withinTime } from './withinTime.ts';

interface PageGlobals {
  connection: import('../src/client/index.ts').SalesforceConnection;
  /** Of an app that shows the record: each value that it was told, with the time. */
  shown: Map<string, number>;
}

const watchers = 3;
/** Edits that follow each other are looked after more and more rarely: one begins anew after so many milliseconds. */
const quietMs = 5_500;

/**
 * One app edits a record that others have subscribed to: milliseconds from the answer to its edit until the last of
 * them has been told, beside what that is compared with.
 */
export async function measureEdits(
  stage: Stage,
  latencyMs: number,
  contactId: string,
  rounds: number,
): Promise<LiveEdit> {
  await stage.org.control.setLatency(latencyMs);
  const { apps, close } = await openSharedDesktop(stage, 1 + watchers, 'bearer');
  try {
    for (const app of apps) await app.connect();
    const [editor, ...others] = apps.map(({ page }) => page as Frame) as [Frame, ...Frame[]];
    for (const frame of others) await withinTime(showLive(frame, contactId), 'Until an app shows the record');
    const shownMs: number[] = [];
    const roundTripMs: number[] = [];
    const readMs: number[] = [];
    for (let round = 0; round < rounds + 1; round += 1) {
      console.log(`An edit that others show, ${latencyMs} ms: round ${round + 1}/${rounds + 1}`);
      await editor.page().waitForTimeout(quietMs);
      const title = `Edit ${round} at ${latencyMs} ms`;
      const { editedAt, ...took } = await edit(editor, contactId, title);
      const shownAt = await Promise.all(
        others.map((frame) => withinTime(whenShown(frame, title), 'Until an app shows an edit')),
      );
      if (round === 0) continue;
      shownMs.push(Math.max(...shownAt) - editedAt);
      roundTripMs.push(took.roundTripMs);
      readMs.push(took.readMs);
    }
    const median = (samples: readonly number[]): number => rounded(quantile(samples, 0.5));
    return {
      ...{ latencyMs, apps: watchers },
      ...{ shownMs: median(shownMs), roundTripMs: median(roundTripMs), readMs: median(readMs) },
    };
  } finally {
    await close();
  }
}

/** Subscribes an app to the record, and waits until it has it. */
async function showLive(frame: Frame, contactId: string): Promise<void> {
  valueOf(
    await callAs(
      frame,
      async ({ subscribe }, id) => {
        const { connection } = globalThis as unknown as PageGlobals;
        const shown = new Map<string, number>();
        Object.assign(globalThis, { shown });
        await new Promise<void>((resolve, reject) =>
          subscribe(connection, { type: 'Contact', id, fields: ['Id', 'Title'] }, (event) => {
            if (event.kind === 'end') reject(event.error);
            if (!('records' in event)) return;
            shown.set(String(event.records[0]?.Title), performance.timeOrigin + performance.now());
            if (event.kind === 'data') resolve();
          }),
        );
      },
      contactId,
    ),
  );
}

/** When the app was told this value. */
async function whenShown(frame: Frame, title: string): Promise<number> {
  await frame.waitForFunction((value) => (globalThis as unknown as PageGlobals).shown.has(value), title, {
    polling: 20,
  });
  return frame.evaluate((value) => (globalThis as unknown as PageGlobals).shown.get(value)!, title);
}

/**
 * A read from the org and a round trip over the channel, and then the edit.
 *
 * @returns when the edit was answered
 */
async function edit(
  frame: Frame,
  contactId: string,
  title: string,
): Promise<{ editedAt: number; roundTripMs: number; readMs: number }> {
  return valueOf(
    await callAs(
      frame,
      async ({ getConnection, request, record }, [id, value]) => {
        const { connection } = globalThis as unknown as PageGlobals;
        const timed = async (work: () => Promise<unknown>): Promise<number> => {
          const start = performance.now();
          await work();
          return performance.now() - start;
        };
        const roundTripMs = await timed(() => getConnection());
        const readMs = await timed(() =>
          request(connection, `/services/data/vXX.X/sobjects/Contact/${id}?fields=Id,Title`, { maxAge: 0 }),
        );
        await record(connection, 'Contact', id).update({ Title: value });
        return { editedAt: performance.timeOrigin + performance.now(), roundTripMs, readMs };
      },
      [contactId, title] as const,
    ),
  );
}
