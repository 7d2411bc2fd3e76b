import type { ActivityToWrite } from '../channel/protocol.ts';
import { ApiRequestError } from '../client/errors.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { closedStatus } from './closedStatus.ts';
import { defaultOf, describedObject, formFieldsOf, isRequired, type DescribedObject } from './describedFields.ts';
import { inputValueOf, type FormField, type FormValues } from './formFields.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import type { ActivityObject } from './writeActivity.ts';

/** What an interaction is called, and the object that it is written as. */
export interface ActivityKind {
  interactionType: string;
  object: ActivityObject;
}

const usualKinds: readonly ActivityKind[] = [
  { interactionType: 'Call', object: 'Task' },
  { interactionType: 'Email', object: 'Task' },
  { interactionType: 'Instant Message', object: 'Task' },
  { interactionType: 'Meeting', object: 'Event' },
  { interactionType: 'Meeting', object: 'Task' },
];

/** All kinds that the person may choose from. */
export function kindsFor({ interactionType }: Pick<ActivityToWrite, 'interactionType'>): ActivityKind[] {
  const isUsual = usualKinds.some((kind) => kind.interactionType === interactionType);
  const own: ActivityKind[] = isUsual
    ? []
    : [
        { interactionType, object: 'Task' },
        { interactionType, object: 'Event' },
      ];
  return [...own, ...usualKinds];
}

/** Which of {@link kindsFor} it is at first: a meeting of which both ends are known is an event, all else a task. */
export function firstKindOf(activity: ActivityToWrite): number {
  const { interactionType, startTime, endTime } = activity;
  const object = interactionType === 'Meeting' && startTime && endTime ? 'Event' : 'Task';
  return kindsFor(activity).findIndex((kind) => kind.interactionType === interactionType && kind.object === object);
}

/** The form of a new task or event. */
export interface ActivityForm {
  object: ActivityObject;
  described: DescribedObject;
  /** All that this person may fill in, by name. */
  known: ReadonlyMap<string, FormField>;
  /** The fields that are shown. */
  fields: FormField[];
  /** Whether this org links several contacts to one activity ("Shared Activities"). */
  canLinkSeveral: boolean;
  /** The status of a task that is done. */
  closedStatus: string | undefined;
}

/** Shown in this order, as far as this person may fill them in. */
const shownFields: Readonly<Record<ActivityObject, readonly string[]>> = {
  Task: ['Subject', 'ActivityDate', 'Status', 'Priority', 'CallDurationInSeconds', 'Description'],
  Event: ['Subject', 'StartDateTime', 'EndDateTime', 'Location', 'Description'],
};
/** Without these there is nothing to find again. The org itself would take a task without a subject. */
const alwaysRequired: readonly string[] = ['Subject', 'StartDateTime', 'EndDateTime'];
/** Set from whom the interaction was with. */
const relations: readonly string[] = ['WhoId', 'WhatId', 'OwnerId'];

/** This person may not write tasks, or events, in this org. */
export class ActivityNotAllowedError extends Error {
  constructor(object: ActivityObject) {
    super(
      `Your Salesforce profile does not let you write ${object === 'Task' ? 'tasks' : 'events'}. Ask your administrator for it, or choose another kind.`,
    );
    this.name = 'ActivityNotAllowedError';
  }
}

const refusedStatuses: readonly (number | undefined)[] = [400, 403, 404];

/** The object as this person sees it; undefined where the org has none for them. */
async function describeFor(api: RecordApi, type: string, signal: AbortSignal): Promise<DescribedObject | undefined> {
  try {
    return describedObject.parse(await callApi(api, apiPaths.describe(type), { signal }));
  } catch (error) {
    if (error instanceof ApiRequestError && refusedStatuses.includes(error.status)) return undefined;
    throw error;
  }
}

/**
 * Whether the org links several contacts to an activity: then rows of TaskRelation may be made; EventRelation is also
 * what people are invited by, and there the field IsParent is of the setting.
 *
 * @see Object Reference, "TaskRelation" and "EventRelation"
 */
