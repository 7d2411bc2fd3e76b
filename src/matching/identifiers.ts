/**
 * How the values of an identifier are brought to one form before they are compared. `exact`: as they are; `compact`:
 * without spaces and hyphens, in upper case, as registers print LEI and ISIN; `ticker`: in upper case, and what stands
 * before the exchange too; `email`.
 */
export const identifierForms = ['exact', 'compact', 'ticker', 'email'] as const;
export type IdentifierForm = (typeof identifierForms)[number];

/** Where an org keeps an identifier, and in which form. */
export interface IdentifierFields {
  fields: readonly string[];
  form: IdentifierForm;
}

/** By the member of a context's `id`. */
export type Identifiers = Readonly<Record<string, IdentifierFields>>;

/** By object: `Account` for organizations and instruments, `Contact` for people, `Activity` for interactions. */
export interface IdentifiersByObject {
  Account: Identifiers;
  Contact: Identifiers;
  /** Fields of Task and Event alike: an administrator makes them once, for activities. */
  Activity?: Identifiers;
}

const usualForms: Readonly<Record<string, IdentifierForm>> = {
  lei: 'compact',
  isin: 'compact',
  cusip: 'compact',
  sedol: 'compact',
  figi: 'compact',
  bbg: 'compact',
  fds_id: 'compact',
  permid: 'compact',
  ticker: 'ticker',
  email: 'email',
};

/** The form that the values of an identifier usually have. */
export const usualForm = (member: string): IdentifierForm => usualForms[member.toLowerCase()] ?? 'exact';

/** `LEI__c` and `Ticker__c` are custom fields; in an org that lacks them nothing is found by them. */
export const defaultIdentifiers: IdentifiersByObject = {
  Account: {
    LEI: { fields: ['LEI__c'], form: 'compact' },
    ticker: { fields: ['TickerSymbol', 'Ticker__c'], form: 'ticker' },
  },
  Contact: { email: { fields: ['Email'], form: 'email' } },
};
