import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import { takeFromAliases, type FromAliases } from './fromAliases.ts';
import { putGroupingOrder, takeGroupingOrder } from './groupingOrder.ts';
import { malformedQuery, soqlError, withoutStrings } from './soqlError.ts';
import type { OrgError } from '../database/orgError.ts';

const MAXIMUM_LENGTH = 100_000;

export interface ParsedSoql {
  query: Query;
  /** `ALL ROWS`: deleted rows too. */
  allRows: boolean;
  aliases: FromAliases;
}

/** The token that the parser did not expect; empty at the end of the text. */
function tokenOf(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  return /(?:found: |found --> )'?([\s\S]*?)'?(?: <--)?\s*$/.exec(message)?.[1];
}

function stumblesOver(text: string): string | undefined {
  try {
    parseQuery(text);
    return undefined;
  } catch (error) {
    return tokenOf(error);
  }
}

/** The parser names the token but not its place: it is the first one at which a query ending there does not parse. */
function placeOf(soql: string, token: string): number {
  if (token === '') return soql.length;
  let position = soql.indexOf(token);
  for (let next = position; next >= 0; next = soql.indexOf(token, next + 1)) {
    position = next;
    if (stumblesOver(soql.slice(0, next + token.length)) === token) break;
  }
  return Math.max(position, 0);
}

function syntaxError(soql: string, error: unknown): OrgError {
  const lexing = /unexpected character: ->(.)<- at offset: (\d+)/s.exec(error instanceof Error ? error.message : '');
  if (lexing) {
    const offset = Number(lexing[2]);
    const row = soql.slice(0, offset).split('\n').length;
    return soqlError(
      'MALFORMED_QUERY',
      soql,
      offset,
      `line ${row}:${offset} no viable alternative at character '${lexing[1]}'`,
    );
  }
  const token = tokenOf(error);
  if (token === undefined) return malformedQuery('unexpected token: query cannot be parsed');
  if (token === ':') return malformedQuery('Bind variables only allowed in Apex code');
  return soqlError(
    'MALFORMED_QUERY',
    soql,
    placeOf(soql, token),
    `unexpected token: '${token === '' ? '<EOF>' : token}'`,
  );
}

/**
 * Parses one SOQL statement.
 *
 * @throws OrgError `MALFORMED_QUERY` with Salesforce's caret block.
 */
export function parseSoql(soql: string): ParsedSoql {
  if (soql.trim() === '') throw malformedQuery('SOQL statements cannot be empty or null');
  if (soql.length > MAXIMUM_LENGTH) throw malformedQuery('SOQL statements cannot be longer than 100000 characters.');
  const allRows = /\sALL\s+ROWS\s*$/i.exec(withoutStrings(soql));
  const { text: withoutAliases, aliases } = takeFromAliases(allRows ? soql.slice(0, allRows.index) : soql);
  const { text, directions } = takeGroupingOrder(withoutAliases);
  try {
    const query = parseQuery(text);
    putGroupingOrder(query, directions);
    return { query, allRows: allRows !== null, aliases };
  } catch (error) {
    throw syntaxError(soql, error);
  }
}
