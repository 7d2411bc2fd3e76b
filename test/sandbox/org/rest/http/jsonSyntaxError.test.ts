import { parseJson } from '../../../../../sandbox/org/rest/http/jsonSyntaxError.ts';

describe('parseJson', () => {
  it('gives the value of well-formed JSON', () => {
    expect(parseJson('{"Name":"Acme"}')).toEqual({ Name: 'Acme' });
  });

  it('tells the character, line and column of a fault', () => {
    expect(() => parseJson('{"Name":}')).toThrow(
      /^Unexpected character \('}' \(code 125\)\): .* at \[line:1, column:9\]$/,
    );
  });

  it('counts lines', () => {
    expect(() => parseJson('{\n  Name: "Acme"\n}')).toThrow(/was expecting double-quote .* at \[line:2, column:3\]$/);
  });

  it('reads a thousand levels and refuses more, whether they end or not', () => {
    const nested = (levels: number): string => `{"a":"\\"[[","b":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(parseJson(nested(1000))).toMatchObject({ a: '"[[' });
    for (const text of [nested(1001), nested(100_000), '['.repeat(100_000)])
      expect(() => parseJson(text)).toThrow(/^Document nesting depth exceeds the maximum allowed \(1000\)$/);
  });

  it('tells that the text ended too early', () => {
    expect(() => parseJson('{"Name":"Acme"')).toThrow(/^Unexpected end-of-input/);
  });
});
