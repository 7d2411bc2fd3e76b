import { deepestJson } from '../../src/jsonDepth.ts';
import { parseJson } from '../../src/channel/parseJson.ts';

describe('parseJson', () => {
  it('leaves out what would change prototypes, however it is spelt and wherever it is', () => {
    const text =
      '{"a":1,"__proto__":{"x":1},"deep":[{"\\u005f_pr\\u006fto__":{"x":1},"b":[{"__proto__":null}]}],"text":"__proto__"}';
    expect(JSON.stringify(parseJson(text))).toBe('{"a":1,"deep":[{"b":[{}]}],"text":"__proto__"}');
  });

  it('leaves it out at every level that a body may have', () => {
    const text = `${'{"__proto__":1,"a":'.repeat(deepestJson)}1${'}'.repeat(deepestJson)}`;
    let value = parseJson(text) as Record<string, unknown>;
    let depth = 1;
    for (; typeof value['a'] === 'object'; depth += 1) value = value['a'] as Record<string, unknown>;
    expect(depth).toBe(deepestJson);
    expect(JSON.stringify(parseJson(text))).not.toContain('__proto__');
  });

  it('says the same as JSON.parse of anything else', () => {
    for (const text of ['1', 'null', '"a"', '[]', '{"a":[1,{"b":null}],"\\u0061\\u006e":2}'])
      expect(parseJson(text)).toEqual(JSON.parse(text));
    expect(() => parseJson('{')).toThrow(SyntaxError);
  });
});
