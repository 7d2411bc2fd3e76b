import type { CallContext, SObjectRecord } from '../database/orgDatabase.ts';
import { queryEnvironment, translateSqlError } from '../soql/executeQuery.ts';
import type { QueryParts } from '../soql/executeQuery.ts';
import { isAggregateQuery } from '../soql/aggregateQuery.ts';
import { parseSoql } from '../soql/parseSoql.ts';
import { createScope } from '../soql/queryScope.ts';
import { compileRecordQuery, runRecordQuery } from '../soql/recordQuery.ts';
import { noSuchType } from '../soql/soqlError.ts';
import { compileSearchTerm } from './compileSearchTerm.ts';
import { highlightsOf, MAXIMUM_HIGHLIGHTED, snippetOf, wordsToMark } from './marks.ts';
import { parseSosl } from './parseSosl.ts';
import type { ParsedSosl, Returning, SearchGroupName } from './parseSosl.ts';
import type { SearchIndex } from './searchIndex.ts';
import { parseSearchTerm } from './searchTerm.ts';
import type { SearchTerm } from './searchTerm.ts';
import { malformedSearch } from './soslError.ts';

/** The most records one search returns. */
const MAXIMUM_RECORDS = 2000;
/** A longer search query finds nothing (SOQL and SOSL Reference, "FIND {SearchQuery}"). */
const LONGEST_TERM = 10_000;

export type SearchParts = QueryParts & { index: SearchIndex };

function searchObject(
  parts: SearchParts,
  returning: Returning,
  term: SearchTerm,
  group: SearchGroupName,
  context: CallContext,
): SObjectRecord[] {
  const object = parts.schema.object(returning.objectName);
  const soql = `SELECT ${returning.fields ?? 'Id'} FROM ${returning.objectName} ${returning.clauses}`.trim();
  if (!object) throw noSuchType(soql, returning.objectName);
  if (!object.searchable) throw malformedSearch(`entity type ${object.name} does not support search`);
  const { query, allRows } = parseSoql(soql);
  if (allRows || isAggregateQuery(query) || query.fields?.some((field) => field.type === 'FieldSubquery')) {
    throw malformedSearch(`unexpected token in RETURNING ${object.name}`);
  }
  const scope = createScope(queryEnvironment(parts, context, soql, false), object);
  const found = compileSearchTerm(scope, parts.index, term, group);
  // Without an order of their own, rows that carry the words in their name come first.
  const named = query.orderBy ? undefined : compileSearchTerm(scope, parts.index, term, 'OWN_NAME');
  const compiled = compileRecordQuery(
    parts.engine,
    scope,
    { ...query, limit: Math.min(query.limit ?? MAXIMUM_RECORDS, MAXIMUM_RECORDS) },
    { conditions: [found], order: named ? [`CASE WHEN ${named} THEN 0 ELSE 1 END`] : [] },
  );
  return runRecordQuery(parts.engine, compiled);
}

/** Adds what WITH HIGHLIGHT and WITH SNIPPET ask for. */
function withMarks(
  parts: SearchParts,
  { highlight, snippetLength }: ParsedSosl,
  term: SearchTerm,
  { objectName }: Returning,
  records: readonly SObjectRecord[],
): SObjectRecord[] {
  const object = parts.schema.object(objectName);
  if (!object || (!highlight && snippetLength === undefined)) return [...records];
  const words = wordsToMark(term);
  return records.map((record, index) => ({
    ...record,
    ...(snippetLength === undefined ? {} : snippetOf(parts.engine, object, record, words, snippetLength)),
    ...(highlight && index < MAXIMUM_HIGHLIGHTED ? highlightsOf(object, record, words) : {}),
  }));
}

/**
 * Runs one SOSL statement; records come object by object in the order of RETURNING.
 *
 * @throws OrgError `MALFORMED_SEARCH`, `INVALID_SEARCH`, or the SOQL errors of a RETURNING clause.
 */
export function executeSearch(parts: SearchParts, sosl: string, context: CallContext): SObjectRecord[] {
  const parsed = parseSosl(sosl, Number(context.apiVersion));
  const { term: text, group, returning, limit } = parsed;
  if (text.length > LONGEST_TERM || parsed.isOfOtherNetwork) return [];
  const term = parseSearchTerm(text);
  const everywhere = parts.schema.objects
    .filter((object) => object.searchable)
    .map((object): Returning => ({ objectName: object.name, fields: undefined, clauses: '' }));
  const most = Math.min(limit ?? MAXIMUM_RECORDS, MAXIMUM_RECORDS);
  try {
    return (returning ?? everywhere)
      .flatMap((one) => withMarks(parts, parsed, term, one, searchObject(parts, one, term, group, context)))
      .slice(0, most);
  } catch (error) {
    throw translateSqlError(error);
  }
}
