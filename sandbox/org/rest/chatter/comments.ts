import { z } from 'zod';
import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import { parseBody } from '../http/requestBody.ts';
import type { ResourceRequest, ResourceResponse } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { userSummaries } from './chatterUsers.ts';
import { pageOf } from './connectPage.ts';
import { type LikedEntity, likeSummary } from './likes.ts';
import { readMessage, showMessage } from './messages.ts';
import { messageBody } from './messageSegments.ts';

const COMMENT_FIELDS = ['Id', 'FeedItemId', 'CommentType', 'CommentBody', 'CreatedById', 'CreatedDate'];
const commentBody = z.object({ body: messageBody });
/** So many comments come along with a post (Connect REST API guide, `recentCommentCount`). */
const RECENT_COMMENTS = 3;

/** Comments on a post. Answers 201 with the comment. */
export function addComment(services: RestServices, request: ResourceRequest, feedItemId: string): ResourceResponse {
  const { text, mentions } = readMessage(services, request, parseBody(commentBody, request).body);
  const { database } = services;
  const id = database.transaction(() => {
    const created = database.create('FeedComment', { FeedItemId: feedItemId, CommentBody: text }, request.context);
    database.mentions.write(created, mentions);
    return created;
  });
  return { status: 201, body: readComment(services, request, id) };
}

/** Changes the text of a comment. @throws OrgError 404 when there is no such comment for this user. */
export function editComment(services: RestServices, request: ResourceRequest, commentId: string): ResourceResponse {
  const { text, mentions } = readMessage(services, request, parseBody(commentBody, request).body);
  const { database } = services;
  const { id } = commentToLike(services, request, commentId);
  database.transaction(() => {
    database.update('FeedComment', id, { CommentBody: text }, request.context);
    database.mentions.write(id, mentions);
  });
  return { status: 200, body: readComment(services, request, id) };
}

/** @throws OrgError 404 when there is no such comment for this user. */
export function readComment(
  services: RestServices,
  request: ResourceRequest,
  id: string,
): Record<string, unknown> | undefined {
  const row = services.database.retrieve('FeedComment', id, request.context, COMMENT_FIELDS);
  return showComments(services, request, [row])[0];
}

/** The comment as something to like. @throws OrgError 404. */
export function commentToLike({ database }: RestServices, request: ResourceRequest, id: string): LikedEntity {
  return likedComment(database.retrieve('FeedComment', id, request.context, ['Id', 'FeedItemId']));
}

/** One page of the comments on a post, the oldest first. */
export function listComments(services: RestServices, request: ResourceRequest, feedItemId: string): ResourceResponse {
  const all = commentsOf(services, request, feedItemId);
  const path = `/chatter/feed-elements/${feedItemId}/capabilities/comments/items`;
  const { items, links } = pageOf(request, all, { path, tokenOf: (comment) => String(comment['Id']) });
  return { status: 200, body: { ...links, items: showComments(services, request, items), total: all.length } };
}

/** The newest comments of a post, as the post itself shows them (Connect REST API guide, "Comments Capability"). */
export function recentComments(
  services: RestServices,
  request: ResourceRequest,
  feedItemId: string,
): Record<string, unknown> {
  const all = commentsOf(services, request, feedItemId);
  const path = `/services/data/v${request.context.apiVersion}/chatter/feed-elements/${feedItemId}/capabilities/comments/items`;
  const items = showComments(services, request, all.slice(-RECENT_COMMENTS));
  const isWhole = items.length === all.length;
  return {
    page: {
      currentPageToken: null,
      currentPageUrl: path,
      items,
      nextPageToken: isWhole ? null : '0',
      nextPageUrl: isWhole ? null : path,
      total: all.length,
    },
  };
}

function commentsOf({ database }: RestServices, { context }: ResourceRequest, feedItemId: string): SObjectRecord[] {
  const where = `FeedItemId = ${quoteSoqlString(feedItemId)}`;
  return database.query(
    `SELECT ${COMMENT_FIELDS.join(', ')} FROM FeedComment WHERE ${where} ORDER BY CreatedDate, Id`,
    context,
  ).records;
}

/** Connect REST API guide, "Comment". */
function showComments(
  { database }: RestServices,
  request: ResourceRequest,
  rows: readonly SObjectRecord[],
): Record<string, unknown>[] {
  const { apiVersion } = request.context;
  const base = `/services/data/v${apiVersion}/chatter`;
  const authors = rows.map((row) => String(row['CreatedById']));
  const users = userSummaries(database, authors, request.context);
  const mentions = database.mentions.of(rows.map((row) => String(row['Id'])));
  return rows.map((row) => {
    const id = String(row['Id']);
    const feedItemId = String(row['FeedItemId']);
    const { myLike, likesMessage, page } = likeSummary(database, request, likedComment(row));
    return {
      body: showMessage(String(row['CommentBody'] ?? ''), mentions.get(id) ?? [], apiVersion),
      capabilities: {},
      clientInfo: null,
      createdDate: new Date(String(row['CreatedDate'])).toISOString(),
      feedElement: { id: feedItemId, url: `${base}/feed-elements/${feedItemId}` },
      id,
      isDeleteRestricted: !request.context.user.seesAll && row['CreatedById'] !== request.context.user.id,
      likes: page,
      likesMessage,
      myLike,
      relativeCreatedDate: null,
      type: row['CommentType'],
      url: `${base}/comments/${id}`,
      user: users.get(String(row['CreatedById'])) ?? null,
    };
  });
}

function likedComment(row: SObjectRecord): LikedEntity {
  const id = String(row['Id']);
  return { id, feedItemId: String(row['FeedItemId']), likesPath: `/chatter/comments/${id}/likes` };
}
