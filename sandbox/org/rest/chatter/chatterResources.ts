import { isSameRecordId } from '../../../../src/salesforce/recordId.ts';
import { runBatch } from '../composite/batchResources.ts';
import { notFound } from '../errorResponse.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { listUsers, userDetail } from './chatterUsers.ts';
import { conversationResources } from './conversationResources.ts';
import { belongsToCompany, belongsToNews, belongsToProfile, belongsToRecord } from './feedContents.ts';
import { answerFeed, searchFeed } from './feedPage.ts';
import { createPost, deletePost, editPost, readPost } from './posts.ts';

/**
 * The Chatter part of Connect REST, kept in rows of `FeedItem`, `FeedComment` and `FeedLike`; below `/chatter` and
 * `/connect`.
 */
export function chatterResources(services: RestServices): Resource[] {
  return ['/chatter', '/connect'].flatMap((root) => [
    { path: root, methods: { GET: listResources } },
    { path: `${root}/batch`, methods: { POST: (request) => runBatch(services, request) } },
    ...userResources(root, services),
    ...feedResources(root, services),
    ...conversationResources(root, services),
  ]);
}

function userResources(root: string, services: RestServices): Resource[] {
  const { database } = services;
  return [
    {
      path: `${root}/users`,
      methods: {
        GET({ query, context }) {
          const users = listUsers(database, query.get('q'), context);
          return { status: 200, body: { currentPageToken: null, nextPageUrl: null, total: users.length, users } };
        },
      },
    },
    {
      path: `${root}/users/:user`,
      methods: { GET: (request) => ({ status: 200, body: userDetail(database, userId(request), request.context) }) },
    },
  ];
}

/** Which posts each feed has: Apex Reference, enumeration `ConnectApi.FeedType`. */
function feedResources(root: string, services: RestServices): Resource[] {
  return [
    { path: `${root}/feeds/news/:user/feed-elements`, methods: { GET: (request) => newsFeed(services, request) } },
    {
      path: `${root}/feeds/company/feed-elements`,
      methods: { GET: (request) => answerFeed(services, request, () => belongsToCompany) },
    },
    {
      path: `${root}/feeds/user-profile/:user/feed-elements`,
      methods: {
        GET(request) {
          const user = services.database.retrieve('User', userId(request), request.context, ['Id']);
          return answerFeed(services, request, () => belongsToProfile(services, request, String(user['Id'])));
        },
      },
    },
    { path: `${root}/feeds/record/:id/feed-elements`, methods: { GET: (request) => recordFeed(services, request) } },
    {
      path: `${root}/feed-elements`,
      methods: { GET: (request) => searchFeed(services, request), POST: (request) => createPost(services, request) },
    },
    {
      path: `${root}/feed-elements/:id`,
      methods: {
        GET: (request) => readPost(services, request),
        PATCH: (request) => editPost(services, request),
        DELETE: (request) => deletePost(services, request),
      },
    },
  ];
}

function listResources({ path, context }: RoutedRequest): ResourceResponse {
  const base = `/services/data/v${context.apiVersion}${path}`;
  return { status: 200, body: { feeds: `${base}/feeds`, users: `${base}/users` } };
}

/** @throws OrgError 404 for somebody else's. */
function newsFeed(services: RestServices, request: RoutedRequest): ResourceResponse {
  if (!isSameRecordId(userId(request), request.context.user.id)) throw notFound();
  return answerFeed(services, request, (posts) => belongsToNews(services, request, posts));
}

/** @throws OrgError 404 when the record is not there or not shared with the user. */
function recordFeed(services: RestServices, request: RoutedRequest): ResourceResponse {
  const id = request.params['id'] === 'me' ? request.context.user.id : (request.params['id'] ?? '');
  const object = objectOfRecordId(id);
  if (!object) throw notFound();
  const record = services.database.retrieve(object.name, id, request.context, ['Id']);
  return answerFeed(services, request, () => belongsToRecord(String(record['Id'])));
}

function userId(request: RoutedRequest): string {
  const id = request.params['user'] ?? 'me';
  return id === 'me' ? request.context.user.id : id;
}
