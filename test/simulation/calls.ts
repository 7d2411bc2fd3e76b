import type { Random } from '../../sandbox/org/seed/random.ts';
import { must } from '../support/workerSession.ts';
import type { Call, SimulatedApp } from './simulatedApp.ts';

const data = '/services/data/vXX.X';
const query = (soql: string): string => `${data}/query?q=${encodeURIComponent(soql)}`;
const reads = [
  `${data}/limits`,
  query('SELECT Id, Name FROM Account LIMIT 5'),
  query('SELECT Id, Name, Email FROM Contact LIMIT 5'),
];

/** Reads something, or writes a note and reads it back. */
export async function useSalesforce(app: SimulatedApp, random: Random): Promise<void> {
  if (random.chance(0.7)) return void (await app.call('GET', random.pick(reads)));
  const subject = `Call ${app.uuid} back, ${random.int(1, 1e9)}`;
  const created = await app.call('POST', `${data}/sobjects/Task`, { Subject: subject });
  if (!created.ok) return;
  const { id } = created.data.body!.value as { id: string };
  const read = await app.call('GET', `${data}/sobjects/Task/${id}`);
  if (read.ok && (read.data.body!.value as { Subject: string }).Subject !== subject)
    throw new Error(`${app.uuid} wrote one thing and read another.`);
}

/** So many reads at once. */
export async function burst(apps: readonly SimulatedApp[], count: number, random: Random): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) => apps[index % apps.length]!.call('GET', random.pick(reads))),
  );
}

export async function openAndConnect(app: SimulatedApp): Promise<void> {
  await app.open();
  must(await app.connect());
}

/** How many times each failure came about, by its row in docs/outcomes.md. */
export function failuresByReason(calls: readonly Call[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code, reason } of calls) if (code) counts[reason ?? code] = (counts[reason ?? code] ?? 0) + 1;
  return counts;
}