function linksSeveral(object: ActivityObject, relation: DescribedObject | undefined): boolean {
  if (!relation?.createable) return false;
  return object === 'Task' || relation.fields.some(({ name, createable }) => name === 'IsParent' && createable);
}

/**
 * Loads the form of a new task or event from the REST API: the User Interface API does not know activities in every
 * org.
 *
 * @throws ActivityNotAllowedError; ApiRequestError as the client does.
 */
export async function loadActivityForm(
  api: RecordApi,
  object: ActivityObject,
  signal: AbortSignal,
): Promise<ActivityForm> {
  const [described, relation] = await Promise.all([
    describeFor(api, object, signal),
    describeFor(api, `${object}Relation`, signal),
  ]);
  if (!described?.createable) throw new ActivityNotAllowedError(object);
  const known = formFieldsOf(described);
  const wanted = described.fields
    .filter((field) => isRequired(field) && !relations.includes(field.name))
    .map(({ name }) => name);
  const names = new Set([...shownFields[object], ...wanted]);
  const fields = [...names].flatMap((name) => {
    const field = known.get(name);
    if (!field) return [];
    const label = name === 'CallDurationInSeconds' ? `${field.label} (seconds)` : field.label;
    return [{ ...field, label, required: field.required || alwaysRequired.includes(name) }];
  });
  const statuses = known.get('Status')?.options.map(({ value }) => value) ?? [];
  const closed = statuses.length === 0 || statuses.includes('Completed') ? 'Completed' : await closedStatus(api);
  const ofOrg = {
    canLinkSeveral: linksSeveral(object, relation),
    closedStatus: statuses.find((one) => one === closed),
  };
  return { object, described, known, fields, ...ofOrg };
}

const minuteMs = 60_000;

const isSameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();

/** When it was, in words: a task has a day and no time of day. */
export function whenText({ startTime, endTime }: Pick<ActivityToWrite, 'startTime' | 'endTime'>): string {
  if (startTime === undefined && endTime === undefined) return '';
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
  const [start, end] = [startTime, endTime].map((text) => (text === undefined ? undefined : new Date(text)));
  if (!start) return `until ${full.format(end)}`;
  if (!end || end.getTime() - start.getTime() < minuteMs) return full.format(start);
  return `${full.format(start)} – ${(isSameDay(start, end) ? time : full).format(end)}`;
}

const localDay = (date: Date): string => {
  const digits = (number: number, length = 2): string => String(number).padStart(length, '0');
  return `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`;
};

/** How long a call was; undefined where that is not known. */
function secondsOf({ startTime, endTime, interactionType }: ActivityToWrite): string | undefined {
  if (interactionType !== 'Call' || startTime === undefined || endTime === undefined) return undefined;
  return String(Math.round((Date.parse(endTime) - Date.parse(startTime)) / 1_000));
}

/** What the form's inputs hold at first. */
export function firstValues(form: ActivityForm, activity: ActivityToWrite, now = new Date()): FormValues {
  const { startTime, endTime, subject, comments } = activity;
  const start = startTime ?? endTime;
  const day = start === undefined ? now : new Date(start);
  const isOver = day.getTime() <= now.getTime();
  const when = form.object === 'Task' ? whenText(activity) : '';
  const values: Record<string, string | undefined> = {
    Subject: subject,
    Description: [comments, ...(when === '' ? [] : [`When: ${when}`])].filter((part) => part !== '').join('\n\n'),
    ActivityDate: localDay(day),
    CallDurationInSeconds: secondsOf(activity),
    StartDateTime: startTime,
    EndDateTime: endTime,
    Status: isOver ? form.closedStatus : undefined,
  };
  return Object.fromEntries(
    form.fields.map((field) => [
      field.name,
      inputValueOf(field, values[field.name] ?? defaultOf(form.described, field.name)),
    ]),
  );
}
