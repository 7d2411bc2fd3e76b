import type { Frame, Page } from 'playwright-core';
import { callAs, valueOf } from '../test/e2e/deskPage.ts';
import { callPeer } from '../test/support/peerPage.ts';
import type { BurstOutcome, DayApp } from './day.ts';
import { click, deskIsReady, openApp } from './deskApps.ts';
import { launchPeer, peerLogin, peerValueOf } from './peer.ts';
import type { Person } from './person.ts';
import type { Stage } from './stage.ts';

export interface DesktopApp extends DayApp {
  /** Its page, which has `connection` once it is connected. */
  page: Frame | Page;
}

export interface Desktop {
  apps: DesktopApp[];
  person: Person;
  close(): Promise<void>;
}

/** Apps of the desk that share one provider. */
export async function openSharedDesktop(
  stage: Stage,
  count: number,
  binding: 'dpop' | 'bearer' = 'dpop',
): Promise<Desktop> {
  const { page, appOrigins, person, close } = await stage.openDesk(binding);
  const frames = await deskIsReady(page, appOrigins);
  while (frames.length < count) {
    const origin = appOrigins[frames.length % appOrigins.length]!;
    frames.push(await openApp(page, origin, `app-${frames.length + 1}`));
  }
  const apps = frames.slice(0, count).map((frame) => ({
    async connect() {
      await click(page);
      valueOf(
        await callAs(frame, async ({ connect }) => void Object.assign(globalThis, { connection: await connect() })),
      );
    },
    burst: (paths: readonly string[]) => burstIn(frame, paths),
    page: frame,
  }));
  return { apps, person, close };
}

/** Applications that each bring `@openfin/salesforce`. */
export async function openSeparateDesktop(stage: Stage, count: number): Promise<Desktop> {
  const { runtime, person } = await stage.openRuntime();
  const apps: DesktopApp[] = [];
  for (let number = 1; number <= count; number++) {
    const page = await launchPeer(runtime, stage, `peer-${number}`);
    apps.push({
      async connect() {
        peerValueOf(
          await callPeer(
            page,
            async (peer, [org, key]) => void Object.assign(globalThis, { connection: await peer.connect(org, key) }),
            peerLogin,
          ),
        );
      },
      burst: (paths) => burstIn(page, paths),
      page,
    });
  }
  return { apps, person, close: () => runtime.close() };
}

/** Both packages name the error that tells an app to connect again alike. */
function burstIn(target: Frame | Page, paths: readonly string[]): Promise<BurstOutcome> {
  return target.evaluate(async (given) => {
    const { connection } = globalThis as unknown as {
      connection: { executeApiRequest(path: string): Promise<unknown> };
    };
    const settled = await Promise.allSettled(given.map((path) => connection.executeApiRequest(path)));
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    return { failed: failures.length, isSignedOut: failures.some(({ name }) => name === 'AuthTokenExpiredError') };
  }, paths);
}
