import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import { escapeSoslTerm } from '../../../../src/salesforce/soslQuoting.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import type { ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { pageOf } from './connectPage.ts';
import type { BelongsToFeed } from './feedContents.ts';
import { FEED_FIELDS, feedElements } from './feedElement.ts';

const LIST_FIELDS = 'Id, ParentId, Type, CreatedById, CreatedDate, LastModifiedDate';

/** One page of a feed, newest first (Connect REST API guide, "Feed Element Page"). */
export function answerFeed(
  services: RestServices,
  request: RoutedRequest,
  select: (posts: readonly SObjectRecord[]) => BelongsToFeed,
): ResourceResponse {
  const { records } = services.database.query(`SELECT ${LIST_FIELDS} FROM FeedItem`, request.context);
  return page(services, request, records.filter(select(records)));
}

/** Posts that hold the words of `q`. */
export function searchFeed(services: RestServices, request: RoutedRequest): ResourceResponse {
  const term = escapeSoslTerm((request.query.get('q') ?? '').replace(/^#/, ''));
  const sosl = `FIND {${term}} IN ALL FIELDS RETURNING FeedItem(${LIST_FIELDS})`;
  return page(services, request, services.database.search(sosl, request.context));
}

function page(services: RestServices, request: RoutedRequest, posts: readonly SObjectRecord[]): ResourceResponse {
  const { items, links } = pageOf(request, newestFirst(services, request, posts), {
    path: request.path,
    tokenOf: (post) => String(post['Id']),
  });
  const elements = feedElements(services, request, readPosts(services, request, items));
  return {
    status: 200,
    body: { ...links, elements, isModifiedToken: null, isModifiedUrl: null, updatesToken: null, updatesUrl: null },
  };
}

function readPosts(
  { database }: RestServices,
  { context }: RoutedRequest,
  posts: readonly SObjectRecord[],
): SObjectRecord[] {
  if (posts.length === 0) return [];
  const ids = posts.map((post) => quoteSoqlString(String(post['Id']))).join(', ');
  const { records } = database.query(`SELECT ${FEED_FIELDS.join(', ')} FROM FeedItem WHERE Id IN (${ids})`, context);
  const byId = new Map(records.map((row) => [row['Id'], row]));
  return posts.flatMap((post) => byId.get(post['Id']) ?? []);
}

/** By creation, or with `sort=LastModifiedDateDesc` by the last time somebody changed or commented them. */
function newestFirst(
  { database }: RestServices,
  { query, context }: RoutedRequest,
  posts: readonly SObjectRecord[],
): SObjectRecord[] {
  const stamps = new Map(posts.map((post) => [String(post['Id']), String(post['CreatedDate'])]));
  if (query.get('sort') === 'LastModifiedDateDesc') {
    for (const post of posts) stamps.set(String(post['Id']), String(post['LastModifiedDate']));
    const newest = 'SELECT FeedItemId item, MAX(CreatedDate) newest FROM FeedComment GROUP BY FeedItemId';
    for (const row of database.query(newest, context).records) {
      const changed = stamps.get(String(row['item']));
      if (changed !== undefined && changed < String(row['newest']))
        stamps.set(String(row['item']), String(row['newest']));
    }
  }
  const key = (post: SObjectRecord): string => `${stamps.get(String(post['Id']))} ${String(post['Id'])}`;
  return posts.toSorted((left, right) => (key(left) < key(right) ? 1 : -1));
}
