import type { CallContext, OrgDatabase, SObjectRecord } from '../../database/orgDatabase.ts';
import type { Mention } from '../../database/mentions.ts';
import type { ResourceRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { userSummaries } from './chatterUsers.ts';
import { recentComments } from './comments.ts';
import { type LikedEntity, likeSummary } from './likes.ts';
import { showMessage } from './messages.ts';

export const FEED_FIELDS = [
  'Id',
  'ParentId',
  'Type',
  'Title',
  'Body',
  'LinkUrl',
  'CreatedById',
  'CreatedDate',
  'LastModifiedDate',
];

/** Posts as Connect shows them (Connect REST API guide, "Feed Item"). */
export function feedElements(
  services: RestServices,
  request: ResourceRequest,
  rows: readonly SObjectRecord[],
): Record<string, unknown>[] {
  const { database } = services;
  const { context } = request;
  const authors = rows.map((row) => String(row['CreatedById']));
  const actors = userSummaries(database, authors, context);
  const mentions = database.mentions.of(rows.map((row) => String(row['Id'])));
  const parents = new Map<string, Record<string, unknown> | null>();
  return rows.map((row) => {
    const id = String(row['Id']);
    const parentId = String(row['ParentId']);
    if (!parents.has(parentId)) parents.set(parentId, parentSummary(database, parentId, context));
    return feedElement(row, context.apiVersion, {
      actor: actors.get(String(row['CreatedById'])) ?? null,
      parent: parents.get(parentId) ?? null,
      mentions: mentions.get(id) ?? [],
      capabilities: {
        chatterLikes: likeSummary(database, request, likedPost(id)),
        comments: recentComments(services, request, id),
        ...(row['LinkUrl'] ? { link: { url: row['LinkUrl'], urlName: row['Title'] ?? null } } : {}),
      },
    });
  });
}

/** The post as something to like. */
export function likedPost(id: string): LikedEntity {
  return { id, feedItemId: id, likesPath: `/chatter/feed-elements/${id}/capabilities/chatter-likes/items` };
}

function feedElement(
  row: SObjectRecord,
  apiVersion: string,
  {
    actor,
    parent,
    mentions,
    capabilities,
  }: {
    actor: Record<string, unknown> | null;
    parent: Record<string, unknown> | null;
    mentions: readonly Mention[];
    capabilities: Record<string, unknown>;
  },
): Record<string, unknown> {
  const id = String(row['Id']);
  return {
    actor,
    body: showMessage(String(row['Body'] ?? ''), mentions, apiVersion),
    capabilities,
    clientInfo: null,
    createdDate: isoDate(row['CreatedDate']),
    event: false,
    feedElementType: 'FeedItem',
    hasVerifiedComment: false,
    header: { isRichText: null, messageSegments: [], text: parent?.['name'] ?? '' },
    id,
    modifiedDate: isoDate(row['LastModifiedDate']),
    originalFeedItem: null,
    originalFeedItemActor: null,
    parent,
    photoUrl: null,
    relativeCreatedDate: null,
    type: row['Type'],
    url: `/services/data/v${apiVersion}/chatter/feed-elements/${id}`,
    visibility: 'AllUsers',
  };
}

/** What the post is on; null when the caller cannot see that record. */
function parentSummary(database: OrgDatabase, id: string, context: CallContext): Record<string, unknown> | null {
  const object = objectOfRecordId(id);
  if (!object) return null;
  const { records } = database.query(`SELECT ${object.nameField} FROM ${object.name} WHERE Id = '${id}'`, context);
  if (!records[0]) return null;
  const name = records[0][object.nameField];
  const url = `/services/data/v${context.apiVersion}/chatter/records/${id}`;
  return { id, motif: null, mySubscription: null, name, type: object.name, url };
}

function isoDate(stored: unknown): string {
  return new Date(String(stored)).toISOString();
}
