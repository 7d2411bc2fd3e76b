import { activityDescription, activityRelations, recurrenceFields, reminderFields } from './activityFields.ts';
import { settleActivityRelations } from './activityRelation.ts';
import { checkbox, date, dateTime, idField, int, picklist, text } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import { deriveEventTimes, settleEventTimes } from './eventTimes.ts';
import { auditFields, isDeletedField, ownerField } from './systemFields.ts';

/** A meeting or call in the calendar. */
export const event = defineObject({
  name: 'Event',
  keyPrefix: '00U',
  feedEnabled: true,
  fields: [
    idField(),
    ...activityRelations('Event'),
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
  settle: (given, previous, apiVersion) =>
    settleEventTimes(settleActivityRelations(given, previous), previous, apiVersion),
  derive: deriveEventTimes,
});
