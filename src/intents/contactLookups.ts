import { bareWords, hasNoWordSpaces, skeletonOf } from '../matching/plainText.ts';
import type { AskedPerson } from '../matching/person.ts';
import { mailboxOf } from '../matching/emailAddress.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import type { PersonName } from '../matching/personName.ts';
import { accountFields } from '../salesforce/accountRow.ts';
import { contactFields } from '../salesforce/contactRow.ts';
import { leadFields } from '../salesforce/leadRow.ts';
import { keyPrefixOf } from '../salesforce/recordId.ts';
import {
  joinConditions,
  like,
  likeStartsWith,
  soql,
  soqlName,
  soqlNames,
  type SoqlText,
} from '../salesforce/soqlQuoting.ts';
import { sosl, soslPhrase, type SoslText } from '../salesforce/soslText.ts';
import { emailFields } from './asked.ts';
import type { LookedUpObject, Lookup } from './orgLookups.ts';

/** Most rows that one question brings. */
const mostRows = 200;
/** As many texts as one condition compares with: a statement has 100,000 characters. */
const mostInList = 100;
/** A name that is written in one is no longer where each place is tried at which its parts may meet. */
const longestInOne = 8;

const objectOf: Readonly<Record<string, LookedUpObject>> = { '003': 'Contact', '00Q': 'Lead', '001': 'Account' };
const ownFields: Readonly<Record<LookedUpObject, readonly string[]>> = {
  Contact: contactFields,
  Lead: leadFields,
  Account: accountFields,
};

/** The questions that find whoever is meant. */
interface ContactLookups {
  /** Those that bring whom something names that belongs to one record only: they are asked first. */
  own: Lookup[];
  /** All others. */
  further: Lookup[];
  /** Among these, those that bring everybody of exactly that name. */
  named: Lookup[];
  /** Among these, those that bring everybody of that name and company. */
  ofCompany: Lookup[];
}

function rowsWhere(
  object: LookedUpObject,
  fields: readonly string[],
  condition: SoqlText,
  needs: readonly string[] = [],
): Lookup {
  const open = object === 'Lead' ? joinConditions('AND', [soql`IsConverted = false`, condition]) : condition;
  return {
    object,
    fields,
    needs,
    most: mostRows,
    statement: (visible) =>
      soql`SELECT ${soqlNames(visible)} FROM ${soqlName(object)} WHERE ${open} ORDER BY Name, Id LIMIT ${mostRows}`,
  };
}

function foundBy(fields: readonly string[], find: (fields: SoqlText) => SoslText): Lookup {
  return { object: 'Contact', fields, most: mostRows, statement: (visible) => find(soqlNames(visible)) };
}

/** Questions for records by their ids: a converted lead too. */
export function byIds(ids: readonly string[]): Lookup[] {
  const objects = Object.entries(objectOf);
  return objects.flatMap(([prefix, object]) => {
    const own = ids.filter((id) => keyPrefixOf(id) === prefix);
    return chunksOf(own).map((chunk): Lookup => {
      const fields = ownFields[object];
      return {
        object,
        fields,
        most: mostRows,
        statement: (visible) =>
          soql`SELECT ${soqlNames(visible)} FROM ${soqlName(object)} WHERE Id IN ${chunk}${of(object)}`,
      };
    });
  });
}

/** Of accounts only those are people that are person accounts, which not every org has. */
const of = (object: LookedUpObject): SoqlText => (object === 'Account' ? soql` AND IsPersonAccount = true` : soql``);

/** Plans what the org is asked in order to find people. */
export function contactLookups(people: readonly AskedPerson[], identifiers: IdentifiersByObject): ContactLookups {
  const emailsIn = emailFields(identifiers);
  const extra = Object.values(identifiers.Contact).flatMap(({ fields }) => fields);
  const contact = [...new Set([...contactFields, ...extra])];
  const [only] = people.length === 1 ? people : [];
  const emails = [...new Set(people.flatMap((asked) => asked.emails))];
  const named = byNames(
    people.flatMap(({ name }) => name ?? []),
    contact,
  );
  const ofCompany = only ? ofNameAndCompany(only, contact) : [];
  const phones = people.flatMap((asked) => asked.phones.flatMap(({ written }) => written));
  return {
    named,
    ofCompany,
    own: [
      ...byIds(people.flatMap(({ ids }) => ids)),
      ...byEmails(emails, emailsIn, contact),
      ...byIdentifiers(people, contact),
    ].map((lookup) => (only ? lasting(lookup) : lookup)),
    further: [
      ...byMailboxes(emails, emailsIn, contact),
      ...byPhones(phones, contact),
      ...named,
      ...ofCompany,
      ...(only?.name ? alike(only.name, contact) : []),
      ...(only ? phoneSearch(only, contact) : []),
    ],
  };
}

const lasting = (lookup: Lookup): Lookup => ({ ...lookup, isLasting: true });

export const loose = (lookup: Lookup): Lookup => ({ ...lookup, isLoose: true });

const anyOf = (conditions: readonly SoqlText[]): SoqlText => joinConditions('OR', conditions);

function byEmails(emails: readonly string[], fields: readonly string[], contact: readonly string[]): Lookup[] {
  return chunksOf(emails).map((chunk) =>
    rowsWhere('Contact', contact, anyOf(fields.map((field) => soql`${soqlName(field)} IN ${chunk}`)), fields),
  );
}

