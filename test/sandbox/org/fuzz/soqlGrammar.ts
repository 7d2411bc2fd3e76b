import fc from 'fast-check';
import { orgSchema } from '../../../../sandbox/org/database/schema/orgSchema.ts';
import type {
  FieldDefinition,
  FieldType,
  ObjectDefinition,
} from '../../../../sandbox/org/database/schema/objectDefinition.ts';
import { literal, literalFor } from './literals.ts';
import {
  anyObject,
  childRelationships,
  fieldOf,
  fieldPath,
  named,
  objectName,
  recordId,
  strangeName,
} from './names.ts';

/** SOQL by its grammar (SOQL and SOSL Reference, "SOQL SELECT Syntax"), over the org's own objects and fields. */

const aggregates = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];
const dateFunctions = [
  'CALENDAR_YEAR',
  'CALENDAR_QUARTER',
  'CALENDAR_MONTH',
  'FISCAL_YEAR',
  'FISCAL_QUARTER',
  'FISCAL_MONTH',
  'DAY_IN_MONTH',
  'DAY_IN_WEEK',
  'DAY_IN_YEAR',
  'DAY_ONLY',
  'HOUR_IN_DAY',
  'WEEK_IN_MONTH',
  'WEEK_IN_YEAR',
];
const display = ['toLabel', 'FORMAT', 'convertCurrency'];
const alias = fc.constantFrom('a', 'n', 'total', 'Id', 'Name', 'expr0');
const maybe = (text: fc.Arbitrary<string>, weight = 1): fc.Arbitrary<string> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight, arbitrary: text.map((part) => ` ${part}`) });
const joined = (items: fc.Arbitrary<string>, maxLength: number, separator = ', '): fc.Arbitrary<string> =>
  fc.array(items, { minLength: 1, maxLength }).map((parts) => parts.join(separator));

function distance(object: ObjectDefinition): fc.Arbitrary<string> {
  const compound = object.fields.filter((field) => field.addressParts).map(({ name }) => name);
  const point = fc.tuple(
    fc.double({ min: -200, max: 200, noNaN: true }),
    fc.double({ min: -400, max: 400, noNaN: true }),
  );
  return fc
    .tuple(named(compound), point, fc.constantFrom("'km'", "'mi'", "'m'", 'km'))
    .map(
      ([field, [latitude, longitude], unit]) =>
        `DISTANCE(${field}, GEOLOCATION(${latitude.toFixed(4)}, ${longitude.toFixed(4)}), ${unit})`,
    );
}

/** A function over a field, or a function over such a function. */
function call(object: ObjectDefinition): fc.Arbitrary<string> {
  const field = fieldPath(object);
  const names = fc.constantFrom(...aggregates, ...dateFunctions, ...display, 'GROUPING', 'convertTimezone', 'Foo');
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(names, field).map(([name, path]) => `${name}(${path})`) },
    {
      weight: 3,
      arbitrary: fc.tuple(names, names, field).map(([outer, inner, path]) => `${outer}(${inner}(${path}))`),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'COUNT()',
        'FIELDS(ALL)',
        'FIELDS(STANDARD)',
        'FIELDS(CUSTOM)',
        'FIELDS(FOO)',
        'SUM()',
        'toLabel()',
      ),
    },
    { weight: 1, arbitrary: distance(object) },
  );
}

const operator = fc.constantFrom('=', '!=', '<>', '<', '<=', '>', '>=', 'LIKE');
const listOperator = fc.constantFrom('IN', 'NOT IN', 'INCLUDES', 'EXCLUDES');

const unordered: readonly FieldType[] = ['boolean', 'id', 'reference', 'multipicklist'];
const operatorFor = ({ type }: FieldDefinition): fc.Arbitrary<string> =>
  unordered.includes(type)
    ? fc.constantFrom('=', '!=')
    : ['string', 'textarea', 'email', 'phone', 'url', 'picklist'].includes(type)
      ? operator
      : fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const listOperatorFor = ({ type }: FieldDefinition): fc.Arbitrary<string> =>
  type === 'multipicklist' ? listOperator : fc.constantFrom('IN', 'NOT IN');

function semiJoin(): fc.Arbitrary<string> {
  return anyObject.chain((object) =>
    fc
      .tuple(
        fieldPath(object, 1),
        maybe(
          fieldPath(object, 1).chain((path) =>
            fc.tuple(operator, literal).map(([sign, value]) => `WHERE ${path} ${sign} ${value}`),
          ),
        ),
      )
      .map(([path, where]) => `(SELECT ${path} FROM ${object.name}${where})`),
  );
}

