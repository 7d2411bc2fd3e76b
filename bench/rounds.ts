import type { ControlClient } from '../sandbox/org/control/controlClient.ts';
import type { Network, VariantName, Work } from './report.ts';
import { describeWork } from './describeWork.ts';
import { withinTime } from './withinTime.ts';

/** Milliseconds of one round. */
export type Measure = (round: number) => Promise<number>;

export interface RoundsOptions {
  name: string;
  unit: string;
  network: Network;
  control: ControlClient;
  /** The ways that are compared. */
  ways: Partial<Record<VariantName, Measure>>;
  rounds: number;
  warmUpRounds: number;
}

/** Measures one work in each way, one after the other within each round, so that drift hits all alike. */
export async function measureRounds({
  name,
  unit,
  network,
  control,
  ways,
  rounds,
  warmUpRounds,
}: RoundsOptions): Promise<Work> {
  await control.setLatency(network.latencyMs);
  const given = Object.entries(ways) as [VariantName, Measure][];
  const samples = new Map<VariantName, { milliseconds: number[]; requests: number[] }>(
    given.map(([variant]) => [variant, { milliseconds: [], requests: [] }]),
  );
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    console.log(`${name}, ${network.latencyMs} ms: round ${round + 1}/${warmUpRounds + rounds}`);
    for (let turn = 0; turn < given.length; turn++) {
      const [variant, measure] = given[(turn + round) % given.length]!;
      await control.resetCounts();
      const took = await withinTime(measure(round), `${name} (${variant})`, 300_000);
      const { requests } = await control.counts();
      if (round < warmUpRounds) continue;
      samples.get(variant)!.milliseconds.push(took);
      samples.get(variant)!.requests.push(Object.values(requests).reduce((sum, count) => sum + count, 0));
    }
  }
  const work = describeWork({ name, unit, ...network }, samples);
  const { ours, bare, peer } = work;
  console.log(`${name}, ${network.latencyMs} ms: ours ${ours}, bare ${bare ?? '-'}, peer ${peer ?? '-'}`);
  return work;
}