/** Leads of these addresses, and contacts of the same mailbox: without a sub-address, or with another. */
function byMailboxes(emails: readonly string[], fields: readonly string[], contact: readonly string[]): Lookup[] {
  const mailboxes = [...new Set(emails.map(mailboxOf))];
  const others = mailboxes.filter((mailbox) => !emails.includes(mailbox));
  const [only] = mailboxes.length === 1 ? mailboxes : [];
  return [
    ...chunksOf(emails).map((chunk) => rowsWhere('Lead', leadFields, soql`Email IN ${chunk}`, ['Email'])),
    ...byEmails(others, fields, contact),
    ...(only === undefined
      ? []
      : [
          rowsWhere(
            'Contact',
            contact,
            anyOf(fields.map((field) => soql`${soqlName(field)} LIKE ${subAddresses(only)}`)),
            fields,
          ),
        ]),
  ];
}

function subAddresses(mailbox: string): SoqlText {
  const at = mailbox.lastIndexOf('@');
  return like`${mailbox.slice(0, at)}+%${mailbox.slice(at)}`;
}

function byIdentifiers(people: readonly AskedPerson[], contact: readonly string[]): Lookup[] {
  const values = new Map<string, string[]>();
  for (const { identifiers } of people)
    for (const { fields, values: own } of identifiers)
      for (const field of fields) values.set(field, [...(values.get(field) ?? []), ...own]);
  return [...values].flatMap(([field, own]) =>
    chunksOf([...new Set(own)]).map((chunk) =>
      rowsWhere('Contact', contact, soql`${soqlName(field)} IN ${chunk}`, [field]),
    ),
  );
}

function byPhones(written: readonly string[], contact: readonly string[]): Lookup[] {
  return chunksOf([...new Set(written)]).map((chunk) =>
    rowsWhere('Contact', contact, soql`(Phone IN ${chunk} OR MobilePhone IN ${chunk})`, ['Phone', 'MobilePhone']),
  );
}

/** The org's own search knows a number however it is written. */
function phoneSearch({ phones }: AskedPerson, contact: readonly string[]): Lookup[] {
  return phones.slice(0, 1).map(({ written }) => {
    // Four ways of writing are enough: an index knows words, and no signs.
    const [first, second = first, third = first, fourth = first] = written.map((form) => soslPhrase(form));
    return foundBy(
      contact,
      (fields) =>
        sosl`FIND {${first!} OR ${second!} OR ${third!} OR ${fourth!}} IN PHONE FIELDS RETURNING Contact(${fields} LIMIT ${mostRows})`,
    );
  });
}

/** As the org may have a name: in either order, and in one where it is written without spaces. */
const wholeNames = ({ full, written, given, family }: PersonName): string[] => [
  ...new Set([
    full,
    written,
    `${family} ${given}`.trim(),
    ...(hasNoWordSpaces(full) ? [full.replaceAll(' ', '')] : []),
  ]),
];

function byNames(names: readonly PersonName[], contact: readonly string[]): Lookup[] {
  const whole = [...new Set(names.flatMap(wholeNames))];
  const split = names.length === 1 ? splitsOf(names[0]!) : [];
  return chunksOf(whole).flatMap((chunk, index) => {
    const condition = anyOf([
      soql`Name IN ${chunk}`,
      ...(index === 0 ? split.map(([one, other]) => soql`(LastName = ${one} AND FirstName = ${other})`) : []),
    ]);
    return [rowsWhere('Contact', contact, condition), rowsWhere('Lead', leadFields, condition)];
  });
}

/** Parts of a name that is written in one, which the org may have in two. */
function splitsOf({ full }: PersonName): [string, string][] {
  const letters = [...full];
  if (!hasNoWordSpaces(full) || full.includes(' ') || letters.length > longestInOne) return [];
  return letters.slice(1).map((_, at) => [letters.slice(0, at + 1).join(''), letters.slice(at + 1).join('')]);
}

function ofNameAndCompany({ name, company }: AskedPerson, contact: readonly string[]): Lookup[] {
  if (!name || !company) return [];
  const condition = joinConditions('AND', [
    soql`Name IN ${wholeNames(name)}`,
    soql`Account.Name LIKE ${likeStartsWith(company.bare)}`,
  ]);
  return [rowsWhere('Contact', contact, condition)];
}

/** Those whose name is alike: of the same family, or found by the org's own search, which knows accents. */
function alike({ given, family, full }: PersonName, contact: readonly string[]): Lookup[] {
  const families = [...new Set([family, ...full.split(' ')])].filter((word) => [...word].length > 1).slice(0, 5);
  const [initial] = [...given];
  const words = full.replaceAll(/[.]/gu, ' ').trim();
  return [
    ...(families.length > 0 && initial !== undefined
      ? [
          rowsWhere(
            'Contact',
            contact,
            joinConditions('AND', [soql`LastName IN ${families}`, soql`FirstName LIKE ${like`${initial}%`}`]),
          ),
        ]
      : []),
    ...(family !== '' && initial !== undefined && !hasNoWordSpaces(full)
      ? [
          loose(
            rowsWhere(
              'Contact',
              contact,
              joinConditions('AND', [
                soql`LastName LIKE ${skeletonOf(family)}`,
                soql`FirstName LIKE ${like`${initial}%`}`,
              ]),
            ),
          ),
        ]
      : []),
    ...(families.length > 0 ? [rowsWhere('Contact', contact, soql`LastName IN ${families}`)] : []),
    ...(bareWords(words).some((word) => [...word].length > 1)
      ? [
          foundBy(
            contact,
            (fields) => sosl`FIND {${words}} IN NAME FIELDS RETURNING Contact(${fields} LIMIT ${mostRows})`,
          ),
        ]
      : []),
  ];
}

function chunksOf<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / mostInList);
  return Array.from({ length: count }, (_, at) => items.slice(at * mostInList, (at + 1) * mostInList));
}
