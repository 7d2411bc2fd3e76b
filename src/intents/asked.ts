import { recordIdFromLink } from '../salesforce/apiPaths.ts';
import type { AskedCompany } from '../matching/company.ts';
import { companyNameOf } from '../matching/companyName.ts';
import { emailsIn } from '../matching/emailAddress.ts';
import type { Identifiers, IdentifiersByObject } from '../matching/identifiers.ts';
import { valuesOf } from '../matching/identifierValues.ts';
import type { AskedIdentifier, AskedPerson } from '../matching/person.ts';
import { personNameOf } from '../matching/personName.ts';
import { folded } from '../matching/plainText.ts';
import { phoneNumberOf } from '../matching/phoneNumber.ts';
import type { ContactContext, InstrumentContext, OrganizationContext } from './contexts.ts';
import type { InteractionContext } from './interactionContext.ts';
import { recordIdsInContext } from './recordIdsInContext.ts';

/** FDC3 has no key for telephone numbers: apps send one all the same, under one of these or a name like them. */
const phoneMember =
  /^(?:(?:home|work|business|mobile|cell|direct|other)?_?(?:tele)?phone(?:_?number)?|tel|mobile|cell)$/i;
const emailMember = /^e-?mail(?:_?address)?$/i;

function textsOf(members: object, name: RegExp): string[] {
  return Object.entries(members)
    .filter(([member]) => name.test(member))
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String);
}

function identifiersIn(ids: object, identifiers: Identifiers, without: RegExp | undefined): AskedIdentifier[] {
  const given = Object.entries(ids as Record<string, unknown>);
  return Object.entries(identifiers).flatMap(([member, { fields, form }]) => {
    if (without?.test(member)) return [];
    const found = given.find(([name]) => name.toLowerCase() === member.toLowerCase())?.[1];
    const text = typeof found === 'number' ? String(found) : found;
    const values = typeof text === 'string' ? valuesOf(text, form) : [];
    return values.length > 0 ? [{ member, values, fields, form }] : [];
  });
}

/** The fields of a contact that hold e-mail addresses. */
export const emailFields = ({ Contact }: IdentifiersByObject): readonly string[] =>
  Object.entries(Contact).find(([member]) => emailMember.test(member))?.[1].fields ?? ['Email'];

/** What a contact context says of a person, in comparable form. */
export function askedPerson(context: ContactContext, identifiers: IdentifiersByObject): AskedPerson {
  const { id, company, ...others } = context;
  return {
    ids: recordIdsInContext(id),
    emails: [...new Set([...textsOf(id, emailMember), ...textsOf(others, emailMember)].flatMap(emailsIn))],
    phones: [...textsOf(id, phoneMember), ...textsOf(others, phoneMember)].flatMap((text) => phoneNumberOf(text) ?? []),
    identifiers: identifiersIn(id, identifiers.Contact, emailMember),
    name: personNameOf(context.name),
    company: companyNameOf(company?.name),
    companyId: recordIdsInContext(company?.id ?? {})[0],
  };
}

/** What an organization or instrument context says of a company, in comparable form. */
export function askedCompany(
  { id, name }: OrganizationContext | InstrumentContext,
  identifiers: IdentifiersByObject,
): AskedCompany {
  return {
    ids: recordIdsInContext(id),
    identifiers: identifiersIn(id, identifiers.Account, undefined),
    name: companyNameOf(name),
  };
}

/** Whether there is anything to find a person by. */
export const isAnybody = ({ ids, emails, phones, identifiers, name }: AskedPerson): boolean =>
  ids.length > 0 || emails.length > 0 || phones.length > 0 || identifiers.length > 0 || name !== undefined;

/** Whether there is anything to find a company by. */
export const isAnyCompany = ({ ids, identifiers, name }: AskedCompany): boolean =>
  ids.length > 0 || identifiers.length > 0 || name !== undefined;

const recordIdMembers = ['SALESFORCE', 'SALESFORCE_ID', 'salesforce', 'salesforceId'];
const salesforceMembers: ReadonlySet<string> = new Set([...recordIdMembers, 'URI']);

/** The ids of a context in comparable form, without these members. */
const otherIds = (id: object, without: ReadonlySet<string>): (readonly [string, string])[] =>
  Object.entries(id)
    .filter(
      ([member, value]: [string, unknown]) =>
        !without.has(member) && (typeof value === 'string' || typeof value === 'number'),
    )
    .map(([member, value]: [string, unknown]) => [member, folded(String(value))] as const)
    .filter(([, value]) => value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1));

/**
 * What it is remembered by that an interaction was written: its ids, other than that of a record. A link is one of them
 * unless it leads to a record of Salesforce. Undefined where it has none, and may be written any number of times.
 */
export function interactionKey(id: InteractionContext['id']): string | undefined {
  const isRecord = id.URI !== undefined && recordIdFromLink(id.URI) !== undefined;
  const ids = otherIds(id, new Set([...recordIdMembers, ...(isRecord ? ['URI'] : [])]));
  return ids.length === 0 ? undefined : JSON.stringify(['fdc3.interaction', ids]);
}

/**
 * What a choice is remembered by: the ids of a context, other than Salesforce's, together with its name. Undefined
 * where it has none, as a name alone may be that of somebody else the next time.
 */
export function rememberedAs({
  type,
  id,
  name,
}: ContactContext | OrganizationContext | InstrumentContext): string | undefined {
  const ids = otherIds(id, salesforceMembers);
  return ids.length === 0 ? undefined : JSON.stringify([type, ids, folded(name ?? '')]);
}
