import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import { escapeSoslTerm } from '../../../../src/salesforce/soslQuoting.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import type { ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { FEED_FIELDS, feedElements } from './feedElement.ts';

const DEFAULT_PAGE_SIZE = 25;
const LARGEST_PAGE_SIZE = 100;

/** One page of the posts that meet a condition, newest first (Connect REST API guide, "Feed Element Page"). */
export function answerFeed({ database }: RestServices, request: RoutedRequest, condition?: string): ResourceResponse {
  const order = request.query.get('sort') === 'LastModifiedDateDesc' ? 'LastModifiedDate' : 'CreatedDate';
  const where = condition ? ` WHERE ${condition}` : '';
  const soql = `SELECT ${FEED_FIELDS.join(', ')} FROM FeedItem${where} ORDER BY ${order} DESC, Id DESC`;
  return pageOf({ database }, request, database.query(soql, request.context).records);
}

/** Posts that hold the words of `q`. */
export function searchFeed({ database }: Pick<RestServices, 'database'>, request: RoutedRequest): ResourceResponse {
  const term = escapeSoslTerm((request.query.get('q') ?? '').replace(/^#/, ''));
  const found = database.search(
    `FIND {${term}} IN ALL FIELDS RETURNING FeedItem(${FEED_FIELDS.join(', ')})`,
    request.context,
  );
  return pageOf(
    { database },
    request,
    found.toSorted((a, b) => (String(a['CreatedDate']) < String(b['CreatedDate']) ? 1 : -1)),
  );
}

export function parentCondition(id: string): string {
  return `ParentId = ${quoteSoqlString(id)}`;
}

function pageOf(
  { database }: Pick<RestServices, 'database'>,
  request: RoutedRequest,
  rows: readonly SObjectRecord[],
): ResourceResponse {
  const { context, query } = request;
  const pageSize = Math.min(LARGEST_PAGE_SIZE, Math.max(1, Number(query.get('pageSize')) || DEFAULT_PAGE_SIZE));
  const page = query.get('page') ?? '0';
  const start = /^\d{1,9}$/.test(page) ? Number(page) : 0;
  const end = start + pageSize;
  const url = (token: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('page', String(token));
    return `/services/data/v${context.apiVersion}${request.path}?${parameters.toString()}`;
  };
  const hasMore = end < rows.length;
  const body = {
    currentPageToken: start === 0 ? null : String(start),
    currentPageUrl: url(start),
    elements: feedElements(database, rows.slice(start, end), context),
    isModifiedToken: null,
    isModifiedUrl: null,
    nextPageToken: hasMore ? String(end) : null,
    nextPageUrl: hasMore ? url(end) : null,
    updatesToken: null,
    updatesUrl: null,
  };
  return { status: 200, body };
}
