import type { CallContext, QueryResult } from '../database/orgDatabase.ts';
import { OrgError } from '../database/orgError.ts';
import type { OrgSchema } from '../database/schema/orgSchema.ts';
import type { SqlEngine } from '../database/sqlEngine.ts';
import { isAggregateQuery, isCountQuery, runAggregateQuery, runCountQuery } from './aggregateQuery.ts';
import { parseSoql } from './parseSoql.ts';
import { createScope } from './queryScope.ts';
import type { QueryEnvironment } from './queryScope.ts';
import { compileRecordQuery, runRecordQuery } from './recordQuery.ts';
import { noSuchType } from './soqlError.ts';

/** What a query needs of the database. */
export interface QueryParts {
  schema: OrgSchema;
  engine: SqlEngine;
  now: () => number;
}

/** The user's own settings; the org's where the user has none. */
export function queryEnvironment(
  parts: QueryParts,
  context: CallContext,
  soql: string,
  includeDeleted: boolean,
): QueryEnvironment {
  const settings = parts.engine.rows('SELECT TimeZoneSidKey, LocaleSidKey FROM "User" WHERE Id = ?', [
    context.user.id,
  ])[0];
  return {
    schema: parts.schema,
    user: context.user,
    timeZone: String(settings?.[0] ?? 'GMT'),
    locale: String(settings?.[1] ?? 'en_US'),
    apiVersion: context.apiVersion,
    soql,
    now: parts.now(),
    includeDeleted,
    aliases: { next: 0 },
  };
}

/** A query that exceeds SQLite's limits is refused as one that is too complicated for Salesforce. */
export function translateSqlError(error: unknown): unknown {
  const tooDeep =
    error instanceof Error &&
    /Expression tree is too large|too many (terms|SQL variables)|at most \d+ tables/.test(error.message);
  return tooDeep
    ? new OrgError(
        400,
        'QUERY_TOO_COMPLICATED',
        'Query is either selecting too many fields or the filter conditions are too complicated.',
      )
    : error;
}

/**
 * Runs one SOQL statement and returns all its rows.
 *
 * @throws OrgError `MALFORMED_QUERY`, `INVALID_FIELD`, `INVALID_TYPE`, … with Salesforce's sentences.
 */
export function executeQuery(
  parts: QueryParts,
  soql: string,
  context: CallContext,
  includeDeleted: boolean,
): QueryResult {
  const { query, allRows, aliases } = parseSoql(soql);
  const environment = queryEnvironment(parts, context, soql, includeDeleted || allRows);
  const object = parts.schema.object(query.sObject ?? '');
  if (!object) throw noSuchType(soql, query.sObject ?? '');
  const scope = createScope(environment, object, query.sObjectAlias, { fromAliases: aliases });
  try {
    if (isCountQuery(query))
      return { records: [], totalSize: runCountQuery(parts.engine, scope, query), isAggregate: true };
    const isAggregate = isAggregateQuery(query);
    const records = isAggregate
      ? runAggregateQuery(parts.engine, scope, query)
      : runRecordQuery(parts.engine, compileRecordQuery(parts.engine, scope, query));
    return { records, totalSize: records.length, isAggregate };
  } catch (error) {
    throw translateSqlError(error);
  }
}
