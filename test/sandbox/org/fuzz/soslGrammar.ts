import fc from 'fast-check';
import { anyText, anyObject, fieldPath, objectName } from './names.ts';
import { literal } from './literals.ts';

/** SOSL by its grammar (SOQL and SOSL Reference, "SOSL Syntax"). */

const word = fc.oneof(
  fc.constantFrom(
    'grand',
    'Dickenson',
    'gr*',
    'g?and',
    '*',
    '?a',
    '"grand hotels"',
    '"',
    '\\&',
    'x',
    'müller',
    '442079460001',
    '\\',
  ),
  anyText.map((text) => text.replaceAll(/[?&|!{}[\]()^~*:\\"'+-]/g, '\\$&')),
  anyText,
);
const term: fc.Arbitrary<string> = fc.letrec((tie) => ({
  term: fc.oneof(
    { depthSize: 'small' },
    word,
    fc
      .tuple(tie('term'), fc.constantFrom(' AND ', ' OR ', ' AND NOT ', ' ', ' NOT '), tie('term'))
      .map((parts) => parts.join('')),
    tie('term').map((inner) => `(${String(inner)})`),
  ),
})).term as fc.Arbitrary<string>;

const group = fc.constantFrom(
  '',
  '',
  ' IN ALL FIELDS',
  ' IN NAME FIELDS',
  ' IN EMAIL FIELDS',
  ' IN PHONE FIELDS',
  ' IN SIDEBAR FIELDS',
  ' IN SOME FIELDS',
  ' IN NAME',
);

const returning = anyObject.chain((object) => {
  const fields = fc.array(fieldPath(object), { minLength: 1, maxLength: 3 }).map((paths) => paths.join(', '));
  const where = fc
    .tuple(fieldPath(object), fc.constantFrom('=', 'LIKE', '<'), literal)
    .map((parts) => ` WHERE ${parts.join(' ')}`);
  const rest = fc.tuple(
    fc.oneof(fc.constant(''), where),
    fc.oneof(
      fc.constant(''),
      fieldPath(object).map((path) => ` ORDER BY ${path} DESC`),
    ),
    fc.constantFrom('', ' LIMIT 2', ' LIMIT 2 OFFSET 1', ' LIMIT x', ' USING ListView=Recent'),
  );
  return fc.oneof(
    fc.constant(object.name),
    objectName,
    fields.map((list) => `${object.name}(${list})`),
    fc.tuple(fields, rest).map(([list, clauses]) => `${object.name}(${list}${clauses.join('')})`),
    fc.constantFrom(
      `${object.name}()`,
      `${object.name}(toLabel(Name))`,
      `${object.name}(COUNT(Id))`,
      `${object.name}(FIELDS(ALL) LIMIT 5)`,
      `${object.name}(Id`,
    ),
  );
});

const filters = fc.array(
  fc.constantFrom(
    ' WITH SNIPPET',
    ' WITH SNIPPET (target_length=60)',
    ' WITH HIGHLIGHT',
    " WITH METADATA = 'LABELS'",
    ' WITH SPELL_CORRECTION = false',
    " WITH NETWORK = '0'",
    " WITH DIVISION = 'x'",
    ' WITH DATA CATEGORY a AT b',
    ' WITH',
  ),
  { maxLength: 3 },
);

export const sosl: fc.Arbitrary<string> = fc
  .tuple(
    term,
    group,
    fc.oneof(
      { weight: 4, arbitrary: fc.array(returning, { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    filters,
    fc.constantFrom('', ' LIMIT 5', ' LIMIT 99999999999', ' UPDATE TRACKING', ' LIMIT 1 UPDATE VIEWSTAT'),
  )
  .map(
    ([text, fields, list, clauses, end]) =>
      `FIND {${text}}${fields}${list.length > 0 ? ` RETURNING ${list.join(', ')}` : ''}${clauses.join('')}${end}`,
  );
