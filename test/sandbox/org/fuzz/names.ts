import fc from 'fast-check';
import { orgSchema } from '../../../../sandbox/org/database/schema/orgSchema.ts';
import type { FieldDefinition, ObjectDefinition } from '../../../../sandbox/org/database/schema/objectDefinition.ts';

/** Names as the org's own schema has them, and such as it has not. */
export const objects: readonly ObjectDefinition[] = orgSchema.objects;

export const anyObject: fc.Arbitrary<ObjectDefinition> = fc.constantFrom(...objects);

const strangeNames = [
  'Foo',
  'foo__c',
  'Id',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'Name',
  'x'.repeat(300),
  'é',
  '1a',
  '',
];
export const strangeName: fc.Arbitrary<string> = fc.constantFrom(...strangeNames);

/** Mostly a name of the given ones, in any case. */
export function named(names: readonly string[]): fc.Arbitrary<string> {
  const known = names.length > 0 ? fc.constantFrom(...names) : strangeName;
  return fc.oneof(
    { weight: 40, arbitrary: known },
    { weight: 2, arbitrary: known.map((name) => name.toLowerCase()) },
    { weight: 1, arbitrary: strangeName },
  );
}

export const objectName: fc.Arbitrary<string> = named(objects.map(({ name }) => name));

/** A field of the object, or a path over its lookups. */
export function fieldPath(object: ObjectDefinition, depth = 2): fc.Arbitrary<string> {
  const own = named(object.fields.map(({ name }) => name));
  const lookups = object.fields.filter((field) => field.reference?.relationshipName);
  if (depth === 0 || lookups.length === 0) return own;
  const over = fc.constantFrom(...lookups).chain((field) => {
    const target = orgSchema.object(field.reference?.to[0] ?? '') ?? object;
    const name = field.reference?.relationshipName ?? '';
    return fieldPath(target, depth - 1).map((path) => `${name}.${path}`);
  });
  return fc.oneof(
    { weight: 5, arbitrary: own },
    { weight: 1, arbitrary: over },
    { weight: 1, arbitrary: own.map((path) => `${object.name}.${path}`) },
  );
}

export function fieldOf(object: ObjectDefinition): fc.Arbitrary<FieldDefinition> {
  return fc.constantFrom(...object.fields);
}

export function childRelationships(object: ObjectDefinition): readonly string[] {
  return orgSchema.childRelationships(object).flatMap(({ relationshipName }) => relationshipName ?? []);
}

const idCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Record ids: of rows that there are, of rows that may be, and what is no id. */
export function recordId(known: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: known.length > 0 ? fc.constantFrom(...known) : fc.constant('001000000000001') },
    {
      weight: 1,
      arbitrary: anyObject.chain(({ keyPrefix }) =>
        fc
          .string({ unit: fc.constantFrom(...idCharacters), minLength: 12, maxLength: 15 })
          .map((rest) => keyPrefix + rest),
      ),
    },
    { weight: 1, arbitrary: strangeName },
  );
}

/** The text as UTF-8 carries it: half a surrogate pair becomes U+FFFD. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** Text with everything that some layer could stumble over. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'Dickenson',
      'Grand Hotels & Resorts',
      "O'Brien",
      'Müller',
      'a',
      'and or not',
      '()',
      '"',
      '\\',
      '%',
      '_',
      '\u0000',
      '\ud800',
      '𝒳',
      'null',
      'true',
      '-1',
      '1e400',
    ),
  },
);
