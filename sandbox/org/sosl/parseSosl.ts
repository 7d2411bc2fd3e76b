import { malformedSearch } from './soslError.ts';
import { takeFilters } from './withClauses.ts';

export type SearchGroupName = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR';

/** One object of the RETURNING clause. */
export interface Returning {
  objectName: string;
  /** What stands in the parentheses, as SOQL writes it: `Id, Name WHERE … ORDER BY … LIMIT 5`. */
  fields: string | undefined;
  clauses: string;
}

export interface ParsedSosl {
  /** Text between the braces, escapes not yet read. */
  term: string;
  group: SearchGroupName;
  /** Undefined: every searchable object, ids only. */
  returning: Returning[] | undefined;
  limit: number | undefined;
  /** `WITH HIGHLIGHT`. */
  highlight: boolean;
  /** `WITH SNIPPET`: characters of a snippet. */
  snippetLength: number | undefined;
  /** `WITH METADATA = 'LABELS'`. */
  labels: boolean;
  /** `WITH NETWORK` names an Experience Cloud site, of which this org has none. */
  isOfOtherNetwork: boolean;
}

const groups: readonly SearchGroupName[] = ['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR'];

/** End of a part: the first unescaped, unquoted `stop` outside parentheses; the text's end when there is none. */
function endOfPart(text: string, start: number, stop: (rest: string) => boolean): number {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (character === "'") quoted = !quoted;
    else if (!quoted && depth === 0 && stop(text.slice(index))) return index;
    else if (!quoted && character === '(') depth += 1;
    else if (!quoted && character === ')') depth -= 1;
  }
  if (quoted || depth !== 0) throw malformedSearch("expecting a right parentheses, found '<EOF>'");
  return text.length;
}

function parseReturning(text: string): Returning {
  const match = /^\s*([A-Za-z]\w*)\s*(?:\(([\s\S]*)\))?\s*$/.exec(text);
  if (!match?.[1]) throw malformedSearch(`unexpected token: '${text.trim() || '<EOF>'}'`);
  if (match[2] === undefined) return { objectName: match[1], fields: undefined, clauses: '' };
  const inner = match[2];
  const end = endOfPart(inner, 0, (rest) => /^\s(WHERE|ORDER\s+BY|LIMIT|OFFSET|USING)\s/i.test(rest));
  const fields = inner.slice(0, end).trim();
  if (fields === '') throw malformedSearch(`unexpected token: ')'`);
  return { objectName: match[1], fields, clauses: inner.slice(end).trim() };
}

function splitReturning(text: string): Returning[] {
  const parts: Returning[] = [];
  let start = 0;
  while (start <= text.length) {
    const end = endOfPart(text, start, (rest) => rest.startsWith(','));
    parts.push(parseReturning(text.slice(start, end)));
    start = end + 1;
  }
  return parts;
}

/**
 * Takes a SOSL statement apart: `FIND {term} IN group FIELDS RETURNING T(fields WHERE …), … WITH … LIMIT n`.
 *
 * @throws OrgError `MALFORMED_SEARCH`.
 * @see SOQL and SOSL Reference, "SOSL Syntax".
 */
export function parseSosl(sosl: string, apiVersion: number): ParsedSosl {
  const find = /^\s*FIND\s*\{((?:\\[\s\S]|[^\\{}])*)\}/i.exec(sosl);
  if (!find) throw malformedSearch(`No search term found. The search term must be enclosed in braces.`);
  let rest = sosl.slice(find[0].length);
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match;
  };
  const groupName = take(/^\s+IN\s+(\w+)\s+FIELDS\b/i)?.[1]?.toUpperCase() ?? 'ALL';
  const group = groups.find((known) => known === groupName);
  if (!group) throw malformedSearch(`unexpected token: '${groupName}'`);
  let returning: Returning[] | undefined;
  if (take(/^\s+RETURNING\s+/i)) {
    const end = endOfPart(rest, 0, (text) => /^\s(LIMIT\s|WITH\s|UPDATE\s)/i.test(text));
    returning = splitReturning(rest.slice(0, end));
    rest = rest.slice(end);
  }
  const filters = takeFilters(take, apiVersion);
  const limit = take(/^\s+LIMIT\s+(\d+)/i)?.[1];
  take(/^\s+UPDATE\s+(TRACKING|VIEWSTAT)(\s*,\s*(TRACKING|VIEWSTAT))?/i);
  if (rest.trim() !== '') throw malformedSearch(`unexpected token: '${rest.trim().split(/\s+/)[0] ?? ''}'`);
  return { term: find[1] ?? '', group, returning, limit: limit === undefined ? undefined : Number(limit), ...filters };
}
