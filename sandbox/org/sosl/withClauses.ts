import { malformedSearch } from './soslError.ts';

/** What the WITH clauses of a statement ask for. */
export interface WithClauses {
  highlight: boolean;
  snippetLength: number | undefined;
  labels: boolean;
  isOfOtherNetwork: boolean;
}

/** Takes what the pattern matches off the front of the rest of a statement. */
type Take = (pattern: RegExp) => RegExpExecArray | null;

const HIGHLIGHT_SINCE = 39;
const SPELL_CORRECTION_SINCE = 40;
/** Characters of a snippet: by default, and the bounds of `target_length`. */
const SNIPPET = { usual: 300, least: 50, most: 1000 };
/** Stands for the org itself among its networks. */
const INTERNAL_NETWORK = /^0+$/;

/**
 * Reads the WITH clauses of a SOSL statement, in any order. Division, price book and spelling change nothing here: the
 * org has one division, no price books, and finds words as they are written.
 *
 * @throws OrgError `MALFORMED_SEARCH` for a clause that the version does not know, or that this org has no data for.
 * @see SOQL and SOSL Reference, "SOSL Syntax" and the pages of the clauses.
 */
export function takeFilters(take: Take, apiVersion: number): WithClauses {
  const clauses: WithClauses = { highlight: false, snippetLength: undefined, labels: false, isOfOtherNetwork: false };
  while (take(/^\s+WITH\s+/i)) takeFilter(take, apiVersion, clauses);
  return clauses;
}

function takeFilter(take: Take, apiVersion: number, clauses: WithClauses): void {
  const snippet = take(/^SNIPPET\b(?:\s*\(\s*target_length\s*=\s*(\d+)\s*\))?/i);
  if (snippet) {
    const asked = snippet[1] === undefined ? SNIPPET.usual : Number(snippet[1]);
    clauses.snippetLength = Math.min(SNIPPET.most, Math.max(SNIPPET.least, asked));
    return;
  }
  if (apiVersion >= HIGHLIGHT_SINCE && take(/^HIGHLIGHT\b/i)) {
    clauses.highlight = true;
    return;
  }
  if (apiVersion >= SPELL_CORRECTION_SINCE && take(/^SPELL_CORRECTION\b(?:\s*=\s*(?:true|false)\b)?/i)) return;
  if (take(/^METADATA\b(?:\s*=\s*'LABELS')?/i)) {
    clauses.labels = true;
    return;
  }
  const network = take(/^NETWORK\s*(?:=\s*'(\w+)'|IN\s*\(([^()]*)\))/i);
  if (network) {
    const ids = [network[1] ?? [...(network[2] ?? '').matchAll(/'(\w+)'/g)].map((found) => found[1] ?? '')].flat();
    clauses.isOfOtherNetwork = !ids.some((id) => INTERNAL_NETWORK.test(id));
    return;
  }
  if (take(/^(?:DIVISION|PricebookId)\s*=\s*'[^']*'/i)) return;
  if (take(/^DATA\s+CATEGORY\b/i)) throw malformedSearch('WITH DATA CATEGORY is only available for knowledge articles');
  throw malformedSearch(`unexpected token: '${take(/^\S+/)?.[0] ?? '<EOF>'}'`);
}
