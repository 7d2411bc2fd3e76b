import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readArguments, usage, type BenchArguments } from './arguments.ts';
import { bundledGzipBytes } from './bundleSize.ts';
import { compareOver } from './comparison.ts';
import { conditionsOf } from './conditions.ts';
import { inFull, inShort, type Extent } from './extent.ts';
import { deskApps, measureLargeOrg } from './largeOrg.ts';
import { liveForAnHour } from './liveHour.ts';
import { machineOf } from './machine.ts';
import { writePage } from './page/writePage.ts';
import { measureMemory, ownProcess } from './processes.ts';
import { benchReport, type BenchReport } from './report.ts';
import { openStage } from './stage.ts';
import { describeReport } from './table.ts';

try {
  const given = readArguments(process.argv.slice(2));
  if (given.help) console.log(usage);
  else await bench(given);
} catch (error) {
  // A mistake in the flags needs no stack.
  const isWrongFlag = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof Error ? (isWrongFlag ? `${error.message}\n\n${usage}` : error.stack) : error);
  process.exitCode = 1;
}

async function bench({ quick, jsonFile, isPageWritten, from }: BenchArguments): Promise<void> {
  const report = from === undefined ? await measure(quick ? inShort : inFull) : await readReport(from);
  console.log(`\n${describeReport(report)}`);
  if (jsonFile !== undefined) await writeFile(jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  if (isPageWritten) await writePage(report);
}

async function readReport(file: string): Promise<BenchReport> {
  return benchReport.parse(JSON.parse(await readFile(file, 'utf8')));
}

async function measure(extent: Extent): Promise<BenchReport> {
  const client = path.resolve(import.meta.dirname, '../dist/client/index.js');
  const sizes = {
    clientGzipBytes: await bundledGzipBytes(client),
    peerGzipBytes: await bundledGzipBytes('@openfin/salesforce'),
  };
  const overHttp1 = await compareOver('HTTP/1.1', extent);
  const { works: overHttp2, rest } = await compareOver('HTTP/2', extent);
  const { edits, ...others } = rest!;
  console.log(`${deskApps} apps live for an hour`);
  const live = { edits, hour: await liveForAnHour(deskApps) };
  const large = await measureLargeOrg(extent);
  const { memory, machine } = await measureProcesses(extent);
  return benchReport.parse({
    ...others,
    live,
    ...large,
    works: [...overHttp1.works, ...overHttp2, ...large.works],
    memory,
    ...sizes,
    machine,
    rounds: extent.rounds,
    conditions: conditionsOf(extent),
  });
}

async function measureProcesses({ connectedApps }: Extent): Promise<Pick<BenchReport, 'memory' | 'machine'>> {
  const stage = await openStage({ protocol: 'HTTP/2', contacts: 100, providerHeaders: ownProcess });
  try {
    return { memory: await measureMemory(stage, connectedApps), machine: machineOf(stage.browser) };
  } finally {
    await stage.close();
  }
}
