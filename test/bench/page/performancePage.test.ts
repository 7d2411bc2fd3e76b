/** @jest-environment jsdom */
import { explanations } from '../../../bench/page/explanations.ts';
import { goalsOf } from '../../../bench/page/goals.ts';
import { performancePage } from '../../../bench/page/performancePage.ts';
import { plotDay, plotLatency } from '../../../bench/page/plots.ts';
import { report } from '../sampleReport.ts';

describe('the page', () => {
  const page = performancePage(report);

  it('shows each goal with its limit, what was measured and whether it is reached', () => {
    expect(page).toMatch(/\| one read after another, each another record \| ours \/ bare \|.*1\.50, 20 ms.*\| no \|/);
    expect(page).toContain(
      "| 100 apps connected | memory of the provider's process / with one app | ≤ 2 | 1.50 | yes |",
    );
  });

  it('names what is missed once more, and nothing that is reached', () => {
    const missed = page.slice(page.indexOf('## What stands in the way'), page.indexOf('## Pictures'));
    expect(missed).toContain('**20 apps × the same 50 contacts** (19, 20 ms)');
    expect(missed).not.toContain('100 apps connected');
  });

  it('says what stands in the way of what is missed, by the name of a work that there is', () => {
    const works = goalsOf(report).map(({ work }) => work);
    for (const [name, sentence] of Object.entries(explanations)) {
      expect([name, works.some((work) => work === name || work.includes(`\`${name}\``))]).toEqual([name, true]);
      expect(sentence).toMatch(/\.$/);
    }
    expect(page).toContain(
      `**20 apps × the same 50 contacts** (19, 20 ms). ${explanations['20 apps × the same 50 contacts']}`,
    );
    expect(page).toContain(explanations['ViewContact']);
  });

  it('shows all times, the steps of a connect, the day and the machine', () => {
    expect(page).toContain(
      '| one read after another, ms | HTTP/2, 20 ms | 3 (2.50 to 3.50) | 2 (2 to 2) | 4 (4 to 4.50) | 1.50 | 0.75 | 40, 40, 40 |',
    );
    expect(page).toContain('| hello is sent | 2 |');
    expect(page).toContain('| failed calls | 0 | 480 |');
    expect(page).toContain('2 cores (A processor), 16 GB, Linux x86_64; Node.js 20.20.2, Chromium 156.0.');
    expect(page).toContain('- All on one machine.');
  });

  it('shows a picture for each latency and one of the day', () => {
    expect([...page.matchAll(/\]\((\.\/performance\/[^)]+)\)/g)].map(([, file]) => file)).toEqual([
      './performance/at-20-ms.svg',
      './performance/day.svg',
    ]);
  });
});

describe('a picture', () => {
  const parse = (svg: string): Document => {
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(document.querySelector('parsererror')).toBeNull();
    return document;
  };

  it('is well-formed, has a title and a description, and colours for light and dark', () => {
    for (const svg of [plotLatency(report, 20), plotDay(report)]) {
      const document = parse(svg);
      expect(document.querySelector('title')!.textContent).not.toBe('');
      expect(document.querySelector('desc')!.textContent).not.toBe('');
      expect(document.querySelector('style')!.textContent).toContain('prefers-color-scheme: dark');
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('draws a bar for each way in proportion to bare fetch', () => {
    const bars = (ink: string): number[] =>
      [...parse(plotLatency(report, 20)).querySelectorAll(`rect.${ink}`)].map((rect) =>
        Number(rect.getAttribute('width')),
      );
    const [[ours], [peer]] = [bars('ours'), bars('peer')] as [[number], [number]];
    expect(ours / peer).toBeCloseTo(1.5 / 2);
  });

  it('draws both lines of the day, to the same scale', () => {
    const [ours, peer] = ['ours', 'peer'].map((ink) =>
      parse(plotDay(report))
        .querySelector(`polyline.line-${ink}`)!
        .getAttribute('points')!
        .split(' ')
        .map((point) => Number(point.split(',')[1])),
    ) as [number[], number[]];
    const [base] = ours as [number];
    expect((base - ours.at(-1)!) / (base - peer.at(-1)!)).toBeCloseTo(250 / 8_100, 3);
    expect(peer).toHaveLength(3);
  });
});
