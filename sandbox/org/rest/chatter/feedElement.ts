import type { CallContext, OrgDatabase, SObjectRecord } from '../../database/orgDatabase.ts';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { userSummaries } from './chatterUsers.ts';
import { messageSegments } from './messageSegments.ts';

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
  'CommentCount',
  'LikeCount',
];

/** Posts as Connect shows them (Connect REST API guide, "Feed Item"). */
export function feedElements(
  database: OrgDatabase,
  rows: readonly SObjectRecord[],
  context: CallContext,
): Record<string, unknown>[] {
  const actors = userSummaries(
    database,
    rows.map((row) => String(row['CreatedById'])),
    context,
  );
  const parents = new Map<string, Record<string, unknown> | null>();
  return rows.map((row) => {
    const parentId = String(row['ParentId']);
    if (!parents.has(parentId)) parents.set(parentId, parentSummary(database, parentId, context));
    const actor = actors.get(String(row['CreatedById'])) ?? null;
    return feedElement(row, { actor, parent: parents.get(parentId) ?? null }, context.apiVersion);
  });
}

function feedElement(
  row: SObjectRecord,
  { actor, parent }: { actor: Record<string, unknown> | null; parent: Record<string, unknown> | null },
  apiVersion: string,
): Record<string, unknown> {
  const text = String(row['Body'] ?? '');
  const id = String(row['Id']);
  return {
    actor,
    body: { isRichText: false, messageSegments: messageSegments(text, apiVersion), text },
    capabilities: {
      chatterLikes: {
        isLikedByCurrentUser: false,
        likesMessage: null,
        myLike: null,
        page: emptyPage(row['LikeCount']),
      },
      comments: { page: emptyPage(row['CommentCount']) },
      ...(row['LinkUrl'] ? { link: { url: row['LinkUrl'], urlName: row['Title'] ?? null } } : {}),
    },
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

function emptyPage(total: unknown): Record<string, unknown> {
  return {
    currentPageToken: null,
    currentPageUrl: null,
    items: [],
    nextPageToken: null,
    nextPageUrl: null,
    total: total ?? 0,
  };
}

function isoDate(stored: unknown): string {
  return new Date(String(stored)).toISOString();
}
