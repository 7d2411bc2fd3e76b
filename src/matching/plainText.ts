import removeAccents from 'remove-accents';

/** What people and programs write for an apostrophe. */
const apostrophes = /[\u2018\u2019\u201B\u02B9\u02BC\u02BB\u00B4\u0060\u2032\uFF07]/gu;
const hyphens = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu;
/** Not seen, and of no meaning to a name: zero-width characters, marks of direction, soft hyphens. */
const invisible = /[\p{Cf}\p{Cc}\u115F\u1160\u3164\uFFA0]/gu;

/**
 * A text as it reads: compatibility characters, white space, apostrophes and hyphens in one form, and nothing that
 * nobody sees.
 *
 * @see Unicode Standard Annex #15, NFKC
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Zs}\p{Zl}\p{Zp}\t\r\n]+/gu, ' ')
    .replaceAll(invisible, '')
    .replaceAll(apostrophes, "'")
    .replaceAll(hyphens, '-')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** The same in one letter case, for comparing. */
export const folded = (text: string): string => plainText(text).toLocaleLowerCase('en').normalize('NFC');

const letters = /[^\p{L}\p{N}]+/gu;

/** Letters and digits alone, without accents: `Société` as `societe`. */
export const bareLetters = (text: string): string =>
  removeAccents(folded(text)).normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC').replaceAll(letters, '');

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ø: 'oe', å: 'aa', æ: 'ae' };

/** The same where umlauts are written with two letters, as `Mueller` for `Müller`. */
export const bareLettersOfUmlauts = (text: string): string =>
  bareLetters(folded(text).replaceAll(/[äöüßøåæ]/gu, (letter) => umlauts[letter]!));

/** Whether two texts have the same letters, however they are accented. */
export function hasSameLetters(left: string, right: string): boolean {
  const [one, other] = [bareLetters(left), bareLetters(right)];
  if (one === '') return false;
  return (
    one === other ||
    bareLettersOfUmlauts(left) === other ||
    one === bareLettersOfUmlauts(right) ||
    bareLettersOfUmlauts(left) === bareLettersOfUmlauts(right)
  );
}

/** The words of a text, without accents and punctuation. */
export const bareWords = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}\p{M}']+/u)
    .map(bareLetters)
    .filter((word) => word !== '');

/** Written without spaces between words: Chinese, Japanese, Korean, Thai. */
export const hasNoWordSpaces = (text: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(text);

/**
 * What stays of a name however it is accented and punctuated, with `%` for the rest: `M%ll%r` for `Mueller` and
 * `Müller`. Its first letter stays, so that an index can be used.
 */
export function skeletonOf(text: string): string {
  const [first = '', ...others] = [...folded(text)];
  const rest = others.map((letter) =>
    /^[\p{L}\p{N}]$/u.test(letter) && !/^[aeiouyæøœ]$/u.test(bareLetters(letter)) ? letter : '%',
  );
  return `${first}%${rest.join('')}%`.replaceAll(/%+/g, '%');
}
