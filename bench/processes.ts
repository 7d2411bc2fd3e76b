import { readFile } from 'node:fs/promises';
import type { Browser, Frame } from 'playwright-core';
import { callAs, valueOf } from '../test/e2e/deskPage.ts';
import { click, deskIsReady, openApp } from './deskApps.ts';
import type { Memory } from './report.ts';
import type { Stage } from './stage.ts';

/** Puts the provider's origin in a process of its own (HTML, "Origin-keyed agent clusters"). */
export const ownProcess = { 'Origin-Agent-Cluster': '?1' };

const busyMs = 400;

/**
 * What the provider's process holds with one app connected, and with many: its page, the token worker and the ticket
 * pages that apps frame are in it, and no page of another origin.
 *
 * @param stage has the provider in a process of its own ({@link ownProcess})
 * @returns null where the system does not say what a process holds
 */
export async function measureMemory(stage: Stage, count: number): Promise<Memory | null> {
  const { page, appOrigins, close } = await stage.openDesk('bearer');
  try {
    const frames = (await deskIsReady(page, appOrigins)).slice(0, 1);
    const provider = page.frames().find((frame) => frame.url() === `${stage.providerOrigin('bearer')}/`);
    if (!provider) throw new Error('The provider has no frame on the platform page.');
    const pid = await processOf(stage.browser, provider);
    await click(page);
    await connectAndRead(frames[0]!);
    const oneApp = await megabytesOf(pid, provider);
    if (oneApp === undefined) return null;
    while (frames.length < count) {
      if (frames.length % 20 === 0) console.log(`Memory: ${frames.length}/${count} apps`);
      const frame = await openApp(page, appOrigins[frames.length % appOrigins.length]!, `app-${frames.length}`);
      await connectAndRead(frame);
      frames.push(frame);
    }
    const allApps = (await megabytesOf(pid, provider))!;
    return {
      apps: count,
      oneAppMegabytes: oneApp,
      allAppsMegabytes: allApps,
      ratio: Math.round((allApps / oneApp) * 100) / 100,
    };
  } finally {
    await close();
  }
}

async function connectAndRead(frame: Frame): Promise<void> {
  valueOf(
    await callAs(frame, async ({ connect }) => {
      const connection = await connect();
      await connection.executeApiRequest('/services/data/vXX.X/limits');
      Object.assign(globalThis, { connection });
    }),
  );
}

/** The process of a frame: the one that computes while the frame is made to. */
async function processOf(browser: Browser, frame: Frame): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const times = async (): Promise<Map<number, number>> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await times();
  await frame.evaluate((milliseconds) => {
    for (const end = performance.now() + milliseconds; performance.now() < end;);
  }, busyMs);
  const after = await times();
  await session.detach();
  const used = [...after].map(([pid, time]) => [pid, time - (before.get(pid) ?? 0)] as const);
  return used.toSorted(([, one], [, other]) => other - one)[0]![0];
}

/**
 * Memory of a process with its share of what it has in common with others (Linux, `smaps_rollup`: Pss), once its
 * garbage is collected.
 */
async function megabytesOf(pid: number, frame: Frame): Promise<number | undefined> {
  const session = await frame.page().context().newCDPSession(frame);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => undefined);
  const kilobytes = text && /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
  return kilobytes ? Math.round(Number(kilobytes) / 102.4) / 10 : undefined;
}
