import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import {
  isSoqlText,
  joinConditions,
  like,
  likeContains,
  likeStartsWith,
  quoteSoqlString,
  soql,
  soqlDate,
  soqlId,
  soqlName,
  soqlNames,
} from '../../src/salesforce/soqlQuoting.ts';

/** Reads a literal back as Salesforce would: the inverse of quoting, written from the table of escapes. */
function readLiteral(literal: string): string {
  expect(literal.startsWith("'") && literal.endsWith("'")).toBe(true);
  const meaning: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const body = literal.slice(1, -1);
  let text = '';
  for (let at = 0; at < body.length; at += 1) {
    const character = body.charAt(at);
    if (character === "'") throw new Error('an unescaped quote ends the literal early');
    if (character !== '\\') {
      text += character;
      continue;
    }
    at += 1;
    const escaped = body.charAt(at);
    if (escaped === 'u') {
      text += String.fromCharCode(Number.parseInt(body.slice(at + 1, at + 5), 16));
      at += 4;
    } else text += meaning[escaped] ?? escaped;
  }
  return text;
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '\\', '%', '_', '"', '\n', 'a', ' ', '\u2028') }),
);

describe('quoteSoqlString', () => {
  it('says the same text back, whatever the text is, and never ends early', () => {
    fc.assert(fc.property(nasty, (text) => expect(readLiteral(quoteSoqlString(text))).toBe(text)));
  });

  it('keeps an injection attempt inside the literal, as a SOQL parser sees it', () => {
    const statement = soql`SELECT Id FROM Contact WHERE LastName = ${"x' OR Name LIKE '%"} LIMIT 1`.toString();
    const { where } = parseQuery(statement);
    expect(where).toMatchObject({ left: { field: 'LastName', operator: '=' } });
    expect(where).not.toHaveProperty('operator');
  });

  it('and the same attempt does change the statement when it is pasted', () => {
    const pasted = `SELECT Id FROM Contact WHERE LastName = '${"x' OR Name LIKE '%"}' LIMIT 1`;
    expect(parseQuery(pasted).where).toHaveProperty('operator', 'OR');
  });
});

describe('LIKE patterns', () => {
  it('leave no wildcard but the one at the end', () => {
    expect(likeStartsWith('100%_\\').toString()).toBe(String.raw`'100\%\_\\%'`);
    expect(likeContains("O'Brien").toString()).toBe(String.raw`'%O\'Brien%'`);
  });

  it('hold every wildcard of the text escaped', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const pattern = likeContains(text).toString().slice(2, -2);
        expect(pattern.replaceAll(/\\./gsu, '')).not.toMatch(/[%_']/);
      }),
    );
  });
});

describe('like', () => {
  it('has the wildcards of the template, and none of a value', () => {
    expect(like`${'100%'}%_${'a_b'}`.toString()).toBe(String.raw`'100\%%_a\_b'`);
    expect(like`O'${"B'"}%`.toString()).toBe(String.raw`'O\'B\'%'`);
  });

  it('refuses what is no text', () => {
    expect(() => like`${5 as unknown as string}%`).toThrow('made of texts');
  });
});

describe('soqlId', () => {
  it('writes an id of 15 characters, or of 18 that lost their case, with 18', () => {
    expect(soqlId('003Ws00000AbCdE').toString()).toBe("'003Ws00000AbCdEIAV'");
    expect(soqlId('003ws00000abcdeiav').toString()).toBe("'003Ws00000AbCdEIAV'");
  });

  it.each(['', '003', "003Ws00000AbCd'", '003Ws00000AbCdEXXX', undefined as unknown as string])(
    'refuses %p, which is none',
    (id) => {
      expect(() => soqlId(id)).toThrow(TypeError);
    },
  );
});

describe('soqlDate', () => {
  it('is the day in UTC of a Date, and a day as it is written', () => {
    expect(soqlDate(new Date('2026-01-31T23:59:59Z')).toString()).toBe('2026-01-31');
    expect(soqlDate('2028-02-29').toString()).toBe('2028-02-29');
  });

  it.each(['2026-02-29', '2026-1-1', '2026-01-01T00:00:00Z', '', "2026-01-01' OR"])('refuses %p', (day) => {
    expect(() => soqlDate(day)).toThrow(TypeError);
  });
});

describe('soql', () => {
  it('binds each kind of value in its own literal form', () => {
    const at = new Date('2026-01-31T10:00:00Z');
    expect(
      soql`a = ${'x'} b = ${1.5} c = ${true} d = ${null} e = ${at} f IN ${['x', "y'"]} g = ${soqlDate(at)}`.toString(),
    ).toBe(String.raw`a = 'x' b = 1.5 c = true d = null e = 2026-01-31T10:00:00.000Z f IN ('x', 'y\'') g = 2026-01-31`);
  });

  it('lets bound parts be put together', () => {
    const condition = joinConditions('OR', [soql`Name = ${'a'}`, soql`Name LIKE ${likeStartsWith('b')}`]);
    expect(
      soql`SELECT ${soqlNames(['Id', 'Owner.Name'])} FROM ${soqlName('LEI__c')} WHERE ${condition}`.toString(),
    ).toBe("SELECT Id, Owner.Name FROM LEI__c WHERE (Name = 'a' OR Name LIKE 'b%')");
  });

  it('refuses a value between quotes, which would end the text that it stands in', () => {
    const words = ' OR Name != ';
    expect(() => soql`SELECT Id FROM Contact WHERE Name LIKE '%${words}%'`).toThrow('brings its own quotes');
    expect(soql`SELECT Id FROM Contact WHERE Name = 'it\\'s' AND Title = ${words}`.toString()).toContain(
      "' OR Name != '",
    );
  });

  it('refuses a text that no condition may hold, and a value that was forgotten', () => {
    expect(() => soql`SELECT Id FROM A WHERE b = ${'x'.repeat(4_001)}`).toThrow('4000 characters');
    expect(soql`b = ${'x'.repeat(4_000)}`.toString()).toHaveLength(4_006);
    expect(() => soql`SELECT Id FROM A WHERE b = ${undefined as unknown as string}`).toThrow('undefined');
  });

  it('is told apart from anything that looks like it', () => {
    expect(isSoqlText(soql`a`)).toBe(true);
    expect([{ toString: () => 'a' }, 'a', null, Object.create(soql`a`)].map(isSoqlText)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it.each([
    [new Date('1699-12-31T23:59:59Z')],
    [new Date('4001-01-01')],
    [new Date('+010000-01-01')],
    [[['a']]],
    [Object('a')],
  ])('refuses %p, which Salesforce would not take', (value) => {
    expect(() => soql`SELECT Id FROM A WHERE b = ${value as never}`).toThrow(TypeError);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1e300], [new Date(Number.NaN)], [[]]])('refuses %p', (value) => {
    expect(() => soql`SELECT Id FROM A WHERE b = ${value}`).toThrow(TypeError);
  });

  it.each(['Name, Id', 'Name FROM User', "a'", '', '1a', 'a..b', 'Name--'])('refuses %p as a name', (name) => {
    expect(() => soqlName(name)).toThrow(TypeError);
  });
});
