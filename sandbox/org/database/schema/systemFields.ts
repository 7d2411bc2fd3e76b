import { checkbox, date, dateTime, lookup, readOnly, required } from './fieldBuilders.ts';
import type { FieldDefinition } from './objectDefinition.ts';

/** Objects whose records can have notes, files and posts. */
export const anyRecord = [
  'Account',
  'Campaign',
  'Case',
  'Contact',
  'Coverage__c',
  'Event',
  'Lead',
  'Opportunity',
  'Task',
];

/** Who made and last changed a row, and when. */
export function auditFields(): FieldDefinition[] {
  return [
    dateTime('CreatedDate', { ...readOnly, ...required }),
    lookup('CreatedById', 'User', null, { ...readOnly, ...required }),
    dateTime('LastModifiedDate', { ...readOnly, ...required }),
    lookup('LastModifiedById', 'User', null, { ...readOnly, ...required }),
    dateTime('SystemModstamp', { ...readOnly, ...required }),
  ];
}

/** Whether the row is in the recycle bin; only `queryAll` finds it then. */
export function isDeletedField(): FieldDefinition {
  return checkbox('IsDeleted', { ...readOnly, label: 'Deleted' });
}

/** The owner defaults to the user who creates the record. */
export function ownerField(): FieldDefinition {
  return lookup('OwnerId', 'User', null, required);
}

/** When the asking user last saw the record: read from the org's list of viewed records, so it differs per user. */
export function viewedFields(): FieldDefinition[] {
  const sql = '(SELECT ViewedDate FROM recently_viewed WHERE UserId = sf_user() AND RecordId = {row}.Id)';
  return [dateTime('LastViewedDate', { sql }), dateTime('LastReferencedDate', { sql })];
}

/** The due date of the newest finished task or past event that points at the record. */
export function lastActivityField(activityField: 'WhatId' | 'WhoId'): FieldDefinition {
  const dates = (table: string, done: string): string =>
    `SELECT MAX(ActivityDate) AS d FROM "${table}" WHERE ${activityField} = {row}.Id AND IsDeleted = 0 AND ${done}`;
  const finished = dates('Task', 'IsClosed = 1');
  const past = dates('Event', 'EndDateTime <= sf_now()');
  return date('LastActivityDate', { sql: `(SELECT MAX(d) FROM (${finished} UNION ALL ${past}))` });
}
