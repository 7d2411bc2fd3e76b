import { logLine } from '../src/logLine.ts';

describe('a line of a log', () => {
  const line = (app: string) => logLine({ app, outcome: 'APP_NOT_ALLOWED' });

  it.each([
    ['direction', '\u202egnoN\u2066\u2069\u200f'],
    ['line separators', 'a\u2028{"app":"Blotter"}\u2029\u0085'],
    ['control characters', '\u009b2J\u001b[2J\u007f'],
    ['what is not seen', '\u200b\u00ad\ufeff\u{e0041}'],
    ['line ends', 'a\r\n{"outcome":"ok"}'],
  ])('shows what an app has put into its name, and is the same to whoever reads JSON: %s', (_what, name) => {
    expect(line(name)).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(line(name))).toEqual({ app: name, outcome: 'APP_NOT_ALLOWED' });
  });

  it('leaves other text as it is', () =>
    expect(line('Grüße, 東京 "x" 🙂')).toBe('{"app":"Grüße, 東京 \\"x\\" 🙂","outcome":"APP_NOT_ALLOWED"}'));

  it('is no longer than a line can be, however long a path an app asks for', () => {
    expect(logLine({ target: `/${'a'.repeat(400_000)}` }).length).toBeLessThan(2_100);
    expect(logLine({ target: 'a'.repeat(2_000) })).toBe(`{"target":"${'a'.repeat(2_000)}"}`);
  });
});
