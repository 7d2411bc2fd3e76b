import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import { keyPrefixOf } from '../../../../src/salesforce/recordId.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import type { ResourceRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';

/** Which of the posts the user may see belong into a feed. */
export type BelongsToFeed = (post: SObjectRecord) => boolean;

/** Ids in one query: their text stays well below the longest statement. */
const IDS_PER_QUERY = 400;

/** Everybody's feed: all but the tracked changes of records. */
export const belongsToCompany: BelongsToFeed = (post) => post['Type'] !== 'TrackedChange';

/** The feed of one record, or of one person as a record. */
export function belongsToRecord(id: string): BelongsToFeed {
  return (post) => post['ParentId'] === id;
}

/** A person's feed: what they wrote, what is written on their profile, and what mentions them. */
export function belongsToProfile(services: RestServices, request: ResourceRequest, userId: string): BelongsToFeed {
  const mentioned = postsMentioning(services, request, userId);
  return (post) => post['CreatedById'] === userId || post['ParentId'] === userId || mentioned.has(String(post['Id']));
}

/**
 * What somebody follows: their own profile feed, and the records they own, which Salesforce lets their owners follow.
 *
 * @param posts All posts that may belong to it.
 */
export function belongsToNews(
  services: RestServices,
  request: ResourceRequest,
  posts: readonly SObjectRecord[],
): BelongsToFeed {
  const userId = request.context.user.id;
  const isProfile = belongsToProfile(services, request, userId);
  const owned = ownedBy(services, request, new Set(posts.map((post) => String(post['ParentId']))));
  return (post) => isProfile(post) || owned.has(String(post['ParentId']));
}

/** Posts that mention the user, themselves or in a comment. */
function postsMentioning({ database }: RestServices, { context }: ResourceRequest, userId: string): Set<string> {
  const ids = [...database.mentions.recordsMentioning(userId)];
  const comment = orgSchema.object('FeedComment')?.keyPrefix;
  const comments = ids.filter((id) => keyPrefixOf(id) === comment);
  const posts = inBatches(comments, (list) =>
    database
      .query(`SELECT FeedItemId FROM FeedComment WHERE Id IN (${list})`, context)
      .records.map((row) => String(row['FeedItemId'])),
  );
  return new Set([...ids, ...posts]);
}

function ownedBy({ database }: RestServices, { context }: ResourceRequest, ids: ReadonlySet<string>): Set<string> {
  const me = quoteSoqlString(context.user.id);
  const owned = orgSchema.objects.flatMap((object) => {
    if (!orgSchema.field(object, 'OwnerId')) return [];
    const ofObject = [...ids].filter((id) => keyPrefixOf(id) === object.keyPrefix);
    return inBatches(ofObject, (list) =>
      database
        .query(`SELECT Id FROM ${object.name} WHERE OwnerId = ${me} AND Id IN (${list})`, context)
        .records.map((row) => String(row['Id'])),
    );
  });
  return new Set(owned);
}

function inBatches(ids: readonly string[], find: (list: string) => string[]): string[] {
  const starts = Array.from({ length: Math.ceil(ids.length / IDS_PER_QUERY) }, (_, index) => index * IDS_PER_QUERY);
  return starts.flatMap((start) =>
    find(
      ids
        .slice(start, start + IDS_PER_QUERY)
        .map(quoteSoqlString)
        .join(', '),
    ),
  );
}
