import type { OrgUser } from './orgUser.ts';
import type { ObjectDefinition, StoredRow } from './schema/objectDefinition.ts';

/** A user id is 18 letters and digits, so it can stand in SQL as it is. */
function quoted(userId: string): string {
  if (!/^[0-9A-Za-z]{18}$/.test(userId)) throw new TypeError('user id must have 18 letters and digits');
  return `'${userId}'`;
}

function accountRule(row: string, me: string): string {
  const region = `SELECT Id FROM "User" WHERE Division = (SELECT Division FROM "User" WHERE Id = ${me})`;
  const covered = `SELECT Account__c FROM "Coverage__c" WHERE Banker__c = ${me} AND IsDeleted = 0`;
  return `(${row}.OwnerId = ${me} OR ${row}.OwnerId IN (${region}) OR ${row}.Id IN (${covered}))`;
}

/** `<field> is one of the visible rows of <object>`. */
function parentRule(row: string, field: string, object: string, me: string): string {
  return `${row}.${field} IN (SELECT s.Id FROM "${object}" s WHERE ${ruleOf(object, 's', me)})`;
}

function ownOr(row: string, me: string, ...rules: string[]): string {
  return `(${[`${row}.OwnerId = ${me}`, ...rules].join(' OR ')})`;
}

function activityRule(row: string, me: string): string {
  return ownOr(
    row,
    me,
    parentRule(row, 'WhatId', 'Account', me),
    parentRule(row, 'WhatId', 'Opportunity', me),
    parentRule(row, 'WhatId', 'Case', me),
    parentRule(row, 'WhoId', 'Contact', me),
  );
}

function attachedRule(row: string, me: string, author: string, parents: readonly string[]): string {
  return `(${[`${row}.${author} = ${me}`, ...parents.map((parent) => parentRule(row, 'ParentId', parent, me))].join(' OR ')})`;
}

/** A file is seen by its owner, and on the records that it is on. */
function documentRule(documentId: string, ownerId: string, me: string): string {
  const linked = crmObjects.map((object) => parentRule('l', 'LinkedEntityId', object, me)).join(' OR ');
  const links = `SELECT l.ContentDocumentId FROM "ContentDocumentLink" l WHERE l.IsDeleted = 0 AND (${linked})`;
  return `(${ownerId} = ${me} OR ${documentId} IN (${links}))`;
}

const crmObjects = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead'];

function ruleOf(object: string, row: string, me: string): string {
  switch (object) {
    case 'Account':
      return accountRule(row, me);
    case 'Contact':
    case 'Opportunity':
    case 'Case':
      return ownOr(row, me, parentRule(row, 'AccountId', 'Account', me));
    case 'Coverage__c':
      return ownOr(row, me, `${row}.Banker__c = ${me}`, parentRule(row, 'Account__c', 'Account', me));
    case 'Lead':
      return ownOr(
        row,
        me,
        `${row}.OwnerId IN (SELECT Id FROM "User" WHERE Division = (SELECT Division FROM "User" WHERE Id = ${me}))`,
      );
    case 'Task':
    case 'Event':
      return activityRule(row, me);
    case 'TaskRelation':
      return parentRule(row, 'TaskId', 'Task', me);
    case 'EventRelation':
      return parentRule(row, 'EventId', 'Event', me);
    case 'Note':
    case 'Attachment':
      return attachedRule(row, me, 'OwnerId', crmObjects);
    case 'FeedItem':
      // Profiles and campaigns are public, and so is what is said there.
      return attachedRule(row, me, 'CreatedById', [...crmObjects, 'User', 'Campaign']);
    case 'FeedComment':
    case 'FeedLike':
      return parentRule(row, 'FeedItemId', 'FeedItem', me);
    case 'ContentDocument':
      return documentRule(`${row}.Id`, `${row}.OwnerId`, me);
    case 'ContentVersion':
    case 'ContentDocumentLink':
      return parentRule(row, 'ContentDocumentId', 'ContentDocument', me);
    case 'ContentNote':
      return `${row}.OwnerId = ${me}`;
    case 'OpportunityContactRole':
      return parentRule(row, 'OpportunityId', 'Opportunity', me);
    default:
      return '1';
  }
}

/**
 * The SQL condition for the rows of an object that the user may see: administrators all; bankers the accounts owned in
 * their own region or covered by them, what hangs below those, and what they own. Users, profiles and campaigns are
 * public to read.
 *
 * @param row Table alias of the row.
 * @returns `undefined` when every row is visible.
 */
export function visibleRows(object: ObjectDefinition, row: string, user: OrgUser): string | undefined {
  if (user.seesAll) return undefined;
  const rule = ruleOf(object.name, row, quoted(user.id));
  return rule === '1' ? undefined : rule;
}

/** Whether the user may change or delete a (visible) row: their profile decides, of posts also who wrote them. */
export function mayEdit(object: ObjectDefinition, user: OrgUser, row: StoredRow): boolean {
  if (user.seesAll) return true;
  if (object.authorEdits && row['CreatedById'] !== user.id) return false;
  return !object.setupObject && object.name !== 'Account';
}

/** Whether the user's profile lets them create rows of this object. */
export function mayCreate(object: ObjectDefinition, user: OrgUser): boolean {
  return user.seesAll || !object.setupObject;
}
