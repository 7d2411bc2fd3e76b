import { z } from 'zod';
import { escapeSoslTerm } from '../../../../src/salesforce/soslQuoting.ts';
import { likeStartsWith, quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import { OrgError } from '../../database/orgError.ts';
import type { CallContext, OrgDatabase, SObjectRecord } from '../../database/orgDatabase.ts';
import type { FieldDefinition, ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { schemaSeenBy, type OrgSchema } from '../../database/schema/orgSchema.ts';
import { parseBody } from '../http/requestBody.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { requireObject } from '../sobjects/requireObject.ts';
import { addFields, emptyTree, retrievePaths, type FieldTree } from './fieldPaths.ts';
import { representRecord, type RecordRepresentation } from './recordRepresentation.ts';

const DEFAULT_PAGE_SIZE = 25;
/** What SOSL returns at most. */
const MOST_FOUND = 2000;

/** `Search` wants two characters, `TypeAhead` three. */
const shortestTerm = { Recent: 0, Search: 2, TypeAhead: 3 } as const;
type SearchType = keyof typeof shortestTerm;

const lookupBody = z.object({
  sourceRecord: z.object({ fields: z.looseObject({ Id: z.string().nullable() }) }),
  orderBy: z
    .array(z.object({ fieldApiName: z.string().regex(/^\w+$/), isAscending: z.boolean().default(true) }))
    .optional(),
});

/** By what a record is told from others of its name: a field, or one of a parent. */
const disambiguation: Readonly<Record<string, string>> = {
  Account: 'Site',
  Contact: 'Account.Name',
  Lead: 'Company',
  Opportunity: 'Account.Name',
  User: 'Title',
};

/**
 * Records that a lookup field may refer to (User Interface API guide, "Get Lookup Field Suggestions With POST", since
 * 60.0). The org's lookup fields have no filters.
 */
export function lookupResources(services: RestServices): Resource[] {
  return [{ path: '/ui-api/lookups/:type/:field', methods: { POST: (request) => lookUp(services, request) } }];
}

function lookUp({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const { params, query, context } = request;
  const schema = schemaSeenBy(context.user);
  const object = requireObject(params['type'], schema);
  const field = schema.field(object, params['field'] ?? '');
  if (!field?.reference) {
    const message = `No such lookup field '${params['field']}' on entity '${object.name}'`;
    throw new OrgError(400, 'INVALID_FIELD', message);
  }
  const { orderBy } = parseBody(lookupBody, request);
  const search = readSearch(query);
  const lookupResults = Object.fromEntries(
    targetsOf(schema, field, query.getAll('targetApiName')).map((target) => {
      const found = { database, context, schema, target, search };
      const order = orderBy?.map(({ fieldApiName, isAscending }) => `${fieldApiName} ${isAscending ? 'ASC' : 'DESC'}`);
      return [target.name, pageOf(request, recordsOf(found, order), { object, field, target, search })];
    }),
  );
  return { status: 200, body: { lookupResults, metadata: {} } };
}

interface Search {
  searchType: SearchType;
  q: string;
  page: number;
  pageSize: number;
}

/** @throws OrgError 400 for another kind of search, a term that is too short, or a page that is none. */
function readSearch(query: URLSearchParams): Search {
  const searchType = query.get('searchType') ?? 'Recent';
  const q = (query.get('q') ?? '').trim();
  const number = (name: string, otherwise: number): number => {
    const value = Number(query.get(name) ?? otherwise);
    if (!Number.isInteger(value) || value < 1) throw illegal(`${name}: ${query.get(name)}`);
    return value;
  };
  if (!isSearchType(searchType)) throw illegal(`searchType: ${searchType} is not Recent, Search or TypeAhead`);
  if (q.length < shortestTerm[searchType])
    throw illegal(`q: at least ${shortestTerm[searchType]} characters are needed for searchType ${searchType}`);
  return { searchType, q, page: number('page', 1), pageSize: number('pageSize', DEFAULT_PAGE_SIZE) };
}

const isSearchType = (text: string): text is SearchType => Object.hasOwn(shortestTerm, text);

const illegal = (message: string): OrgError => new OrgError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', message);

/** The objects that the field may refer to, as far as they are asked for and can be found. */
function targetsOf(schema: OrgSchema, field: FieldDefinition, asked: readonly string[]): ObjectDefinition[] {
  const targets = field.reference!.to.flatMap((name) => schema.object(name) ?? []);
  const wrong = asked.find((name) => !targets.some((target) => target.name === name));
  if (wrong !== undefined) throw illegal(`targetApiName: ${field.name} does not refer to ${wrong}`);
  return targets.filter(({ name, searchable }) => searchable && (asked.length === 0 || asked.includes(name)));
}

interface Found {
  database: OrgDatabase;
  context: CallContext;
  schema: OrgSchema;
  target: ObjectDefinition;
  search: Search;
}

function recordsOf(found: Found, orderBy: readonly string[] | undefined): RecordRepresentation[] {
  const { database, context, schema, target } = found;
  const tree = emptyTree(target, schema);
  const other = disambiguation[target.name];
  const shown = ['Id', target.nameField, ...(other === undefined ? [] : [other])];
  addFields(
    tree,
    shown.map((name) => `${target.name}.${name}`),
    { optional: true },
  );
  const ids = idsOf(found);
  if (ids.length === 0) return [];
  const list = ids.map(quoteSoqlString).join(', ');
  const order = orderBy && orderBy.length > 0 ? ` ORDER BY ${orderBy.join(', ')}` : '';
  const soql = `SELECT ${retrievePaths(tree).join(', ')} FROM ${target.name} WHERE Id IN (${list})${order}`;
  const rows = database.query(soql, context).records;
  const byId = new Map(rows.map((row) => [row['Id'], row]));
  const sorted = order === '' ? ids.flatMap((id) => byId.get(id) ?? []) : rows;
  return sorted.map((row) => withDisambiguation(row, tree, other));
}

/** The ids of what is found, the most likely first. */
function idsOf({ database, context, target, search: { searchType, q } }: Found): string[] {
  const idOf = (row: SObjectRecord): string => String(row['Id']);
  if (searchType === 'Recent')
    return database.recentlyViewed(context, { type: target.name, limit: MOST_FOUND }).map(idOf);
  if (searchType === 'Search') {
    const term = escapeSoslTerm(q);
    const wildcard = /[\p{L}\p{N}]$/u.test(term) ? '*' : '';
    return database.search(`FIND {${term}${wildcard}} IN ALL FIELDS RETURNING ${target.name}(Id)`, context).map(idOf);
  }
  const begins = `${target.nameField} LIKE ${String(likeStartsWith(q))}`;
  const soql = `SELECT Id FROM ${target.name} WHERE ${begins} ORDER BY ${target.nameField} LIMIT ${MOST_FOUND}`;
  return database.query(soql, context).records.map(idOf);
}

function withDisambiguation(row: SObjectRecord, tree: FieldTree, other: string | undefined): RecordRepresentation {
  const record = representRecord(row, tree);
  const value = (other?.split('.') ?? []).reduce<unknown>((part, name) => (Object(part) as SObjectRecord)[name], row);
  const shown = { displayValue: null, value: other === undefined ? null : (value ?? null) };
  return { ...record, fields: { ...record.fields, DisambiguationField: shown } };
}

/** User Interface API guide, "Record Collection". */
function pageOf(
  { context }: RoutedRequest,
  records: readonly RecordRepresentation[],
  asked: { object: ObjectDefinition; field: FieldDefinition; target: ObjectDefinition; search: Search },
): Record<string, unknown> {
  const { searchType, q, page, pageSize } = asked.search;
  const { object, field, target } = asked;
  const shown = records.slice((page - 1) * pageSize, page * pageSize);
  const urlOf = (number: number): string => {
    const term = q === '' ? '' : `q=${encodeURIComponent(q)}&`;
    const parameters = `${term}searchType=${searchType}&targetApiName=${target.name}&page=${number}&pageSize=${pageSize}`;
    return `/services/data/v${context.apiVersion}/ui-api/lookups/${object.name}/${field.name}?${parameters}`;
  };
  const hasMore = page * pageSize < records.length;
  return {
    count: shown.length,
    currentPageToken: page > 1 ? String(page) : null,
    currentPageUrl: urlOf(page),
    nextPageToken: hasMore ? String(page + 1) : null,
    nextPageUrl: hasMore ? urlOf(page + 1) : null,
    previousPageToken: page > 1 ? String(page - 1) : null,
    previousPageUrl: page > 1 ? urlOf(page - 1) : null,
    records: shown,
  };
}
