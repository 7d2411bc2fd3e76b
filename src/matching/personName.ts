import { parseFullName } from 'parse-full-name';
import { bareLetters, bareWords, folded, hasNoWordSpaces, hasSameLetters, plainText } from './plainText.ts';

/** The name of a person, taken apart as far as it can be. Parts are empty where there are none. */
export interface PersonName {
  /** Given name and family name in this order, without titles and what stands in brackets. */
  full: string;
  given: string;
  family: string;
  /** What was written beside the name: `Jr.`, `CFA`, a nickname, `(External)`. */
  beside: string;
  /** The whole as it was written. */
  written: string;
}

/** Longer than any name that Salesforce keeps (Object Reference, Contact, Name). */
const longest = 255;

/**
 * Takes a display name apart: `Ada Lovelace`, `Lovelace, Ada`, `Dr. Ada Lovelace, PhD`, `Lovelace, Ada (External)`.
 *
 * @returns `undefined` for a text without a name
 */
export function personNameOf(text: string | undefined): PersonName | undefined {
  const written = [...plainText(text ?? '')].slice(0, longest).join('').trim();
  // The parser wants commas as English writes them.
  const tidy = written
    .split(/[,、،]/u)
    .map((part) => part.trim())
    .filter(Boolean)
    .join(', ');
  if (bareLetters(tidy) === '') return undefined;
  const parsed = parseFullName(tidy, 'all', 0, 0);
  const [middle, last, first] = [parsed.middle, parsed.last, parsed.first].map((part) => part?.trim() ?? '');
  const given = [first, middle].filter(Boolean).join(' ');
  const family = last || (given === '' ? tidy : '');
  return {
    given,
    family,
    full: [given, family].filter(Boolean).join(' '),
    beside: [parsed.suffix, parsed.nick].filter(Boolean).join(' '),
    written,
  };
}

/** A person as an org knows them. */
export interface KnownName {
  /** The whole name, as the org writes it. */
  name: string;
  given: string;
  family: string;
}

/**
 * How a name that was asked for relates to a known one. `same`: letter case, titles and the order of `Family, Given`
 * apart. `spelling`: accents, hyphens or apostrophes. `order`: given and family name the other way round. `more`: one
 * has a middle name, initial, suffix or addition that the other lacks. `initial`: a given name is written as its first
 * letter. `family`: only a family name was asked for. `given`: the family name agrees, the given name does not.
 */
export type NameRelation = 'same' | 'spelling' | 'order' | 'more' | 'initial' | 'family' | 'given' | 'other';

/** Compares two names of people. */
export function compareNames(asked: PersonName, known: KnownName): NameRelation {
  const wholes = [asked.full, asked.written].map(folded);
  const knownNames = [known.name, `${known.given} ${known.family}`.trim()].map(folded);
  const isSame = wholes.some((name) => knownNames.includes(name));
  if (isSame) return asked.beside === '' || knownNames.includes(wholes[1]!) ? 'same' : 'more';
  if (knownNames.some((name) => hasSameLetters(asked.full, name))) return asked.beside === '' ? 'spelling' : 'more';
  const turned = [`${asked.family} ${asked.given}`, `${known.family} ${known.given}`];
  if (knownNames.some((name) => hasSameLetters(turned[0]!, name)) || hasSameLetters(turned[1]!, asked.full))
    return 'order';
  return compareParts(asked, known);
}

function compareParts(asked: PersonName, known: KnownName): NameRelation {
  const [askedWords, familyWords] = [bareWords(asked.full), bareWords(known.family)];
  const givenWords = bareWords(known.given);
  const isSameFamily = hasSameLetters(asked.family, known.family);
  const isFamilyThere =
    familyWords.length > 0 && (familyWords.every((word) => askedWords.includes(word)) || isSameFamily);
  if (!isFamilyThere) return isPartOf(asked, familyWords, givenWords) ? 'more' : 'other';
  const spelled = isSameFamily ? bareWords(asked.family) : [];
  const others = askedWords.filter((word) => !familyWords.includes(word) && !spelled.includes(word));
  if (others.length === 0) return asked.given === '' || givenWords.length > 0 ? 'family' : 'more';
  if (givenWords.length === 0) return 'more';
  const [fewer, more] = others.length <= givenWords.length ? [others, givenWords] : [givenWords, others];
  if (fewer.every((word) => more.includes(word))) return 'more';
  const fits = (word: string): boolean =>
    more.some((one) => one === word || isInitialOf(word, one) || isInitialOf(one, word));
  return fits(fewer[0]!) && fewer.every(fits) ? 'initial' : 'given';
}

/** One of two family names, or one without what stands before it: `Beethoven`, `José García`. */
function isPartOf(asked: PersonName, familyWords: readonly string[], givenWords: readonly string[]): boolean {
  const family = bareWords(asked.family).filter((word) => familyWords.includes(word));
  const given = bareWords(asked.given);
  if (family.length === 0 || family.length < bareWords(asked.family).length) return false;
  return given.length === 0 || given.every((word) => givenWords.includes(word) || familyWords.includes(word));
}

const isInitialOf = (initial: string, word: string): boolean =>
  [...initial].length === 1 && !hasNoWordSpaces(initial) && word.startsWith(initial);
