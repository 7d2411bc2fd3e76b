import { keyPrefixOf } from '../../../../src/salesforce/recordId.ts';
import { OrgError } from '../orgError.ts';
import { checkbox, idField, lookup, required } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import type { FieldDefinition, ObjectDefinition, StoredRow } from './objectDefinition.ts';
import { auditFields, isDeletedField } from './systemFields.ts';

const leadPrefix = '00Q';
const isLead = (id: StoredRow[string] | undefined): boolean => typeof id === 'string' && keyPrefixOf(id) === leadPrefix;

const integrity = (message: string, field: string): OrgError =>
  new OrgError(400, 'FIELD_INTEGRITY_EXCEPTION', message, [field]);

/**
 * A lead is what an activity is with and about at once, so there is nothing else that it is related to.
 *
 * @throws OrgError 400 `FIELD_INTEGRITY_EXCEPTION`.
 * @see Object Reference, "Task" and "Event": WhatId. The sentence is this org's own.
 */
export function settleActivityRelations(given: StoredRow, previous: StoredRow | undefined): StoredRow {
  const activity = { ...previous, ...given };
  if (isLead(activity['WhoId']) && typeof activity['WhatId'] === 'string')
    throw integrity('Related To ID: must be empty where the name is a lead', 'WhatId');
  return given;
}

/** Only contacts can be several; the lead of an activity stands in its WhoId. */
function settleRelation(given: StoredRow): StoredRow {
  if (isLead(given['RelationId']))
    throw integrity('Relation ID: an activity is linked to one lead, or to contacts', 'RelationId');
  return given;
}

/**
 * The further contacts of an activity, in an org with Shared Activities. Unlike Salesforce, this org keeps no row for
 * the contact and the record that stand in the activity itself.
 *
 * @see Object Reference, "TaskRelation" and "EventRelation"
 */
function relationOf(activity: 'Task' | 'Event', keyPrefix: string, own: FieldDefinition[]): ObjectDefinition {
  return defineObject({
    name: `${activity}Relation`,
    keyPrefix,
    searchable: false,
    layoutable: false,
    fields: [
      idField(),
      lookup('RelationId', ['Contact', 'Lead'], `${activity}Relations`, {
        ...required,
        updateable: false,
        cascadeDelete: true,
      }),
      lookup(`${activity}Id`, activity, `${activity}Relations`, {
        ...required,
        updateable: false,
        cascadeDelete: true,
      }),
      checkbox('IsWhat', { updateable: false }),
      ...own,
      ...auditFields(),
      isDeletedField(),
    ],
    settle: settleRelation,
  });
}

export const taskRelation = relationOf('Task', '0RT', []);
export const eventRelation = relationOf('Event', '0RE', [
  checkbox('IsParent'),
  checkbox('IsInvitee', { defaultValue: false }),
]);
