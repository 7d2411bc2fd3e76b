import type { ActivityToWrite } from '../channel/protocol.ts';

/** As many contacts as Salesforce links to one activity (Object Reference, "Task", WhoId). */
const mostLinked = 50;

type Person = ActivityToWrite['people'][number];
type Found = Person['found'][number];

/** Whom and what an activity is linked to. */
export interface ActivityLinks {
  whoId: string | undefined;
  /** The other contacts, where the org links several. */
  alsoWith: string[];
  whatId: string | undefined;
  /** The accounts that it may be linked to. */
  accounts: { id: string; name: string }[];
  /** Those who can only be named in the comments. */
  named: string[];
  /** Why, in a sentence; empty where nobody is. */
  because: string;
}

const accountOf = ({ type, id, name, account }: Found): { id: string; name: string } | undefined =>
  type === 'Account' ? { id, name } : account;

/**
 * Decides what an activity is linked to: to the first contact, or else the first lead, and to their account. A lead is
 * linked alone and with no account, and other contacts where the org links several.
 *
 * @param chosen For each of the people the id of the record that they are; empty for none.
 * @param what The account that the person has chosen; undefined where they have not, empty for none.
 * @see Object Reference, "Task", WhoId and WhatId
 */
export function linksOf(
  people: readonly Person[],
  chosen: readonly string[],
  what: string | undefined,
  canLinkSeveral: boolean,
): ActivityLinks {
  const all = people.flatMap(({ found }, at) => found.filter(({ id }) => id === chosen[at]));
  const records = all.filter((one, at) => all.findIndex(({ id }) => id === one.id) === at);
  const contacts = records.filter(({ type }) => type === 'Contact');
  const leads = records.filter(({ type }) => type === 'Lead');
  const primary = contacts[0] ?? leads[0];
  const isLead = primary !== undefined && primary === leads[0];
  const others = contacts.slice(1);
  const alsoWith = canLinkSeveral ? others.slice(0, mostLinked - 1) : [];
  const accounts = new Map(
    records.flatMap((one) => {
      const account = accountOf(one);
      return account ? [[account.id, account.name] as const] : [];
    }),
  );
  const first = primary ? accountOf(primary)?.id : undefined;
  const whatId = what ?? first ?? [...accounts.keys()][0];
  const unlinked = [...others.filter((one) => !alsoWith.includes(one)), ...leads.filter((one) => one !== primary)];
  return {
    whoId: primary?.id,
    alsoWith: alsoWith.map(({ id }) => id),
    whatId: isLead || whatId === '' ? undefined : whatId,
    accounts: isLead ? [] : [...accounts].map(([id, name]) => ({ id, name })),
    named: unlinked.map(({ name }) => name),
    because: unlinked.length === 0 ? '' : reasonOf(isLead, canLinkSeveral),
  };
}

function reasonOf(isLead: boolean, canLinkSeveral: boolean): string {
  if (isLead) return 'Salesforce links a lead alone.';
  return canLinkSeveral
    ? 'Salesforce links leads alone, and at most 50 contacts.'
    : 'Your Salesforce links one contact.';
}

/** The comments, with those who are only named. */
export function withNamed(comments: string, named: readonly string[]): string {
  if (named.length === 0) return comments;
  return [comments, `Also took part: ${named.join(', ')}`].filter((part) => part !== '').join('\n\n');
}
