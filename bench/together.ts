import type { Frame, Page } from 'playwright-core';

interface PageGlobals {
  connection: { executeApiRequest(path: string): Promise<unknown> };
}

/** Until every page has been told what to do. */
const headStartMs = 2_000;

/**
 * Lets apps read at the same moment, each all of its records at once.
 *
 * @param paths what each app reads
 * @returns milliseconds until the last one had its last record
 */
export async function timeTogether(
  apps: readonly { page: Frame | Page }[],
  paths: readonly (readonly string[])[],
): Promise<number> {
  const at = Date.now() + headStartMs;
  const ends = await Promise.all(
    apps.map(({ page }, index) =>
      page.evaluate(
        async ([given, begin]) => {
          const { connection } = globalThis as unknown as PageGlobals;
          if (Date.now() > begin) throw new Error('This page was told too late what to read.');
          await new Promise((resolve) => setTimeout(resolve, begin - Date.now()));
          await Promise.all(given.map((path) => connection.executeApiRequest(path)));
          return performance.timeOrigin + performance.now();
        },
        [paths[index]!, at] as const,
      ),
    ),
  );
  return Math.max(...ends) - at;
}
