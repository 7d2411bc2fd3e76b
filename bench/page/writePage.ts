import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BenchReport } from '../report.ts';
import { latenciesOf, performancePage } from './performancePage.ts';
import { plotDay, plotLatency } from './plots.ts';

const docs = path.resolve(import.meta.dirname, '../../docs');

/** Writes `docs/performance.md` and its plots. */
export async function writePage(report: BenchReport): Promise<void> {
  const folder = path.join(docs, 'performance');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const latency of latenciesOf(report))
    await writeFile(path.join(folder, `at-${latency}-ms.svg`), plotLatency(report, latency));
  await writeFile(path.join(folder, 'day.svg'), plotDay(report));
  await writeFile(path.join(docs, 'performance.md'), performancePage(report));
}
