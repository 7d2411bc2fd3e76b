export interface Spread {
  median: number;
  p25: number;
  p75: number;
}

/**
 * The value below which a share of the samples lies, interpolated between its two neighbours (Hyndman & Fan 1996, type
 * 7).
 *
 * @throws RangeError without samples.
 */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('A quantile needs samples.');
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at % 1);
}

/** Median and middle half of the samples. @throws RangeError without samples. */
export function spreadOf(samples: readonly number[]): Spread {
  return { median: quantile(samples, 0.5), p25: quantile(samples, 0.25), p75: quantile(samples, 0.75) };
}

/** How many times as much, to two decimals; null where one of the two was not measured. */
export function ratio(measured: number | null, reference: number | null): number | null {
  return measured === null || reference === null || reference === 0 ? null : rounded(measured / reference);
}

/** To two decimals: finer than any clock of a page. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
