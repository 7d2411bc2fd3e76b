import { isSoslText, sosl, soslPhrase } from '../../src/salesforce/soslText.ts';

describe('sosl', () => {
  it('escapes words in the braces, and quotes values elsewhere', () => {
    const statement = sosl`FIND {${'AT&T or "Bell"'} AND ${soslPhrase('head of (M&A)')}*} RETURNING Contact(Id WHERE Title = ${"O'Neil {x}"} AND CreatedDate > ${new Date('2026-01-31')} LIMIT 5)`;
    expect(statement.toString()).toBe(
      String.raw`FIND {AT\&T "or" \"Bell\" AND "head of \(M\&A\)"*} RETURNING Contact(Id WHERE Title = 'O\'Neil {x}' AND CreatedDate > 2026-01-31T00:00:00.000Z LIMIT 5)`,
    );
    expect(isSoslText(statement)).toBe(true);
  });

  it('knows a brace within a quoted text for no brace', () => {
    expect(sosl`FIND {acme} RETURNING Contact(Id WHERE Title = '{' AND Name = ${'a&b'})`.toString()).toContain(
      "= 'a&b'",
    );
  });

  it.each([
    [() => sosl`FIND {${'  '}}`, 'nothing to search for'],
    [() => sosl`FIND {${5}}`, 'must be a text'],
    [() => sosl`FIND {"${'a'}"}`, 'brings its own quotes'],
    [() => sosl`FIND {a} RETURNING Contact(Id WHERE Name = '${'a'}')`, 'brings its own quotes'],
    [() => sosl`FIND {a} RETURNING Contact(Id WHERE Name = ${soslPhrase('a')})`, 'braces of FIND only'],
    [() => sosl`FIND {a} RETURNING Contact(Id WHERE Name = ${undefined as never})`, 'undefined'],
    [() => soslPhrase(' '), 'nothing to search for'],
    [() => soslPhrase(null as unknown as string), 'must be a text'],
  ])('refuses what cannot stand there: %s', (make, why) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(why);
  });
});
