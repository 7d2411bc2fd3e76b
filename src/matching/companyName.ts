import { withoutLegalForm } from './legalForms.ts';
import { bareLetters, bareWords, folded, hasSameLetters, plainText } from './plainText.ts';

export interface CompanyName {
  /** As it was written, tidied. */
  written: string;
  /** Without its legal form. */
  bare: string;
  /** The legal form by its one name here: `inc` for Inc. and Incorporated. */
  form: string | undefined;
}

/** Longest `Account.Name` (Object Reference, Account). */
const longest = 255;

/** @returns `undefined` for a text without a name */
export function companyNameOf(text: string | undefined | null): CompanyName | undefined {
  const written = [...plainText(text ?? '')].slice(0, longest).join('').trim();
  if (bareLetters(written) === '') return undefined;
  return { written, ...withoutLegalForm(written) };
}

/**
 * How two names of companies relate. `same`: letter case, spaces and the way in which a legal form is written apart.
 * `formless`: one of them has no legal form. `spelling`: accents, dots, spaces. `form`: another legal form. `like`: all
 * words of one are in the other.
 */
export type CompanyRelation = 'same' | 'formless' | 'spelling' | 'form' | 'like' | 'other';

/** Words that come and go in front of and behind a company's name. */
const dressing: ReadonlySet<string> = new Set(['the', 'and', 'group', 'holdings', 'holding', 'co', 'und', 'et', 'of']);

/** Words of a name without those that come and go. */
const ownWords = ({ bare }: CompanyName): string[] => bareWords(bare).filter((word) => !dressing.has(word));

/** How much two names have in common, from 0 to 1. */
export function commonPart(one: CompanyName, other: CompanyName): number {
  const [words, others] = [new Set(ownWords(one)), new Set(ownWords(other))];
  const common = [...words].filter((word) => others.has(word)).length;
  return common / Math.max(words.size, others.size, 1);
}

/** Compares two names of companies. */
export function compareCompanies(asked: CompanyName, known: CompanyName): CompanyRelation {
  if (folded(asked.written) === folded(known.written)) return 'same';
  const [one, other] = [foldedBare(asked), foldedBare(known)];
  const isOneForm = asked.form === known.form;
  if (one === other) return isOneForm ? 'same' : asked.form && known.form ? 'form' : 'formless';
  if (hasSameLetters(asked.bare, known.bare)) return isOneForm || !asked.form || !known.form ? 'spelling' : 'form';
  if (hasSameLetters(asked.written, known.written)) return 'spelling';
  const [words, others] = [ownWords(asked), ownWords(known)];
  const [fewer, more] = words.length <= others.length ? [words, others] : [others, words];
  if (fewer.length > 0 && fewer.every((word) => more.some((longer) => longer.startsWith(word)))) return 'like';
  const [short, long] = [bareLetters(asked.bare), bareLetters(known.bare)].sort((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  if (short.length >= fewestLetters && long.startsWith(short)) return 'like';
  return isAcronym(words, known.bare) || isAcronym(others, asked.bare) ? 'like' : 'other';
}

const fewestLetters = 5;

/** `IBM` for International Business Machines. */
const isAcronym = ([only, ...more]: readonly string[], name: string): boolean =>
  only !== undefined &&
  more.length === 0 &&
  [...only].length > 2 &&
  bareWords(name)
    .map(([first]) => first)
    .join('') === only;

/** Commas and full stops are left out or set as one likes: `Analytical Engines,` is the same name. */
const foldedBare = ({ bare }: CompanyName): string =>
  folded(bare)
    .split(' ')
    .map((word) => word.replace(/[.,]$/u, ''))
    .filter(Boolean)
    .join(' ');

/** Words to look for a company by: those that tell it from others come first, and the longest of them. */
export function tellingWords({ bare }: CompanyName): string[] {
  const words = folded(bare)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => [...word].length > 1 && !dressing.has(word));
  return [...new Set(words)].sort((one, other) => other.length - one.length);
}
