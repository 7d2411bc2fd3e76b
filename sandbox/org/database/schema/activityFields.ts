import { checkbox, date, dateTime, int, lookup, picklist, readOnly, text, textArea } from './fieldBuilders.ts';
import type { FieldDefinition } from './objectDefinition.ts';

const accountOf = (object: string, field: string, relation: string): string =>
  `(SELECT ${field} FROM "${object}" WHERE Id = {row}.${relation})`;

/** The account an activity counts for: the one it is about, or that of the deal, case, coverage or contact. */
const accountOfActivity = `COALESCE(${[
  accountOf('Account', 'Id', 'WhatId'),
  accountOf('Opportunity', 'AccountId', 'WhatId'),
  accountOf('Case', 'AccountId', 'WhatId'),
  accountOf('Coverage__c', 'Account__c', 'WhatId'),
  accountOf('Contact', 'AccountId', 'WhoId'),
].join(', ')})`;

const whoCount = (object: string): string =>
  `(({row}.WhoId IS NOT NULL) + (SELECT COUNT(*) FROM "${object}Relation" WHERE ${object}Id = {row}.Id AND IsDeleted = 0))`;

/** Whom an activity is with, and what it is about. */
export function activityRelations(object: 'Task' | 'Event'): FieldDefinition[] {
  const childRelationship = `${object}s`;
  return [
    lookup('WhoId', ['Contact', 'Lead'], childRelationship, { label: 'Name ID' }),
    lookup('WhatId', ['Account', 'Campaign', 'Case', 'Coverage__c', 'Opportunity'], childRelationship, {
      label: 'Related To ID',
      cascadeDelete: true,
    }),
    int('WhoCount', { sql: whoCount(object), label: 'Relation Count' }),
    int('WhatCount', { sql: '({row}.WhatId IS NOT NULL)', label: 'Related To Count' }),
    lookup('AccountId', 'Account', null, { ...readOnly, sql: accountOfActivity }),
  ];
}

/** What an activity is about: subject and comments. */
export function activityDescription(): FieldDefinition[] {
  return [
    text('Subject', 255, { nameField: true, searchGroup: 'name' }),
    textArea('Description', 32000, { label: 'Full Comments', searchGroup: 'text' }),
    // Made by the administrator, once for tasks and events.
    text('Interaction_Id__c', 100, { label: 'Interaction ID', externalId: true }),
  ];
}

/** A recurring series; the sandbox stores the pattern and does not make the occurrences. */
export function recurrenceFields(startName: 'RecurrenceStartDateOnly' | 'RecurrenceStartDateTime'): FieldDefinition[] {
  const start = startName === 'RecurrenceStartDateTime' ? [dateTime(startName)] : [date(startName)];
  return [
    checkbox('IsRecurrence', { label: 'Create Recurring Series', updateable: false }),
    text('RecurrenceActivityId', 18, { ...readOnly, label: 'Recurrence Activity ID' }),
    ...start,
    date('RecurrenceEndDateOnly', { label: 'Recurrence End' }),
    text('RecurrenceTimeZoneSidKey', 40, { label: 'Recurrence Time Zone' }),
    picklist(
      'RecurrenceType',
      [
        'RecursDaily',
        'RecursEveryWeekday',
        'RecursWeekly',
        'RecursMonthly',
        'RecursMonthlyNth',
        'RecursYearly',
        'RecursYearlyNth',
      ],
      { length: 40, restrictedPicklist: true },
    ),
    int('RecurrenceInterval'),
    int('RecurrenceDayOfWeekMask'),
    int('RecurrenceDayOfMonth'),
    picklist('RecurrenceInstance', ['First', 'Second', 'Third', 'Fourth', 'Last'], {
      length: 40,
      restrictedPicklist: true,
    }),
    picklist(
      'RecurrenceMonthOfYear',
      [
        'January',
        'February',
        'March',
        'April',
        'May',
        'June',
        'July',
        'August',
        'September',
        'October',
        'November',
        'December',
      ],
      { length: 40, restrictedPicklist: true },
    ),
  ];
}

/** When the person wants to be reminded. The org sends no reminders. */
export function reminderFields(): FieldDefinition[] {
  return [
    dateTime('ReminderDateTime', { label: 'Reminder Date/Time' }),
    checkbox('IsReminderSet', { label: 'Reminder Set' }),
  ];
}
