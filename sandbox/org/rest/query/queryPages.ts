import { OrgError } from '../../database/orgError.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import type { ResourceRequest, ResourceResponse } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { linkBlobs } from '../sobjects/blobs.ts';
import { type Cursor, invalidQueryLocator } from './queryCursors.ts';

const SMALLEST_BATCH = 200;
const LARGEST_BATCH = 2000;

/** One page of a query as the API answers it. */
interface QueryPage {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: readonly SObjectRecord[];
}

/** Runs SOQL and answers its first page; rows and child rows beyond it wait behind locators. */
export function answerQuery(
  { database, cursors }: RestServices,
  soql: string,
  request: ResourceRequest,
  options: { includeDeleted?: boolean } = {},
): ResourceResponse {
  const { context } = request;
  const result = database.query(soql, context, options);
  const batchSize = readBatchSize(request.header('sforce-query-options')) ?? LARGEST_BATCH;
  if (result.isAggregate && result.records.length > LARGEST_BATCH) throw aggregateTooLarge();
  const query = cursors.begin(context.user.id);
  const isSinglePage = result.isAggregate || result.records.length <= batchSize;
  const records = result.records.map((record) => pageChildren(record));
  if (isSinglePage) return pageResponse({ totalSize: result.totalSize, done: true, records });
  return pageResponse(pageOf(query.open(records, batchSize), 0, batchSize, context.apiVersion));

  /** Child sub-query results arrive whole and are cut into pages like the query itself. */
  function pageChildren(record: SObjectRecord): SObjectRecord {
    const paged: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(record)) {
      if (!isChildResult(value) || value.records.length <= batchSize) continue;
      paged[name] = pageOf(query.open(value.records, batchSize), 0, batchSize, context.apiVersion);
    }
    return linkBlobs({ ...record, ...paged });
  }
}

/** Answers the page a locator points at: `0r8…-2000`. @throws OrgError 400 `INVALID_QUERY_LOCATOR`. */
export function answerQueryMore(
  { cursors }: RestServices,
  locator: string,
  request: ResourceRequest,
): ResourceResponse {
  const [, id, offsetText] = /^(\w{15,18})-(\d{1,9})$/.exec(locator) ?? [];
  if (id === undefined || offsetText === undefined) throw invalidQueryLocator();
  const cursor = cursors.find(id, request.context.user.id);
  const offset = Number(offsetText);
  if (offset >= cursor.records.length) throw invalidQueryLocator();
  const batchSize = readBatchSize(request.header('sforce-query-options')) ?? cursor.batchSize;
  return pageResponse(pageOf(cursor, offset, batchSize, request.context.apiVersion));
}

/** `batchSize=500` between 200 and 2000 (REST API guide, "Query Options Header"); other values are moved into range. */
function readBatchSize(header: string | undefined): number | undefined {
  const found = /(?:^|[,;\s])batchSize\s*=\s*(\d+)/i.exec(header ?? '')?.[1];
  return found === undefined ? undefined : Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Number(found)));
}

function pageOf(cursor: Cursor, offset: number, batchSize: number, apiVersion: string): QueryPage {
  const end = offset + batchSize;
  const records = cursor.records.slice(offset, end);
  if (end >= cursor.records.length) return { totalSize: cursor.totalSize, done: true, records };
  const nextRecordsUrl = `/services/data/v${apiVersion}/query/${cursor.id}-${end}`;
  return { totalSize: cursor.totalSize, done: false, nextRecordsUrl, records };
}

function pageResponse(page: QueryPage): ResourceResponse {
  return { status: 200, body: page, xml: { root: 'QueryResult' } };
}

function isChildResult(value: unknown): value is QueryPage {
  return typeof value === 'object' && value !== null && 'records' in value && Array.isArray(value.records);
}

function aggregateTooLarge(): OrgError {
  const message = 'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
  return new OrgError(400, 'EXCEEDED_ID_LIMIT', message);
}
