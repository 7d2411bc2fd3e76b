import { bareWords, folded } from '../matching/plainText.ts';

/** Far apart, so that the order within a rank has room. */
const rankStep = 10_000;

/**
 * How well a title fits what was typed: the same, beginning with it, each word of it a word or its beginning, or found
 * by something else than its title. The lowest comes first.
 *
 * @param at its place in the org's own order, which decides among those that fit as well
 */
export function scoreOf(query: string, title: string, at: number): number {
  const [asked, named] = [folded(query), folded(title)];
  const [askedWords, namedWords] = [bareWords(query), bareWords(title)];
  const isThere = (word: string): boolean => namedWords.some((one) => one.startsWith(word));
  const rank = (() => {
    if (asked === named || askedWords.join(' ') === namedWords.join(' ')) return 0;
    if (named.startsWith(asked) || namedWords.join(' ').startsWith(askedWords.join(' '))) return 1;
    return askedWords.length > 0 && askedWords.every(isThere) ? 2 : 3;
  })();
  return rank * rankStep + at;
}
