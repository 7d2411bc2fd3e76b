import { compareIdentifier, valuesOf } from '../../src/matching/identifierValues.ts';

it.each([
  ['5493 001k jtii gc8y 1r12', 'compact', ['5493001KJTIIGC8Y1R12', '5493 001k jtii gc8y 1r12']],
  ['ibm us equity', 'ticker', ['IBM US EQUITY', 'IBM']],
  ['IBM', 'ticker', ['IBM']],
  [' 7 ', 'exact', ['7']],
  ['Jane <JANE@mail.com>', 'email', ['jane@mail.com']],
  ['  ', 'compact', []],
] as const)('of %p as %s is looked for %j', (text, form, values) => {
  expect(valuesOf(text, form)).toEqual(values);
});

it.each([
  ['5493-001K', '5493001k', 'compact', 'same'],
  ['IBM US', 'IBM', 'ticker', 'like'],
  ['IBM', 'IBM US', 'ticker', 'like'],
  ['IBM', 'MSFT', 'ticker', 'other'],
  ['a@x.example', 'A@X.example', 'email', 'same'],
] as const)('%s against %s as %s: %s', (asked, known, form, relation) => {
  expect(compareIdentifier(valuesOf(asked, form), known, form)).toBe(relation);
});
