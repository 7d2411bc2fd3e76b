import { withoutStrings } from './soqlError.ts';

/**
 * `FROM Contact c, c.Account a`: names for parents of the query's object, each with the relationships that lead there.
 */
export type FromAliases = ReadonlyMap<string, readonly string[]>;

const FROM = /\bFROM\s+\w+(?:\s+(?:AS\s+)?(\w+))?((?:\s*,\s*\w+(?:\.\w+)+(?:\s+(?:AS\s+)?\w+)?)+)/gi;
const JOINED = /,\s*(\w+(?:\.\w+)+)(?:\s+(?:AS\s+)?(\w+))?/gi;
/** Words behind a path that begin the next clause, and so are no alias. */
const KEYWORD = /^(?:USING|WHERE|WITH|GROUP|HAVING|ORDER|LIMIT|OFFSET|FOR|UPDATE|ALL)$/i;

/**
 * Takes the joined aliases out of the statement's own FROM clause, which the parser does not know; blanks stand in for
 * them, so that every place in the text stays what it was.
 *
 * @see SOQL and SOSL Reference, "Alias Notation".
 */
export function takeFromAliases(soql: string): { text: string; aliases: FromAliases } {
  const plain = withoutStrings(soql);
  const aliases = new Map<string, readonly string[]>();
  let text = soql;
  for (const found of plain.matchAll(FROM)) {
    const [whole, ownAlias = '', joined = ''] = found;
    if (depthAt(plain, found.index) > 0) continue;
    const start = found.index + whole.length - joined.length;
    for (const join of joined.matchAll(JOINED)) {
      const [matched, path = '', alias = ''] = join;
      const [root = '', ...relationships] = path.split('.');
      const before = aliases.get(root.toLowerCase());
      if (root.toLowerCase() !== ownAlias.toLowerCase() && !before) continue;
      const isAlias = alias !== '' && !KEYWORD.test(alias);
      if (isAlias) aliases.set(alias.toLowerCase(), [...(before ?? []), ...relationships]);
      const length = isAlias || alias === '' ? matched.length : matched.lastIndexOf(alias);
      const at = start + join.index;
      text = text.slice(0, at) + ' '.repeat(length) + text.slice(at + length);
    }
  }
  return { text, aliases };
}

function depthAt(text: string, position: number): number {
  let depth = 0;
  for (const character of text.slice(0, position)) depth += character === '(' ? 1 : character === ')' ? -1 : 0;
  return depth;
}
