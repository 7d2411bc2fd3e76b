import { invalidSearch } from './soslError.ts';

/** What is looked for: words and phrases, joined by AND, OR and AND NOT. */
export type SearchTerm =
  | { kind: 'and' | 'or' | 'andNot'; left: SearchTerm; right: SearchTerm }
  /** A word (perhaps with wildcards) or a quoted phrase. `*` and `?` in `pattern` are wildcards. */
  | { kind: 'words'; text: string; pattern: string | undefined };

type Token =
  { kind: '(' | ')' } | { kind: 'operator'; name: 'AND' | 'OR' | 'NOT' } | { kind: 'term'; term: SearchTerm };

const SHORTEST = 2;

function wordToken(characters: { character: string; escaped: boolean }[]): Token {
  const text = characters.map((part) => part.character).join('');
  const plain = characters.every((part) => !part.escaped);
  const operator = text.toUpperCase();
  if (plain && (operator === 'AND' || operator === 'OR' || operator === 'NOT'))
    return { kind: 'operator', name: operator };
  const wild = characters.some((part) => !part.escaped && (part.character === '*' || part.character === '?'));
  if (!wild) return { kind: 'term', term: { kind: 'words', text, pattern: undefined } };
  const [first] = characters;
  if (!first?.escaped && (first?.character === '*' || first?.character === '?')) {
    throw invalidSearch(`search term cannot begin with a wildcard: ${text}`);
  }
  // A literal star or question mark is no letter, so it separates words like a space.
  const pattern = characters
    .map((part) => (part.escaped && (part.character === '*' || part.character === '?') ? ' ' : part.character))
    .join('');
  return { kind: 'term', term: { kind: 'words', text, pattern } };
}

function tokensOf(term: string): Token[] {
  const tokens: Token[] = [];
  let word: { character: string; escaped: boolean }[] = [];
  const endWord = (): void => {
    if (word.length > 0) tokens.push(wordToken(word));
    word = [];
  };
  for (let index = 0; index < term.length; index += 1) {
    const character = term.charAt(index);
    if (character === '\\' && index + 1 < term.length) {
      index += 1;
      word.push({ character: term.charAt(index), escaped: true });
    } else if (character === '"') {
      endWord();
      const phrase = /^"((?:\\[\s\S]|[^\\"])*)"/.exec(term.slice(index));
      if (!phrase) throw invalidSearch(`Unmatched quotes in search term: ${term}`);
      tokens.push({
        kind: 'term',
        term: { kind: 'words', text: (phrase[1] ?? '').replaceAll(/\\([\s\S])/g, '$1'), pattern: undefined },
      });
      index += phrase[0].length - 1;
    } else if (character === '(' || character === ')') {
      endWord();
      tokens.push({ kind: character });
    } else if (/\s/.test(character)) {
      endWord();
    } else {
      word.push({ character, escaped: false });
    }
  }
  endWord();
  // A sign without letters, as in `Johnson & Johnson`, is in no index and asks for nothing.
  return tokens.filter(
    (token) => token.kind !== 'term' || token.term.kind !== 'words' || /[\p{L}\p{N}]/u.test(token.term.text),
  );
}

/**
 * Reads the text between SOSL's braces. Words side by side must all be there; AND NOT binds tightest, then AND, then
 * OR.
 *
 * @throws OrgError `INVALID_SEARCH` for a term too short, a leading wildcard, or brackets and quotes that do not match.
 */
export function parseSearchTerm(term: string): SearchTerm {
  const letters = term.replaceAll(/\\/g, '').replaceAll(/["*?]/g, '').trim();
  if (letters.length < SHORTEST) throw invalidSearch(`search term must be longer than one character: ${letters}`);
  const tokens = tokensOf(term);
  if (tokens.length === 0) throw invalidSearch(`search term must be longer than one character: ${letters}`);
  let next = 0;
  const unexpected = (): never => {
    throw invalidSearch(`Unexpected operator or parenthesis in search term: ${term}`);
  };
  const operatorAt = (offset: number): string | undefined => {
    const token = tokens[next + offset];
    return token?.kind === 'operator' ? token.name : undefined;
  };

  function operand(): SearchTerm {
    const token = tokens[next];
    next += 1;
    if (token?.kind === 'term') return token.term;
    if (token?.kind !== '(') return unexpected();
    const inner = either();
    if (tokens[next]?.kind !== ')') return unexpected();
    next += 1;
    return inner;
  }

  function both(): SearchTerm {
    let left = operand();
    while (next < tokens.length && tokens[next]?.kind !== ')' && operatorAt(0) !== 'OR') {
      if (operatorAt(0) === 'AND') next += 1;
      const negated = operatorAt(0) === 'NOT';
      if (negated) next += 1;
      left = { kind: negated ? 'andNot' : 'and', left, right: operand() };
    }
    return left;
  }

  function either(): SearchTerm {
    let left = both();
    while (operatorAt(0) === 'OR') {
      next += 1;
      left = { kind: 'or', left, right: both() };
    }
    return left;
  }

  const parsed = either();
  return next < tokens.length ? unexpected() : parsed;
}
