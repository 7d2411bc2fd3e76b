import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import type { CallContext, OrgDatabase, SObjectRecord } from '../../database/orgDatabase.ts';
import type { ResourceRequest, ResourceResponse } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { userSummaries } from './chatterUsers.ts';
import { pageOf } from './connectPage.ts';

const LIKE_FIELDS = ['Id', 'FeedItemId', 'FeedEntityId', 'CreatedById', 'CreatedDate'];

/** What is liked: a post or a comment. */
export interface LikedEntity {
  id: string;
  /** The post itself, or the one the comment belongs to. */
  feedItemId: string;
  /** Below the version, where its likes are listed. */
  likesPath: string;
}

/** Likes a post or comment; who likes it already keeps that like. Answers 201 with the like. */
export function addLike({ database }: RestServices, request: ResourceRequest, entity: LikedEntity): ResourceResponse {
  const { context } = request;
  const known = likesOf(database, entity.id, context).find((like) => like['CreatedById'] === context.user.id);
  const values = { FeedItemId: entity.feedItemId, FeedEntityId: entity.id };
  const id = known ? String(known['Id']) : database.create('FeedLike', values, context);
  return { status: 201, body: showLike(database, id, context) };
}

/** One page of the likes of a post or comment. */
export function listLikes({ database }: RestServices, request: ResourceRequest, entity: LikedEntity): ResourceResponse {
  return { status: 200, body: likePage(database, request, entity).page, xml: { root: 'LikePage' } };
}

/** One like as Connect shows it. @throws OrgError 404 when it is not there for this user. */
export function showLike(database: OrgDatabase, id: string, context: CallContext): Record<string, unknown> | undefined {
  return likes(database, [database.retrieve('FeedLike', id, context, LIKE_FIELDS)], context)[0];
}

/**
 * How a post or comment is liked, as its own representation tells (Connect REST API guide, "Chatter Likes Capability").
 */
export function likeSummary(
  database: OrgDatabase,
  request: ResourceRequest,
  entity: LikedEntity,
): { isLikedByCurrentUser: boolean; likesMessage: unknown; myLike: unknown; page: Record<string, unknown> } {
  // What pages the outer list asks for says nothing about the likes of one entry.
  const { page, myLike, likesMessage } = likePage(database, { ...request, query: new URLSearchParams() }, entity);
  return { isLikedByCurrentUser: myLike !== null, likesMessage, myLike, page };
}

function likePage(database: OrgDatabase, request: ResourceRequest, entity: LikedEntity) {
  const { context } = request;
  const all = likesOf(database, entity.id, context);
  const mine = all.find((like) => like['CreatedById'] === context.user.id);
  const { items, links } = pageOf(request, all, { path: entity.likesPath, tokenOf: (like) => String(like['Id']) });
  const shown = likes(database, items, context);
  const myLike = mine ? { id: mine['Id'], url: likeUrl(mine, context) } : null;
  const likesMessage = messageOf(all, context, database);
  return { page: { ...links, items: shown, likesMessage, myLike, total: all.length }, myLike, likesMessage };
}

function likesOf(database: OrgDatabase, entityId: string, context: CallContext): SObjectRecord[] {
  const where = `FeedEntityId = ${quoteSoqlString(entityId)}`;
  return database.query(
    `SELECT ${LIKE_FIELDS.join(', ')} FROM FeedLike WHERE ${where} ORDER BY CreatedDate, Id`,
    context,
  ).records;
}

/** Connect REST API guide, "Chatter Like". */
function likes(database: OrgDatabase, rows: readonly SObjectRecord[], context: CallContext): Record<string, unknown>[] {
  const authors = rows.map((row) => String(row['CreatedById']));
  const users = userSummaries(database, authors, context);
  return rows.map((row) => {
    const likedId = String(row['FeedEntityId']);
    const collection = likedId === row['FeedItemId'] ? 'feed-elements' : 'comments';
    return {
      id: row['Id'],
      likedItem: { id: likedId, url: `/services/data/v${context.apiVersion}/chatter/${collection}/${likedId}` },
      url: likeUrl(row, context),
      user: users.get(String(row['CreatedById'])) ?? null,
    };
  });
}

function likeUrl(row: SObjectRecord, context: CallContext): string {
  return `/services/data/v${context.apiVersion}/chatter/likes/${String(row['Id'])}`;
}

/** `You and 2 others like this.`; null when nobody does. */
function messageOf(
  all: readonly SObjectRecord[],
  context: CallContext,
  database: OrgDatabase,
): { messageSegments: { type: 'Text'; text: string }[]; text: string } | null {
  const [first] = all;
  if (!first) return null;
  const isMine = all.some((like) => like['CreatedById'] === context.user.id);
  const authorId = String(first['CreatedById']);
  const name = isMine
    ? 'You'
    : String(userSummaries(database, [authorId], context).get(authorId)?.['name'] ?? 'Someone');
  const others = all.length - 1;
  const who = others === 0 ? name : `${name} and ${others} ${others === 1 ? 'other' : 'others'}`;
  const text = `${who} ${others === 0 && !isMine ? 'likes' : 'like'} this.`;
  return { messageSegments: [{ type: 'Text', text }], text };
}
