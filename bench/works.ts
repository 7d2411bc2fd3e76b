import type { ControlClient } from '../sandbox/org/control/controlClient.ts';
import { timeAtOnce, timeOneByOne, timeQuery } from './pageTiming.ts';
import { describeWork, type Samples } from './describeWork.ts';
import type { Network, VariantName, Work } from './report.ts';
import type { Variant } from './variant.ts';
import { withinTime } from './withinTime.ts';

export const readsInARow = 20;
export const readsAtOnce = 20;
/** Records that a round reads, each of them for the first time. */
export const recordsOfRound = 2 * readsInARow + readsAtOnce;
export const queriedRows = 2_000;
/** The version that the peer asks for; the others are given the same. */
export const apiBase = '/services/data/v56.0';
const query = `${apiBase}/query?q=${encodeURIComponent(`SELECT Id, FirstName, LastName, Email, Phone, Title, Account.Name FROM Contact LIMIT ${queriedRows}`)}`;

/** Something that is measured: milliseconds of one round, or undefined for a variant that has no such work. */
interface WorkPlan {
  name: string;
  unit: string;
  /** Ours with tokens that are bound to a key (DPoP, RFC 9449), beside the same others. */
  isBound?: true;
  run(
    variant: Variant,
    ids: { inARow: readonly string[]; atOnce: readonly string[]; inARowBound: readonly string[] },
  ): Promise<number[] | undefined>;
}

const one = async (measured: Promise<number> | undefined): Promise<number[] | undefined> =>
  measured ? [await measured] : undefined;
const reads = (ids: readonly string[]): string[] => ids.map((id) => `${apiBase}/sobjects/Contact/${id}`);

const plans: readonly WorkPlan[] = [
  { name: 'first connect', unit: 'ms', run: (variant) => one(variant.connectFirst?.()) },
  { name: "a second app's connect", unit: 'ms', run: (variant) => one(variant.connectSecond?.()) },
  {
    name: 'one read after another',
    unit: 'ms per read',
    run: async (variant, { inARow }) => timeOneByOne(await variant.page(), reads(inARow)),
  },
  {
    name: 'one read after another, bound tokens',
    unit: 'ms per read',
    isBound: true,
    run: async (variant, { inARowBound }) => timeOneByOne(await variant.page(), reads(inARowBound)),
  },
  {
    name: 'the same record again',
    unit: 'ms per read',
    run: async (variant, { inARow }) => timeOneByOne(await variant.page(), reads(Array(readsInARow).fill(inARow[0]!))),
  },
  {
    name: `${readsAtOnce} reads at once`,
    unit: 'ms for all',
    run: async (variant, { atOnce }) => [await timeAtOnce(await variant.page(), reads(atOnce))],
  },
  {
    name: 'a 2,000-row query',
    unit: 'ms',
    run: async (variant) => [await timeQuery(await variant.page(), query, queriedRows)],
  },
];

export interface WorksOptions {
  /** Ours with bearer tokens, as the others have them. */
  variants: readonly Variant[];
  /** Ours with bound tokens. */
  bound: Variant;
  network: Network;
  control: ControlClient;
  /** Ids of records to read; each round reads others, the same ones in every variant. */
  contactIds: readonly string[];
  rounds: number;
  warmUpRounds: number;
  onRound(done: number, total: number): void;
}

/**
 * Measures every work in every variant, one variant after the other within each round, so that drift hits all alike.
 */
export async function measureWorks({
  variants,
  bound,
  network,
  control,
  contactIds,
  rounds,
  warmUpRounds,
  onRound,
}: WorksOptions): Promise<Work[]> {
  await control.setLatency(network.latencyMs);
  const samples = plans.map(() => new Map<VariantName, Samples>());
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    onRound(round, warmUpRounds + rounds);
    const at = round * recordsOfRound;
    const take = (from: number, count: number): string[] =>
      Array.from({ length: count }, (_, index) => contactIds[(from + index) % contactIds.length]!);
    const ids = {
      inARow: take(at, readsInARow),
      inARowBound: take(at + readsInARow, readsInARow),
      atOnce: take(at + 2 * readsInARow, readsAtOnce),
    };
    await bound.connectFirst?.();
    // Whoever comes first in a round finds the org's caches colder: each variant has its turn.
    const order = variants.map((_, index) => variants[(index + round) % variants.length]!);
    for (const [index, plan] of plans.entries()) {
      for (const named of order) {
        const variant = plan.isBound && named.name === bound.name ? bound : named;
        await control.resetCounts();
        const milliseconds = await withinTime(plan.run(variant, ids), `${plan.name} (${variant.name})`);
        const { requests } = await control.counts();
        if (milliseconds === undefined || round < warmUpRounds) continue;
        const kept = samples[index]!.get(variant.name) ?? { milliseconds: [], requests: [] };
        kept.milliseconds.push(...milliseconds);
        kept.requests.push(Object.values(requests).reduce((sum, count) => sum + count, 0));
        samples[index]!.set(variant.name, kept);
      }
    }
    for (const variant of [...variants, bound]) await variant.disconnect();
  }
  return plans.map((plan, index) => describeWork({ ...plan, ...network }, samples[index]!));
}
