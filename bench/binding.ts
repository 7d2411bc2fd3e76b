import type { Frame } from 'playwright-core';
import { openOurs } from './ours.ts';
import { timeOneByOne } from './pageTiming.ts';
import type { Binding } from './report.ts';
import type { Stage } from './stage.ts';
import { ratio, rounded, spreadOf } from './statistics.ts';
import { withinTime } from './withinTime.ts';
import { apiBase, readsInARow } from './works.ts';

/**
 * What proof of possession costs a request: the same reads through two desks that differ in nothing but whether tokens
 * are bound to a key (RFC 9449), one after the other within each round.
 */
export async function measureBinding(stage: Stage, contactIds: readonly string[], rounds: number): Promise<Binding> {
  const kinds = ['dpop', 'bearer'] as const;
  const desks = [await openOurs(stage, 'dpop'), await openOurs(stage, 'bearer')];
  try {
    const pages: Frame[] = [];
    for (const desk of desks) {
      await desk.connectFirst!();
      pages.push((await desk.page()) as Frame);
    }
    const samples: Record<(typeof kinds)[number], number[]> = { dpop: [], bearer: [] };
    for (let round = 0; round < rounds + 1; round += 1) {
      const paths = Array.from(
        { length: readsInARow },
        (_, index) => `${apiBase}/sobjects/Contact/${contactIds[(round * readsInARow + index) % contactIds.length]!}`,
      );
      for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const measured = await withinTime(timeOneByOne(pages[index]!, paths), `reads (${kinds[index]!})`);
        // The first round warms up.
        if (round > 0) samples[kinds[index]!].push(...measured);
      }
    }
    const [dpop, bearer] = [spreadOf(samples.dpop), spreadOf(samples.bearer)];
    return {
      name: 'one read after another',
      unit: 'ms per read',
      dpop: rounded(dpop.median),
      bearer: rounded(bearer.median),
      dpopToBearer: ratio(dpop.median, bearer.median)!,
      spread: {
        dpop: { p25: rounded(dpop.p25), p75: rounded(dpop.p75) },
        bearer: { p25: rounded(bearer.p25), p75: rounded(bearer.p75) },
      },
    };
  } finally {
    for (const desk of desks) await desk.close();
  }
}
