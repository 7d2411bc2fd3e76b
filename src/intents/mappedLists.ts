import type { MappedList } from '../channel/protocol.ts';

/** FDC3's intents that show what no standard object of Salesforce holds: each for an object that somebody has named. */
export const mappedIntents = ['ViewOrders', 'ViewHoldings'] as const;
export type MappedIntentName = (typeof mappedIntents)[number];

/** The object of an org that holds orders or holdings, and how its rows are shown. */
export interface ListMapping {
  object: string;
  label: string;
  /** Lookup fields of the object, by what they lead to: at least one. */
  Account?: string | undefined;
  Contact?: string | undefined;
  /** What is shown of a row; the first is its title. */
  fields: readonly string[];
  /** The latest by this field come first. */
  orderBy: string;
}

export type MappedLists = { readonly [I in MappedIntentName]?: ListMapping | undefined };

/** The rows that belong to records of this object; undefined where the mapping names no field for it. */
export function listOf(
  { object, label, fields, orderBy, ...lookups }: ListMapping,
  of: 'Account' | 'Contact',
): MappedList | undefined {
  const field = lookups[of];
  return field === undefined ? undefined : { kind: 'list', label, type: object, field, fields: [...fields], orderBy };
}
