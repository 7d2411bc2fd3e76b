import type { Network, VariantName, Work } from './report.ts';
import { quantile, ratio, rounded, spreadOf } from './statistics.ts';

const names: readonly VariantName[] = ['ours', 'bare', 'peer'];

/** What one way to do a work was measured at. */
export interface Samples {
  milliseconds: number[];
  /** Requests that the org counted, for each round. */
  requests: number[];
}

/** The work's part of the report. */
export function describeWork(
  { name, unit, protocol, latencyMs }: { name: string; unit: string } & Network,
  samples: ReadonlyMap<VariantName, Samples>,
): Work {
  const spreads = byVariant((variant) => {
    const measured = samples.get(variant);
    return measured ? spreadOf(measured.milliseconds) : null;
  });
  const medians = byVariant((variant) => spreads[variant] && rounded(spreads[variant].median));
  return {
    name,
    protocol,
    latencyMs,
    unit,
    ...medians,
    oursToBare: ratio(medians.ours, medians.bare),
    oursToPeer: ratio(medians.ours, medians.peer),
    spread: byVariant(
      (variant) => spreads[variant] && { p25: rounded(spreads[variant].p25), p75: rounded(spreads[variant].p75) },
    ),
    orgRequests: byVariant((variant) => {
      const measured = samples.get(variant);
      return measured ? quantile(measured.requests, 0.5) : null;
    }),
  };
}

function byVariant<T>(of: (variant: VariantName) => T): Record<VariantName, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<VariantName, T>;
}
