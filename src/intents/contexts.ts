import { z } from '../zod.ts';

/**
 * The FDC3 contexts the intents take. Loose, as the standard wants: other members pass through untouched. `id` is asked
 * for by the standard but often left out by apps that only know a name, so it may be missing here.
 *
 * @see https://fdc3.finos.org/docs/context/spec
 */
const text = z.string().trim().max(2000);

const salesforceIds = {
  /** The standard's own member for a Salesforce record id (`fdc3.interaction`), used for the other types too. */
  SALESFORCE: text.optional(),
  /** The form that the contexts of OpenFin's own Salesforce integration carry. */
  salesforce: text.optional(),
  salesforceId: text.optional(),
  /** Link to the record, e.g. in Lightning. */
  URI: text.optional(),
};

const company = z.union([
  text.transform((name): { name: string; id?: string } => ({ name })),
  z.looseObject({ name: text.optional(), id: z.union([text, z.looseObject(salesforceIds)]).optional() }),
]);

export const contactContext = z.looseObject({
  type: z.literal('fdc3.contact'),
  name: text.optional(),
  id: z.looseObject({ ...salesforceIds, email: text.optional(), FDS_ID: text.optional() }).default({}),
  company: company.optional(),
});
export type ContactContext = z.infer<typeof contactContext>;

export const MOST_CONTACTS_IN_A_LIST = 50;

export const contactListContext = z.looseObject({
  type: z.literal('fdc3.contactList'),
  name: text.optional(),
  contacts: z.array(contactContext).min(1).max(MOST_CONTACTS_IN_A_LIST),
});
export type ContactListContext = z.infer<typeof contactListContext>;

export const organizationContext = z.looseObject({
  type: z.literal('fdc3.organization'),
  name: text.optional(),
  id: z
    .looseObject({
      ...salesforceIds,
      LEI: text.optional(),
      PERMID: text.optional(),
      FDS_ID: text.optional(),
      ticker: text.optional(),
    })
    .default({}),
});
export type OrganizationContext = z.infer<typeof organizationContext>;

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
} as const;
