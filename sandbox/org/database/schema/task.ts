import { activityDescription, activityRelations, recurrenceFields, reminderFields } from './activityFields.ts';
import { settleActivityRelations } from './activityRelation.ts';
import { checkbox, date, dateTime, idField, int, picklist, readOnly, required, text } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import type { StoredRow } from './objectDefinition.ts';
import { formatDateTime } from '../storedDate.ts';
import { auditFields, isDeletedField, ownerField } from './systemFields.ts';

function derive(row: StoredRow, _previous: StoredRow | undefined, now: number): void {
  const done = String(row['Status']).toLowerCase() === 'completed';
  row['IsClosed'] = done ? 1 : 0;
  row['CompletedDateTime'] = done ? (row['CompletedDateTime'] ?? formatDateTime(now)) : null;
  row['IsHighPriority'] = String(row['Priority']).toLowerCase() === 'high' ? 1 : 0;
}

/** Something to do, or a call or mail already logged. */
export const task = defineObject({
  name: 'Task',
  keyPrefix: '00T',
  feedEnabled: true,
  fields: [
    idField(),
    ...activityRelations('Task'),
    ...activityDescription(),
    date('ActivityDate', { label: 'Due Date Only' }),
    dateTime('ActivityDateTime', { ...readOnly, label: 'Due Date Time' }),
    picklist('Status', ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
      ...required,
      defaultValue: 'Not Started',
    }),
    picklist('Priority', ['High', 'Normal', 'Low'], { ...required, defaultValue: 'Normal' }),
    checkbox('IsHighPriority', { ...readOnly, label: 'High Priority' }),
    ownerField(),
    isDeletedField(),
    checkbox('IsClosed', { ...readOnly, label: 'Closed' }),
    ...auditFields(),
    checkbox('IsArchived', { ...readOnly, label: 'Archived' }),
    int('CallDurationInSeconds', { label: 'Call Duration' }),
    picklist('CallType', ['Internal', 'Inbound', 'Outbound'], { length: 40 }),
    text('CallDisposition', 255, { label: 'Call Result' }),
    text('CallObject', 255, { label: 'Call Object Identifier' }),
    ...reminderFields(),
    ...recurrenceFields('RecurrenceStartDateOnly'),
    dateTime('RecurrenceStartDateTime'),
    picklist('RecurrenceRegeneratedType', ['None', 'RecurrenceAfterDueDate', 'RecurrenceAfterTaskClose'], {
      length: 40,
    }),
    picklist('TaskSubtype', ['Task', 'Email', 'List Email', 'Cadence', 'Call'], {
      length: 40,
      restrictedPicklist: true,
      updateable: false,
      defaultValue: 'Task',
    }),
    dateTime('CompletedDateTime', { ...readOnly, label: 'Completed Date/Time' }),
  ],
  layoutSections: [
    {
      heading: 'Task Information',
      fields: ['OwnerId', 'Subject', 'ActivityDate', 'Priority', 'Status', 'WhoId', 'WhatId', 'CallType'],
    },
    { heading: 'Description Information', fields: ['Description'] },
  ],
  compactLayout: ['Subject', 'ActivityDate', 'Status', 'WhoId', 'WhatId', 'OwnerId'],
  settle: settleActivityRelations,
  derive,
});
