import fc from 'fast-check';
import { parseSoql } from '../../sandbox/org/soql/parseSoql.ts';
import { parseSosl } from '../../sandbox/org/sosl/parseSosl.ts';
import { like, likeContains, soql, type SoqlValue } from '../../src/salesforce/soqlQuoting.ts';
import { sosl } from '../../src/salesforce/soslText.ts';
import { openTestOrg, type TestOrg } from '../sandbox/org/database/testOrg.ts';

/** Texts made of what could end a literal, begin a condition or be an operator, among others. */
const attack = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '\\',
        '"',
        '%',
        '_',
        '{',
        '}',
        '(',
        ')',
        ' OR ',
        ' AND ',
        ' NOT ',
        "' OR Name != '",
        '--',
        '\n',
        '\u2028',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const value: fc.Arbitrary<SoqlValue> = fc.oneof(
  attack,
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
  fc.date({ min: new Date('1700-01-01'), max: new Date('4000-12-31'), noInvalidDate: true }),
);

/** The form of a statement as the org reads it: everything but the values. */
const formOf = (statement: string) =>
  JSON.stringify(parseSoql(statement).query, (name, part: unknown) =>
    ['value', 'literalType', 'dateLiteralVariable'].includes(name) ? undefined : part,
  );

describe('a bound statement, as the embedded org reads it', () => {
  let org: TestOrg;
  let all: number;
  beforeAll(async () => {
    org = await openTestOrg(50);
    all = org.select('SELECT Id FROM Contact').length;
  });

  it('has the same form whatever text is bound', () => {
    const form = formOf(
      soql`SELECT Id FROM Contact WHERE Name = ${'x'} AND Title LIKE ${like`${'x'}%`} LIMIT 1`.toString(),
    );
    fc.assert(
      fc.property(attack, attack, (name, title) => {
        const statement = soql`SELECT Id FROM Contact WHERE Name = ${name} AND Title LIKE ${like`${title}%`} LIMIT 1`;
        expect(formOf(statement.toString())).toBe(form);
      }),
      { numRuns: 300 },
    );
  });

  it('is read by the org with any value that can be bound, and with lists of them', () => {
    fc.assert(
      fc.property(value, fc.array(attack, { minLength: 1, maxLength: 5 }), (one, list) => {
        const statement = soql`SELECT Id FROM Contact WHERE Name = ${one} AND Title IN ${list}`.toString();
        expect(parseSoql(statement).query).toMatchObject({
          where: { operator: 'AND', right: { left: { operator: 'IN' } } },
        });
      }),
      { numRuns: 300 },
    );
  });

  it('finds the rows whose text it is, and no others', () => {
    const rows = org.select('SELECT Id, LastName FROM Contact');
    fc.assert(
      fc.property(attack, (text) => {
        const found = org.select(soql`SELECT Id FROM Contact WHERE LastName = ${text}`.toString());
        const same = rows.filter(({ LastName }) => String(LastName).toLowerCase() === text.toLowerCase());
        expect(found.length).toBe(same.length);
        const containing = org.select(
          soql`SELECT Id FROM Contact WHERE LastName LIKE ${likeContains(text)}`.toString(),
        );
        expect(containing.length).toBe(
          rows.filter(({ LastName }) => String(LastName).toLowerCase().includes(text.toLowerCase())).length,
        );
      }),
      { numRuns: 200, examples: [["\0'"]] },
    );
    // What the same property finds where a text is pasted.
    expect(org.select(`SELECT Id FROM Contact WHERE LastName = '${"' OR Name != '"}'`)).toHaveLength(all);
  });

  it('searches for the words, whatever they hold', () => {
    const form = parseSosl(
      sosl`FIND {${'x'}} IN NAME FIELDS RETURNING Contact(Id WHERE Title = ${'x'})`.toString(),
      66,
    );
    fc.assert(
      fc.property(attack, attack, (words, title) => {
        fc.pre(/[^\p{Cc}\p{Zl}\p{Zp}\s]/u.test(words));
        const statement = sosl`FIND {${words}} IN NAME FIELDS RETURNING Contact(Id WHERE Title = ${title})`.toString();
        const { term, returning, ...rest } = parseSosl(statement, 66);
        expect({ ...rest, term: '', returning: undefined }).toEqual({ ...form, term: '', returning: undefined });
        expect(returning).toHaveLength(1);
        expect(returning).toMatchObject([{ objectName: 'Contact', fields: 'Id' }]);
        expect(term.replaceAll(/\\./gsu, '').replaceAll(/"(and|or|not)"/gi, '')).not.toMatch(/[?&|!{}[\]()^~*:\\"'+-]/);
      }),
      { numRuns: 300 },
    );
  });
});
