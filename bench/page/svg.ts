/** Plots as SVG, without a library: a few bars and lines on a card of their own, readable in light and dark. */

/** Text that is safe in an SVG. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export type Ink = 'ours' | 'peer' | 'bare' | 'text' | 'quiet' | 'grid' | 'goal';

const light: Record<Ink | 'card', string> = {
  card: '#ffffff',
  text: '#1f2328',
  quiet: '#57606a',
  grid: '#d8dee4',
  ours: '#0b5cab',
  peer: '#9a6700',
  bare: '#57606a',
  goal: '#a40e26',
};
const dark: Record<Ink | 'card', string> = {
  card: '#161b22',
  text: '#e6edf3',
  quiet: '#9198a1',
  grid: '#30363d',
  ours: '#58a6ff',
  peer: '#d29922',
  bare: '#9198a1',
  goal: '#ff7b72',
};

export const number = (value: number): string => String(Math.round(value * 100) / 100);

interface TextOptions {
  ink?: Ink;
  anchor?: 'start' | 'middle' | 'end';
  size?: number;
  bold?: boolean;
}

export function text(x: number, y: number, words: string, options: TextOptions = {}): string {
  const { ink = 'text', anchor = 'start', size = 13, bold = false } = options;
  return `<text x="${number(x)}" y="${number(y)}" class="${ink}" fill="${light[ink]}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="600"' : ''}>${escaped(words)}</text>`;
}

export function bar(x: number, y: number, width: number, height: number, ink: Ink): string {
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(Math.max(width, 1))}" height="${number(height)}" rx="2" class="${ink}" fill="${light[ink]}"/>`;
}

export function line(points: readonly (readonly [number, number])[], ink: Ink, width = 1, dashes = ''): string {
  const at = points.map(([x, y]) => `${number(x)},${number(y)}`).join(' ');
  return `<polyline points="${at}" fill="none" class="line-${ink}" stroke="${light[ink]}" stroke-width="${width}"${dashes && ` stroke-dasharray="${dashes}"`}/>`;
}

/** The whole picture. The title is read to whoever does not see it. */
export function picture(width: number, height: number, title: string, description: string, parts: string[]): string {
  const rules = (Object.entries(dark) as [Ink | 'card', string][])
    .map(([ink, colour]) => `.${ink}{fill:${colour}}.line-${ink}{stroke:${colour}}`)
    .join('');
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${number(height)}" width="${width}" height="${number(height)}" role="img" aria-labelledby="title description" font-family="system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>@media (prefers-color-scheme: dark){${rules}}</style>`,
    `<rect width="${width}" height="${number(height)}" rx="8" class="card" fill="${light.card}"/>`,
    text(20, 30, title, { size: 16, bold: true }),
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}
