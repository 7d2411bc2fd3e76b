import os from 'node:os';
import type { Browser } from 'playwright-core';
import type { BenchReport } from './report.ts';

/** What the numbers were measured on: no name of a host and no path. */
export function machineOf(browser: Browser): BenchReport['machine'] {
  return {
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.machine()}`,
    node: process.versions.node,
    chromium: browser.version(),
  };
}
