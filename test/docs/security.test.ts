import { readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(repository, 'docs/security.md'), 'utf8');
const named = [...page.matchAll(/`(test\/[^`]+\.ts)`: \*([^*]+)\*/gu)].map(
  ([, file, title]) => [file!, title!] as const,
);

describe('the tests that the security page names', () => {
  it('are named well enough to be found', () => {
    expect(named.length).toBe(page.match(/`test\/[^`]+`/gu)?.length);
    expect(named.length).toBeGreaterThan(50);
  });

  it.each(named)('are there: %s, %s', (file, title) => {
    const titles = [
      ...readFileSync(path.join(repository, file), 'utf8').matchAll(
        /\b(?:it|describe)(?:\.each(?:<[^(]*>)?\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gu,
      ),
    ].map(([, , text]) => text!.replaceAll('\\', ''));
    expect(titles.filter((text) => text.includes(title)).length).toBeGreaterThan(0);
  });
});
