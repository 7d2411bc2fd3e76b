import { activityDescription, activityRelations, recurrenceFields, reminderFields } from './activityFields.ts';
import { checkbox, date, dateTime, idField, int, picklist, text } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import type { StoredRow } from './objectDefinition.ts';
import { formatDateTime, parseStored } from '../storedDate.ts';
import { auditFields, isDeletedField, ownerField } from './systemFields.ts';

/** Start (from whichever of the three start fields was given), duration and end follow from each other. */
function derive(row: StoredRow, previous: StoredRow | undefined): void {
  const changed = (name: string): boolean => row[name] !== null && row[name] !== (previous?.[name] ?? null);
  if (!changed('StartDateTime') && changed('ActivityDateTime')) row['StartDateTime'] = row['ActivityDateTime'] ?? null;
  else if (row['StartDateTime'] === null && changed('ActivityDate'))
    row['StartDateTime'] = `${row['ActivityDate']}T00:00:00.000+0000`;
  const start = row['StartDateTime'];
  if (typeof start !== 'string') return;
  row['ActivityDateTime'] = start;
  row['ActivityDate'] = start.slice(0, 10);
  const end = row['EndDateTime'];
  if (typeof end === 'string' && (changed('EndDateTime') || row['DurationInMinutes'] === null)) {
    row['DurationInMinutes'] = Math.round((parseStored(end) - parseStored(start)) / 60_000);
  } else {
    row['DurationInMinutes'] ??= row['IsAllDayEvent'] === 1 ? 1440 : 60;
    row['EndDateTime'] = formatDateTime(parseStored(start) + Number(row['DurationInMinutes']) * 60_000);
  }
}

/** A meeting or call in the calendar. */
export const event = defineObject({
  name: 'Event',
  keyPrefix: '00U',
  feedEnabled: true,
  fields: [
    idField(),
    ...activityRelations('Events'),
    ...activityDescription(),
    text('Location', 255, { searchGroup: 'text' }),
    checkbox('IsAllDayEvent', { label: 'All-Day Event' }),
    dateTime('ActivityDateTime', { label: 'Due Date Time' }),
    date('ActivityDate', { label: 'Due Date Only' }),
    int('DurationInMinutes', { label: 'Duration' }),
    dateTime('StartDateTime', { label: 'Start Date Time' }),
    dateTime('EndDateTime', { label: 'End Date Time' }),
    date('EndDate', { sql: 'substr({row}.EndDateTime, 1, 10)' }),
    ownerField(),
    checkbox('IsPrivate', { label: 'Private' }),
    picklist('ShowAs', ['Busy', 'OutOfOffice', 'Free'], { length: 40, defaultValue: 'Busy', restrictedPicklist: true }),
    isDeletedField(),
    checkbox('IsChild', { createable: false, updateable: false }),
    checkbox('IsGroupEvent', { createable: false, updateable: false, label: 'Is Group Event' }),
    ...auditFields(),
    checkbox('IsArchived', { createable: false, updateable: false, label: 'Archived' }),
    ...recurrenceFields('RecurrenceStartDateTime'),
    ...reminderFields(),
    picklist('EventSubtype', ['Event'], {
      length: 40,
      restrictedPicklist: true,
      updateable: false,
      defaultValue: 'Event',
    }),
    text('ServiceAppointmentId', 18, { createable: false, updateable: false, label: 'Service Appointment ID' }),
  ],
  layoutSections: [
    {
      heading: 'Calendar Details',
      fields: [
        'OwnerId',
        'Subject',
        'StartDateTime',
        'EndDateTime',
        'IsAllDayEvent',
        'Location',
        'WhoId',
        'WhatId',
        'ShowAs',
      ],
    },
    { heading: 'Description Information', fields: ['Description'] },
  ],
  compactLayout: ['Subject', 'StartDateTime', 'EndDateTime', 'WhoId', 'WhatId', 'OwnerId'],
  derive,
});
