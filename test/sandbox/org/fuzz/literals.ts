import fc from 'fast-check';
import type { FieldType } from '../../../../sandbox/org/database/schema/objectDefinition.ts';
import { anyText } from './names.ts';

const units = ['DAYS', 'WEEKS', 'MONTHS', 'QUARTERS', 'YEARS', 'FISCAL_QUARTERS', 'FISCAL_YEARS'];
const counts = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(99_999, 1_000_000_000, 99_999_999_999_999));

const dateLiteral = fc.oneof(
  fc.constantFrom(
    'TODAY',
    'YESTERDAY',
    'TOMORROW',
    'THIS_WEEK',
    'LAST_MONTH',
    'NEXT_QUARTER',
    'THIS_FISCAL_YEAR',
    'LAST_90_DAYS',
    'NEXT_90_DAYS',
  ),
  fc
    .tuple(fc.constantFrom('LAST_N_', 'NEXT_N_'), fc.constantFrom(...units), counts)
    .map(([kind, unit, n]) => `${kind}${unit}:${n}`),
  fc.tuple(fc.constantFrom(...units), counts).map(([unit, n]) => `N_${unit}_AGO:${n}`),
);
const year = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1970, max: 2035 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 1582, 9999) },
);
const date = fc
  .tuple(year, fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
  .map((parts) => parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-'));
const zone = fc.constantFrom('Z', '+00:00', '-14:00', '+23:59', '+0000', '');
const dateTime = fc
  .tuple(date, fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 60 }), zone)
  .map(
    ([day, hour, minute, offset]) =>
      `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00${offset}`,
  );

/** A string as SOQL writes it; now and then with an escape that there is not. */
export const quoted: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: anyText.map((text) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("''", "'%'", "'\\x'", "'\\u0041'", "'\\u00'", "'a\\%b\\_'", "'\\\\'", "'", "'\n'"),
  },
);

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toFixed(2)),
  fc.constantFrom('0', '-0', '1.', '.5', '99999999999999999999', '1e5', 'USD100', 'EUR5.5', 'USD-1'),
);

/** A literal that goes with a field of the type. */
export function literalFor(type: FieldType): fc.Arbitrary<string> {
  switch (type) {
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'int':
    case 'double':
    case 'percent':
    case 'currency':
      return number;
    case 'date':
      return fc.oneof(date, dateLiteral);
    case 'datetime':
      return fc.oneof(dateTime, dateLiteral);
    case 'id':
    case 'reference':
      return fc.constantFrom("'001NB0000000001YAA'", "'003NB0000000001'", 'null', "''");
    case 'address':
    case 'base64':
    case 'email':
    case 'multipicklist':
    case 'phone':
    case 'picklist':
    case 'string':
    case 'textarea':
    case 'url':
      return quoted;
  }
}

/** Any literal of SOQL, whether it goes with a field or not. */
export const literal: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: quoted },
  { weight: 3, arbitrary: number },
  { weight: 2, arbitrary: fc.constantFrom('null', 'NULL', 'true', 'FALSE') },
  { weight: 2, arbitrary: dateLiteral },
  { weight: 2, arbitrary: date },
  { weight: 2, arbitrary: dateTime },
  { weight: 1, arbitrary: fc.constantFrom(':bound', 'undefined', '*', '12:00:00.000Z') },
);
