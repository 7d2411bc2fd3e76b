import { z } from '../zod.ts';
import { asIds, contactInList, MOST_CONTACTS_IN_A_LIST, salesforceIds, text } from './contexts.ts';

/** As many characters as the comments of a task have (Object Reference, "Task", Description). */
const longestDescription = 32_000;

/** A moment, as ISO 8601 or as the `Date` that FDC3's types promise; one that cannot be read is none. */
const moment = z
  .preprocess((value) => {
    // A date of another frame is no instance of this one's Date.
    const isDate = Object.prototype.toString.call(value) === '[object Date]';
    const date = isDate || typeof value === 'string' ? new Date(value as Date | string) : undefined;
    return date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
  }, z.string().optional())
  .optional();

const ofType = (value: unknown): object | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;

/** The list that the standard asks for; the bare array that some apps send is one too. */
const participants = z.preprocess(
  (value) => {
    const list = Array.isArray(value) ? { contacts: value as unknown[] } : ofType(value);
    const contacts: unknown = (list as { contacts?: unknown } | undefined)?.contacts;
    const people = Array.isArray(contacts) ? contacts.filter((one) => ofType(one) !== undefined) : [];
    return { ...list, type: 'fdc3.contactList', contacts: people };
  },
  z.looseObject({ type: z.literal('fdc3.contactList'), contacts: z.array(contactInList).max(MOST_CONTACTS_IN_A_LIST) }),
);

/**
 * An interaction that took place, or will. The range of time has one end or both: schema 2.2.0 refuses both, 2.2.2
 * takes them (FDC3 issues 1592 and 1598); the type of interaction is one of four, or any other text.
 *
 * @see https://fdc3.finos.org/docs/context/ref/Interaction
 */
export const interactionContext = z.looseObject({
  type: z.literal('fdc3.interaction'),
  name: text,
  id: z.preprocess(asIds, z.looseObject({ ...salesforceIds, SALESFORCE_ID: text })).default({}),
  participants: participants.prefault({ contacts: [] }),
  timeRange: z.preprocess(ofType, z.looseObject({ startTime: moment, endTime: moment }).optional()).optional(),
  interactionType: text,
  description: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.slice(0, longestDescription).trim() : undefined),
      z.string().optional(),
    )
    .optional(),
  initiator: z.preprocess(ofType, contactInList.optional()).optional(),
  origin: text,
});
export type InteractionContext = z.infer<typeof interactionContext>;
