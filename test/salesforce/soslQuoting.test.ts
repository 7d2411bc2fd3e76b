import fc from 'fast-check';
import { escapeSoslTerm, soslSearch } from '../../src/salesforce/soslQuoting.ts';

describe('escapeSoslTerm', () => {
  it('escapes each reserved character', () => {
    expect(escapeSoslTerm('a?&|!{}[]()^~*:\\"\'+-b')).toBe(String.raw`a\?\&\|\!\{\}\[\]\(\)\^\~\*\:\\\"\'\+\-b`);
  });

  it('never lets a term close the braces', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('}', '{', '\\', 'a', ' ', '\n') }), (term) => {
        const escaped = escapeSoslTerm(term);
        expect(escaped.replaceAll(/\\./gsu, '')).not.toMatch(/[{}\\\n]/);
      }),
    );
  });

  it('searches for the words AND, OR and NOT instead of obeying them', () => {
    expect(escapeSoslTerm('This or That AND\nnot Andover')).toBe('This "or" That "AND" "not" Andover');
  });
});

describe('soslSearch', () => {
  it('writes one statement for several objects', () => {
    expect(
      soslSearch({
        term: "O'Neil ",
        matchBeginnings: true,
        in: 'NAME',
        returning: { Account: ['Id', 'Name'], Contact: ['Id'] },
        limit: 5,
      }),
    ).toBe(String.raw`FIND {O\'Neil*} IN NAME FIELDS RETURNING Account(Id, Name LIMIT 5), Contact(Id LIMIT 5)`);
  });

  it('does not put a wildcard behind punctuation', () => {
    expect(soslSearch({ term: 'AT&T!', matchBeginnings: true, returning: { Account: ['Id'] } })).toContain(
      String.raw`{AT\&T\!}`,
    );
  });

  it.each([
    [{ term: ' a ', returning: { Account: ['Id'] } }],
    [{ term: 'acme', returning: { 'Account)': ['Id'] } }],
    [{ term: 'acme', returning: { Account: ['Id), User(Id'] } }],
    [{ term: 'acme', returning: { Account: ['Id'] }, limit: 0 }],
  ])('refuses %j', (search) => {
    expect(() => soslSearch(search)).toThrow(TypeError);
  });
});
