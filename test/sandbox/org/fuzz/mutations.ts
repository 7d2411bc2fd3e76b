import fc from 'fast-check';

/** How a valid text is spoilt: what is at a place is left out, doubled, exchanged or cut off there. */
type Mutation = (text: string, at: number) => string;

const insertions = [
  "'",
  '"',
  '(',
  ')',
  ',',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '&',
  '%',
  '\u0000',
  '\n',
  '\ud83d',
  ' ',
  ';',
  ':',
  '-',
  '.',
  '*',
  ' AND ',
  ' FROM ',
  ' null ',
];
const mutations: readonly Mutation[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.slice(at).repeat(2),
  (text, at) => text.slice(0, at) + text.charAt(at).repeat(40) + text.slice(at),
  (text, at) => text.slice(at) + text.slice(0, at),
  ...insertions.map(
    (inserted): Mutation =>
      (text, at) =>
        text.slice(0, at) + inserted + text.slice(at),
  ),
];

/** The text as it is, `valid` times as often as with one to three faults in it. */
export function mutated(text: fc.Arbitrary<string>, valid = 3): fc.Arbitrary<string> {
  const faults = fc.array(fc.tuple(fc.constantFrom(...mutations), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof(
    { weight: valid, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc
        .tuple(text, faults)
        .map(([whole, all]) =>
          all.reduce((current, [mutate, place]) => mutate(current, Math.floor(place * current.length)), whole),
        ),
    },
  );
}