function comparison(object: ObjectDefinition, operand: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const lookups = object.fields.filter(({ type }) => type === 'id' || type === 'reference').map(({ name }) => name);
  const fitting = fieldOf(object).chain((field) =>
    fc.tuple(fc.constant(field.name), operatorFor(field), literalFor(field.type)).map((parts) => parts.join(' ')),
  );
  const fittingList = fieldOf(object).chain((field) =>
    fc
      .tuple(listOperatorFor(field), joined(literalFor(field.type), 3))
      .map(([sign, list]) => `${field.name} ${sign} (${list})`),
  );
  return fc.oneof(
    { weight: 24, arbitrary: fitting },
    { weight: 8, arbitrary: fittingList },
    { weight: 3, arbitrary: fc.tuple(operand, operator, literal).map((parts) => parts.join(' ')) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(operand, listOperator, joined(literal, 4))
        .map(([path, sign, list]) => `${path} ${sign} (${list})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(named(lookups), fc.constantFrom('IN', 'NOT IN'), semiJoin()).map((parts) => parts.join(' ')),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(named(lookups), operator, recordId([])).map(([path, sign, id]) => `${path} ${sign} '${id}'`),
    },
  );
}

function condition(object: ObjectDefinition, operand: fc.Arbitrary<string>, depth = 2): fc.Arbitrary<string> {
  const one = comparison(object, operand);
  if (depth === 0) return one;
  const inner = condition(object, operand, depth - 1);
  return fc.oneof(
    { weight: 4, arbitrary: one },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.array(inner, { minLength: 2, maxLength: 3 }), fc.constantFrom(' AND ', ' OR '))
        .map(([parts, word]) => parts.join(word)),
    },
    { weight: 1, arbitrary: inner.map((part) => `(${part})`) },
    { weight: 1, arbitrary: inner.map((part) => `NOT ${part}`) },
    { weight: 1, arbitrary: inner.map((part) => `(NOT (${part}))`) },
  );
}

const ordering = (term: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  joined(
    fc
      .tuple(term, maybe(fc.constantFrom('ASC', 'DESC')), maybe(fc.constantFrom('NULLS FIRST', 'NULLS LAST')))
      .map((parts) => parts.join('')),
    2,
  );

const bounds = fc.tuple(
  maybe(
    fc
      .oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 60 }).map(String) },
        { weight: 1, arbitrary: fc.constantFrom('99999999999', '-1', 'x') },
      )
      .map((limit) => `LIMIT ${limit}`),
    4,
  ),
  maybe(
    fc
      .oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 30 }).map(String) },
        { weight: 1, arbitrary: fc.constantFrom('2001', '99999999999') },
      )
      .map((offset) => `OFFSET ${offset}`),
  ),
);

function subquery(object: ObjectDefinition): fc.Arbitrary<string> {
  return named(childRelationships(object)).chain((relationship) => {
    const child =
      orgSchema.childRelationships(object).find(({ relationshipName }) => relationshipName === relationship)
        ?.childObject ?? object;
    return fc
      .tuple(
        joined(fieldPath(child, 1), 2),
        maybe(condition(child, fieldPath(child, 1), 1).map((where) => `WHERE ${where}`)),
        maybe(ordering(fieldPath(child, 1)).map((order) => `ORDER BY ${order}`)),
      )
      .map(([fields, where, order]) => `(SELECT ${fields} FROM ${relationship}${where}${order} LIMIT 3)`);
  });
}

function typeOf(object: ObjectDefinition): fc.Arbitrary<string> {
  const polymorphic = object.fields.flatMap(({ reference }) =>
    reference && reference.to.length > 1 ? [reference.relationshipName ?? ''] : [],
  );
  const branch = anyObject.chain((target) =>
    joined(fieldPath(target, 0), 2).map((fields) => `WHEN ${target.name} THEN ${fields}`),
  );
  return fc
    .tuple(
      named(polymorphic),
      joined(branch, 2, ' '),
      maybe(fc.constantFrom('ELSE Name', 'ELSE Name, Foo', 'ELSE Id, Type')),
    )
    .map(([field, branches, otherwise]) => `TYPEOF ${field} ${branches}${otherwise} END`);
}

function from(object: ObjectDefinition): fc.Arbitrary<string> {
  const lookups = object.fields.flatMap(({ reference }) => reference?.relationshipName ?? []);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(object.name) },
    { weight: 1, arbitrary: objectName },
    { weight: 1, arbitrary: fc.constant(`${object.name} x`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(named(lookups), named(lookups))
        .map(([first, second]) => `${object.name} x, x.${first} a, a.${second} n`),
    },
  );
}

const tail = fc
  .tuple(
    bounds,
    maybe(
      fc.constantFrom('FOR VIEW', 'FOR REFERENCE', 'FOR UPDATE', 'ALL ROWS', 'UPDATE TRACKING', 'FOR VIEW ALL ROWS'),
    ),
  )
  .map(([[limit, offset], last]) => limit + offset + last);
const seldom = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text.map((part) => ` ${part}`) });
const scope = seldom(fc.constantFrom('USING SCOPE mine', 'USING SCOPE everything', 'USING SCOPE team'));
const security = seldom(
  fc.constantFrom(
    'WITH SECURITY_ENFORCED',
    'WITH USER_MODE',
    'WITH SYSTEM_MODE',
    'WITH DATA CATEGORY Geography__c AT x__c',
  ),
);

function recordQuery(object: ObjectDefinition): fc.Arbitrary<string> {
  const item = fc.oneof(
    { weight: 10, arbitrary: fieldPath(object) },
    { weight: 2, arbitrary: call(object) },
    { weight: 1, arbitrary: fc.tuple(call(object), alias).map((parts) => parts.join(' ')) },
    { weight: 1, arbitrary: subquery(object) },
    { weight: 1, arbitrary: typeOf(object) },
  );
  const operand = fc.oneof({ weight: 6, arbitrary: fieldPath(object) }, { weight: 1, arbitrary: call(object) });
  return fc
    .tuple(
      joined(item, 4),
      from(object),
      scope,
      maybe(
        condition(object, operand).map((where) => `WHERE ${where}`),
        4,
      ),
      security,
      maybe(ordering(operand).map((order) => `ORDER BY ${order}`)),
      tail,
    )
    .map(
      ([items, source, using, where, secured, order, end]) =>
        `SELECT ${items} FROM ${source}${using}${where}${secured}${order}${end}`,
    );
}

function aggregateQuery(object: ObjectDefinition): fc.Arbitrary<string> {
  const field = fieldPath(object, 1);
  return fc.array(field, { minLength: 1, maxLength: 3 }).chain((paths) => {
    const grouped = fc.constantFrom(...paths);
    const group = fc.oneof(
      fc.constant(paths.join(', ')),
      fc.constantFrom('ROLLUP', 'CUBE').map((name) => `${name}(${paths.join(', ')})`),
      fc.tuple(fc.constantFrom(...dateFunctions), field).map(([name, path]) => `${name}(${path})`),
    );
    const item = fc.oneof(
      grouped,
      call(object),
      fc.tuple(call(object), alias).map((parts) => parts.join(' ')),
      grouped.map((path) => `GROUPING(${path})`),
    );
    const operand = fc.oneof(
      grouped,
      call(object),
      grouped.map((path) => `GROUPING(${path})`),
    );
    return fc
      .tuple(
        joined(item, 4),
        maybe(condition(object, fieldPath(object, 1), 1).map((where) => `WHERE ${where}`)),
        maybe(
          group.map((by) => `GROUP BY ${by}`),
          6,
        ),
        maybe(condition(object, operand, 1).map((having) => `HAVING ${having}`)),
        maybe(ordering(operand).map((order) => `ORDER BY ${order}`)),
        tail,
      )
      .map(
        ([items, where, by, having, order, end]) =>
          `SELECT ${items} FROM ${object.name}${where}${by}${having}${order}${end}`,
      );
  });
}

export const soql: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: anyObject.chain(recordQuery) },
  { weight: 3, arbitrary: anyObject.chain(aggregateQuery) },
  { weight: 1, arbitrary: strangeName.map((name) => `SELECT ${name} FROM ${name}`) },
);

/** A list of fields, a condition and an order on their own, as some resources take them. */
export const soqlPart: fc.Arbitrary<string> = anyObject.chain((object) =>
  fc.oneof(joined(fieldPath(object), 3), condition(object, fieldPath(object)), ordering(fieldPath(object))),
);
