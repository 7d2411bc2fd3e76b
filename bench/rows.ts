import type { CDPSession, Frame, Page } from 'playwright-core';
import { callAs, valueOf } from '../test/e2e/deskPage.ts';
import type { MeasuredPage } from './pageTiming.ts';
import type { HeapPoint } from './report.ts';

interface PageGlobals {
  connection: import('../src/client/index.ts').SalesforceConnection;
  rows: AsyncIterator<unknown>;
}

const fields = 'Id, FirstName, LastName, Email, Phone, Title, Account.Name';
const path = (rows: number): string =>
  `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT ${fields} FROM Contact LIMIT ${rows}`)}`;

/** Milliseconds until an app has gone through all rows by the iterator. @throws Error for another number of rows. */
export async function timeIterator(app: Frame, rows: number): Promise<number> {
  const [count, took] = valueOf(
    await callAs(
      app,
      async ({ query, soql }, most) => {
        const { connection } = globalThis as unknown as PageGlobals;
        const start = performance.now();
        let seen = 0;
        for await (const _ of query(
          connection,
          soql`SELECT Id, FirstName, LastName, Email, Phone, Title, Account.Name FROM Contact LIMIT ${most}`,
        ))
          seen += 1;
        return [seen, performance.now() - start] as const;
      },
      rows,
    ),
  );
  if (count !== rows) throw new Error(`${count} rows instead of ${rows}`);
  return took;
}

/** The same by bare requests, one page after another. @throws Error for another number of rows. */
export async function timePages(page: Frame | Page, rows: number): Promise<number> {
  const [count, took] = await page.evaluate(async (first) => {
    const { request } = globalThis as unknown as MeasuredPage;
    const start = performance.now();
    let seen = 0;
    for (let next: string | undefined = first; next !== undefined;) {
      const { records, nextRecordsUrl } = (await request(next)) as { records: unknown[]; nextRecordsUrl?: string };
      for (const _ of records) seen += 1;
      next = nextRecordsUrl;
    }
    return [seen, performance.now() - start] as const;
  }, path(rows));
  if (count !== rows) throw new Error(`${count} rows instead of ${rows}`);
  return took;
}

/** What the heap of the app's process holds, garbage collected, before any row is read and after each so many. */
export async function heapWhileReading(app: Frame, rows: number, every: number): Promise<HeapPoint[]> {
  const session = await app.page().context().newCDPSession(app.page());
  const heap: HeapPoint[] = [{ rows: 0, megabytes: await usedMegabytes(session) }];
  valueOf(
    await callAs(
      app,
      async ({ query, soql }, most) => {
        const { connection } = globalThis as unknown as PageGlobals;
        const rowsOfOrg = query(
          connection,
          soql`SELECT Id, FirstName, LastName, Email, Phone, Title, Account.Name FROM Contact LIMIT ${most}`,
        );
        Object.assign(globalThis, { rows: rowsOfOrg[Symbol.asyncIterator]() });
      },
      rows,
    ),
  );
  for (let read = every; read <= rows; read += every) {
    await app.evaluate(async (count) => {
      const { rows: iterator } = globalThis as unknown as PageGlobals;
      for (let row = 0; row < count; row += 1)
        if ((await iterator.next()).done) throw new Error('There are fewer rows than asked for.');
    }, every);
    heap.push({ rows: read, megabytes: await usedMegabytes(session) });
  }
  await session.detach();
  return heap;
}

async function usedMegabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 10_000) / 100;
}
