import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../../database/orgError.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import type { ResourceRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';

/** Salesforce uses an index when the condition is thought to select less than this share of a standard index's rows. */
const SELECTIVE_SHARE = 0.3;
const NOT_INDEXED = 'Not considering filter for optimization because unindexed';

/**
 * The plan of a query (REST API guide, "Get Feedback on Query Performance"): the indexed condition when there is a
 * selective one, and always the whole-table scan, best plan first.
 *
 * @throws OrgError 400 when the query itself is refused.
 */
export function explainQuery(
  { database }: RestServices,
  soql: string,
  request: ResourceRequest,
): Record<string, unknown> {
  const { totalSize: cardinality } = database.query(soql, request.context);
  const parsed = parseQuery(soql, { ignoreParseErrors: true });
  const object = orgSchema.object(parsed.sObject ?? '');
  if (!object) throw new OrgError(400, 'MALFORMED_QUERY', 'The query cannot be explained');
  const sobjectCardinality = database.query(`SELECT COUNT() FROM ${object.name}`, request.context).totalSize;
  const filters = filterFields(parsed, object);
  const indexed = filters.filter((name) => isIndexed(object, name));
  const share = sobjectCardinality === 0 ? 0 : cardinality / sobjectCardinality;
  const common = { cardinality, sobjectCardinality, sobjectType: object.name };
  const scan = {
    ...common,
    fields: [],
    leadingOperationType: 'TableScan',
    notes: filters
      .filter((name) => !indexed.includes(name))
      .map((name) => ({ description: NOT_INDEXED, fields: [name], tableEnumOrId: object.name })),
    relativeCost: 1 + share,
  };
  const index = {
    ...common,
    fields: indexed,
    leadingOperationType: 'Index',
    notes: [],
    relativeCost: share / SELECTIVE_SHARE,
  };
  const plans = indexed.length > 0 ? [index, scan] : [scan];
  return { plans: plans.sort((a, b) => a.relativeCost - b.relativeCost), sourceQuery: soql };
}

/** Names of the object's own fields in WHERE, each once. */
function filterFields(query: Query, object: ObjectDefinition): string[] {
  const names = [...JSON.stringify(query.where ?? {}).matchAll(/"field":"(\w+)"/g)].map((found) => found[1] ?? '');
  return [...new Set(names.map((name) => orgSchema.field(object, name)?.name).filter((name) => name !== undefined))];
}

/** Ids, lookups, audit dates, names, e-mail and external ids have an index. */
function isIndexed(object: ObjectDefinition, name: string): boolean {
  const field = orgSchema.field(object, name);
  if (!field) return false;
  if (field.type === 'id' || field.type === 'reference' || field.externalId || field.unique) return true;
  return field.nameField || ['CreatedDate', 'SystemModstamp', 'Email'].includes(field.name);
}
