import { dateTime, idField, int, lookup, picklist, readOnly, required, text, textArea } from './fieldBuilders.ts';
import type { FieldDefinition, StoredRow } from './objectDefinition.ts';
import { defineObject } from './defineObject.ts';
import { formatDateTime } from '../storedDate.ts';
import { anyRecord, isDeletedField } from './systemFields.ts';

/** Who said it and when; what was said has no owner. */
function authorFields(): FieldDefinition[] {
  return [
    dateTime('CreatedDate', { ...readOnly, ...required }),
    lookup('CreatedById', 'User', null, { ...readOnly, ...required }),
    isDeletedField(),
    dateTime('SystemModstamp', { ...readOnly, ...required }),
    lookup('InsertedById', 'User', null, readOnly),
  ];
}

function deriveAuthor(row: StoredRow): void {
  row['InsertedById'] ??= row['CreatedById'] ?? null;
}

function deriveComment(row: StoredRow, previous: StoredRow | undefined, now: number): void {
  deriveAuthor(row);
  if (previous && previous['CommentBody'] !== row['CommentBody']) row['LastEditDate'] = formatDateTime(now);
}

/** A post has as many comments and likes as there are rows, so the counts are looked up and not kept. */
function count(name: string, rows: string): FieldDefinition {
  const sql = `(SELECT COUNT(*) FROM ${rows} AND IsDeleted = 0)`;
  return int(name, { ...readOnly, ...required, calculated: false, sql });
}

/** A Chatter post on a record or a person's profile. */
export const feedItem = defineObject({
  name: 'FeedItem',
  keyPrefix: '0D5',
  layoutable: false,
  authorEdits: true,
  fields: [
    idField(),
    lookup('ParentId', [...anyRecord, 'User'], null, { ...required, updateable: false, cascadeDelete: true }),
    picklist('Type', ['TextPost', 'LinkPost', 'ContentPost', 'TrackedChange'], {
      updateable: false,
      length: 40,
      restrictedPicklist: true,
      defaultValue: 'TextPost',
    }),
    ...authorFields(),
    dateTime('LastModifiedDate', { ...readOnly, ...required }),
    count('CommentCount', '"FeedComment" WHERE FeedItemId = {row}.Id'),
    count('LikeCount', '"FeedLike" WHERE FeedEntityId = {row}.Id'),
    text('Title', 255, { updateable: false }),
    textArea('Body', 10000, { searchGroup: 'text' }),
    text('LinkUrl', 1000, { updateable: false }),
  ],
  nameField: 'Id',
  searchedWhole: true,
  derive: deriveAuthor,
});

/** A comment on a post. */
export const feedComment = defineObject({
  name: 'FeedComment',
  keyPrefix: '0D7',
  layoutable: false,
  authorEdits: true,
  fields: [
    idField(),
    lookup('FeedItemId', 'FeedItem', 'FeedComments', { ...required, updateable: false, cascadeDelete: true }),
    picklist('CommentType', ['TextComment', 'ContentComment'], {
      updateable: false,
      length: 40,
      restrictedPicklist: true,
      defaultValue: 'TextComment',
    }),
    ...authorFields(),
    dateTime('LastEditDate', readOnly),
    textArea('CommentBody', 10000, { ...required, searchGroup: 'text' }),
  ],
  nameField: 'Id',
  searchedWhole: true,
  derive: deriveComment,
});

/** Somebody likes a post or a comment. */
export const feedLike = defineObject({
  name: 'FeedLike',
  keyPrefix: '0I0',
  searchable: false,
  layoutable: false,
  updateable: false,
  authorEdits: true,
  fields: [
    idField(),
    lookup('FeedItemId', 'FeedItem', 'FeedLikes', { ...required, updateable: false, cascadeDelete: true }),
    lookup('FeedEntityId', ['FeedItem', 'FeedComment'], null, { ...required, updateable: false, cascadeDelete: true }),
    ...authorFields(),
  ],
  nameField: 'Id',
  derive: deriveAuthor,
});
