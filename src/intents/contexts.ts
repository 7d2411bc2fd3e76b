import { z } from '../zod.ts';

/** Longest text that is read of a context. */
const longestText = 2_000;

/**
 * A text of a context as apps really send it: a number counts as its digits, and what is no text as nothing. What is
 * longer than any name or identifier is cut.
 */
export const text = z
  .preprocess(
    (value) =>
      typeof value === 'number' || typeof value === 'bigint'
        ? String(value)
        : typeof value === 'string'
          ? value
          : undefined,
    z
      .string()
      .transform((value) => value.slice(0, longestText).trim())
      .optional(),
  )
  .optional();

/** Several addresses, as some apps send them, are read as one text that holds them. */
const emailText = z
  .preprocess(
    (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : value),
    text,
  )
  .optional();

const nothing = (value: unknown): unknown => (value === null ? undefined : value);
/** A text alone stands for the record id. */
export const asIds = (value: unknown): unknown => {
  if (typeof value === 'string') return { SALESFORCE: value };
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
};

/**
 * The FDC3 contexts the intents take. Loose, as the standard wants: other members pass through untouched. `id` is asked
 * for by the standard but often left out by apps that only know a name, so it may be missing here, or `null`.
 *
 * @see https://fdc3.finos.org/docs/context/spec
 */
export const salesforceIds = {
  /** The standard's own member for a Salesforce record id (`fdc3.interaction`), used for the other types too. */
  SALESFORCE: text,
  /** The form that the contexts of OpenFin's own Salesforce integration carry. */
  salesforce: text,
  salesforceId: text,
  /** Link to the record, e.g. in Lightning. */
  URI: text,
};

const company = z
  .preprocess(
    (value) => (typeof value === 'string' ? { name: value } : typeof value === 'object' ? nothing(value) : undefined),
    z.looseObject({ name: text, id: z.preprocess(asIds, z.looseObject(salesforceIds)).optional() }).optional(),
  )
  .optional();

export const contactContext = z.looseObject({
  type: z.literal('fdc3.contact'),
  name: text,
  id: z.preprocess(asIds, z.looseObject({ ...salesforceIds, email: emailText })).default({}),
  company,
});
export type ContactContext = z.infer<typeof contactContext>;

export const MOST_CONTACTS_IN_A_LIST = 1_000;

/** In a list the type goes without saying, and apps leave it out. */
export const contactInList = contactContext.extend({ type: z.literal('fdc3.contact').default('fdc3.contact') });

export const contactListContext = z.looseObject({
  type: z.literal('fdc3.contactList'),
  name: text,
  contacts: z.preprocess(
    (value) => (Array.isArray(value) ? value.filter((one) => one !== null && one !== undefined) : value),
    z.array(contactInList).min(1).max(MOST_CONTACTS_IN_A_LIST),
  ),
});
export type ContactListContext = z.infer<typeof contactListContext>;

export const organizationContext = z.looseObject({
  type: z.literal('fdc3.organization'),
  name: text,
  id: z.preprocess(asIds, z.looseObject(salesforceIds)).default({}),
});
export type OrganizationContext = z.infer<typeof organizationContext>;

/** An instrument stands for the company that has issued it. */
export const instrumentContext = z.looseObject({
  type: z.literal('fdc3.instrument'),
  name: text,
  id: z.preprocess(asIds, z.looseObject(salesforceIds)).default({}),
});
export type InstrumentContext = z.infer<typeof instrumentContext>;

/** Longest text of an e-mail that is read: that of a task's comments, in which it is logged. */
const longestBody = 32_000;

/** A text as it was written, with its lines. */
const body = z
  .preprocess((value) => (typeof value === 'string' ? value : undefined), z.string().max(longestBody).optional())
  .optional();

/** Some apps send a plain list, or leave the type out. */
const asRecipients = (value: unknown): unknown => {
  if (Array.isArray(value)) return { type: 'fdc3.contactList', contacts: value };
  if (typeof value !== 'object' || value === null || 'type' in value) return value;
  return { ...value, type: 'contacts' in value ? 'fdc3.contactList' : 'fdc3.contact' };
};

export const emailContext = z.looseObject({
  type: z.literal('fdc3.email'),
  recipients: z.preprocess(asRecipients, z.discriminatedUnion('type', [contactContext, contactListContext])),
  subject: text,
  textBody: body,
});
export type EmailContext = z.infer<typeof emailContext>;

/** Any record of an org, by its id: this provider's own context, for `salesforce.ViewRecord`. */
export const recordContext = z.looseObject({
  type: z.literal('salesforce.record'),
  name: text,
  /** API name of its object, e.g. `Opportunity`. The org says what it is: this serves where the record is not found. */
  objectType: text,
  id: z.preprocess(asIds, z.looseObject({ ...salesforceIds, SALESFORCE_ID: text })).default({}),
});
export type RecordContext = z.infer<typeof recordContext>;

/** One example of each context, for tests and documents. */
export const contextExamples = {
  'fdc3.contact': {
    type: 'fdc3.contact',
    name: 'Ada Lovelace',
    id: { email: 'ada.lovelace@example.com', FDS_ID: 'FDS-1' },
    company: { name: 'Analytical Engines' },
  },
  'fdc3.contactList': {
    type: 'fdc3.contactList',
    contacts: [
      { type: 'fdc3.contact', name: 'Ada Lovelace', id: { email: 'ada.lovelace@example.com' } },
      { type: 'fdc3.contact', name: 'Charles Babbage', id: {} },
    ],
  },
  'fdc3.organization': {
    type: 'fdc3.organization',
    name: 'Analytical Engines',
    id: { LEI: '5493001KJTIIGC8Y1R12', ticker: 'AENG' },
  },
  'fdc3.email': {
    type: 'fdc3.email',
    recipients: { type: 'fdc3.contact', name: 'Ada Lovelace', id: { email: 'ada.lovelace@example.com' } },
    subject: 'The engine',
    textBody: 'It weaves algebraic patterns.\nMore on Monday.',
  },
  'salesforce.record': {
    type: 'salesforce.record',
    name: 'Analytical Engines, second order',
    objectType: 'Opportunity',
    id: { SALESFORCE_ID: '0068000000abcdeAAA' },
  },
} as const;
