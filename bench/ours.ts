import { callAs, valueOf } from '../test/e2e/deskPage.ts';
import type { Frame } from 'playwright-core';
import { click, deskIsReady, disconnectAll, reopen } from './deskApps.ts';
import type { Stage } from './stage.ts';
import type { Variant } from './variant.ts';

/** This client in apps of the desk: platform, provider and apps on origins of their own, joined by core-web. */
export async function openOurs(
  stage: Stage,
  binding: 'dpop' | 'bearer' = 'dpop',
): Promise<Variant & { close(): Promise<void> }> {
  const { page, appOrigins, close } = await stage.openDesk(binding);
  const [first, second] = (await deskIsReady(page, appOrigins)) as [Frame, Frame];

  const timeConnect = async (frame: Frame): Promise<number> => {
    await reopen(frame);
    await click(page);
    return valueOf(
      await callAs(frame, async ({ connect }) => {
        const start = performance.now();
        const connection = await connect();
        const took = performance.now() - start;
        const request = async (path: string): Promise<unknown> => (await connection.executeApiRequest(path)).data;
        Object.assign(globalThis, { connection, request });
        return took;
      }),
    );
  };

  return {
    name: 'ours',
    connectFirst: () => timeConnect(first),
    connectSecond: () => timeConnect(second),
    page: async () => first,
    disconnect: () => disconnectAll(page, [first, second], stage.org.control),
    close,
  };
}
