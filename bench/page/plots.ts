import type { BenchReport, Work } from '../report.ts';
import { bar, line, number, picture, text } from './svg.ts';

const width = 760;
const labels = 280;
const right = 60;
const rowHeight = 46;
/** Beyond it a bar is cut; its number stands beside it. */
const longest = 2.5;

/** Each work as a multiple of bare `fetch`: ours and, where it has the work, the peer. Over HTTP/2. */
export function plotLatency({ works }: BenchReport, latencyMs: number): string {
  const rows = works.filter(
    (work) => work.protocol === 'HTTP/2' && work.latencyMs === latencyMs && work.oursToBare !== null,
  );
  const scale = (width - labels - right) / longest;
  const x = (ratio: number): number => labels + Math.min(ratio, longest) * scale;
  const top = 78;
  const bottom = top + rows.length * rowHeight;
  const parts = [text(20, 52, legend, { ink: 'quiet', size: 12 })];
  for (const at of [0, 0.5, 1, 1.5, 2, 2.5]) {
    parts.push(
      line(
        [
          [x(at), top],
          [x(at), bottom],
        ],
        at === 1 ? 'bare' : 'grid',
        at === 1 ? 2 : 1,
      ),
    );
    parts.push(text(x(at), bottom + 18, number(at), { ink: 'quiet', anchor: 'middle', size: 12 }));
  }
  rows.forEach((work, index) => {
    const y = top + index * rowHeight + 6;
    parts.push(text(labels - 12, y + 21, work.name, { anchor: 'end' }));
    parts.push(...ratioBar(work.oursToBare!, y, 'ours', x));
    const peer = peerToBare(work);
    if (peer !== null) parts.push(...ratioBar(peer, y + 18, 'peer', x));
  });
  const title = `Time of each work, bare fetch = 1, answers of the org ${latencyMs} ms later`;
  const description = rows.map((work) => `${work.name}: ${work.oursToBare}`).join('; ');
  return picture(width, bottom + 34, title, description, parts);
}

const legend = 'upper bar, blue: salesforce-interop · lower bar, brown: @openfin/salesforce · shorter is faster';

function ratioBar(ratio: number, y: number, ink: 'ours' | 'peer', x: (ratio: number) => number): string[] {
  return [
    bar(x(0), y, x(ratio) - x(0), 14, ink),
    text(x(ratio) + 6, y + 12, ratio.toFixed(2), { ink: 'quiet', size: 12 }),
  ];
}

const peerToBare = ({ peer, bare }: Work): number | null => (peer !== null && bare ? peer / bare : null);

/** Requests that had reached the org by each hour of a day: one provider, and a package in each app. */
export function plotDay({ day }: BenchReport): string {
  const { ours, peer } = { ours: day.ours.requestsByHour, peer: day.peer.requestsByHour };
  const hours = Math.max(ours.length, peer.length);
  const most = roundedUp(Math.max(...ours, ...peer, 1));
  const [left, top, plotWidth, plotHeight] = [70, 78, width - 70 - 190, 260];
  const x = (hour: number): number => left + (hour / hours) * plotWidth;
  const y = (requests: number): number => top + plotHeight - (requests / most) * plotHeight;
  const parts = [
    text(20, 52, 'since the morning, preflights and the org’s own pages included', { ink: 'quiet', size: 12 }),
  ];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    parts.push(
      line(
        [
          [left, y(most * share)],
          [left + plotWidth, y(most * share)],
        ],
        'grid',
      ),
    );
    parts.push(
      text(left - 8, y(most * share) + 4, Math.round(most * share).toLocaleString('en'), {
        ...{ ink: 'quiet', anchor: 'end', size: 12 },
      }),
    );
  }
  for (let hour = 0; hour <= hours; hour += 1)
    parts.push(text(x(hour), top + plotHeight + 18, `${hour} h`, { ink: 'quiet', anchor: 'middle', size: 12 }));
  for (const [ink, name, totals] of [
    ['ours', 'one provider', ours],
    ['peer', 'a package in each app', peer],
  ] as const) {
    parts.push(line([[x(0), y(0)], ...totals.map((total, hour) => [x(hour + 1), y(total)] as const)], ink, 3));
    const end = totals.at(-1) ?? 0;
    parts.push(text(x(totals.length) + 8, y(end) + 4, `${name}: ${end.toLocaleString('en')}`, { ink, size: 12 }));
  }
  const title = 'Requests at the org over one day of ten apps';
  return picture(
    width,
    top + plotHeight + 34,
    title,
    `${ours.at(-1)} with one provider, ${peer.at(-1)} with a package in each app`,
    parts,
  );
}

/** The next number that begins with 1, 2, 4 or 8 and has only zeros after it, so that a quarter of it reads well. */
function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 8, 10].map((first) => first * power).find((candidate) => candidate >= value)!;
}
