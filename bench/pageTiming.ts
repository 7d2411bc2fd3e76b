import type { Frame, Page } from 'playwright-core';

/** What a measured page has put on `globalThis`: its way to send a request, which resolves to the parsed body. */
export interface MeasuredPage {
  request(path: string): Promise<unknown>;
}

/** Milliseconds each request took, one after another, by the page's own clock. */
export function timeOneByOne(target: Frame | Page, paths: readonly string[]): Promise<number[]> {
  return target.evaluate(async (given) => {
    const { request } = globalThis as unknown as MeasuredPage;
    const took: number[] = [];
    for (const path of given) {
      const start = performance.now();
      await request(path);
      took.push(performance.now() - start);
    }
    return took;
  }, paths);
}

/** Milliseconds until all requests, sent at once, were answered. */
export function timeAtOnce(target: Frame | Page, paths: readonly string[]): Promise<number> {
  return target.evaluate(async (given) => {
    const { request } = globalThis as unknown as MeasuredPage;
    const start = performance.now();
    await Promise.all(given.map((path) => request(path)));
    return performance.now() - start;
  }, paths);
}

/** Milliseconds until the rows were there. @throws Error for another number of rows. */
export function timeQuery(target: Frame | Page, path: string, rows: number): Promise<number> {
  return target.evaluate(
    async ([given, expected]) => {
      const { request } = globalThis as unknown as MeasuredPage;
      const start = performance.now();
      const { records } = (await request(given)) as { records: unknown[] };
      const took = performance.now() - start;
      if (records.length !== expected) throw new Error(`${records.length} rows instead of ${expected}`);
      return took;
    },
    [path, rows] as const,
  );
}
