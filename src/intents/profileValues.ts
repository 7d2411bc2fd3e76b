import type { ProfileValue } from '../channel/protocol.ts';
import type { AskedCompany } from '../matching/company.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import type { AskedPerson } from '../matching/person.ts';
import type { AccountRow } from '../salesforce/accountRow.ts';
import { emailFields } from './asked.ts';
import type { ContactContext, OrganizationContext } from './contexts.ts';

/** Longest text that is taken over into a field. */
const longestValue = 255;

const value = (fields: readonly string[], given: unknown, text?: string): ProfileValue[] => {
  const written = typeof given === 'string' ? given.trim().slice(0, longestValue) : '';
  return written === '' ? [] : [{ fields: [...fields], value: written, ...(text !== undefined && { text }) }];
};

/** Members that the standard does not have, and that apps send all the same. */
const memberOf = (context: object, names: readonly string[]): unknown =>
  Object.entries(context).find(([name]) => names.includes(name.toLowerCase()))?.[1];

/**
 * What a contact context says, as values of fields, by object. Where an org may keep it in one of several fields, the
 * first is written, unless another has it already.
 */
export function personValues(
  context: ContactContext,
  asked: AskedPerson,
  account: AccountRow | undefined,
  identifiers: IdentifiersByObject,
): Record<'Contact' | 'Lead' | 'Account', ProfileValue[]> {
  const { name, emails, phones } = asked;
  const [email] = emails;
  const [phone] = phones;
  const number = phone?.international ?? phone?.written[0];
  const names = [...value(['FirstName'], name?.given), ...value(['LastName'], name?.family)];
  const title = value(['Title'], memberOf(context, ['title', 'jobtitle', 'job_title']));
  const phoneValue = value(['Phone', 'MobilePhone'], number);
  return {
    Contact: [
      ...names,
      ...title,
      ...value(emailFields(identifiers), email),
      ...phoneValue,
      ...(account ? value(['AccountId'], account.Id, account.Name) : []),
      ...asked.identifiers.flatMap(({ fields, values }) => value(fields, values[0])),
    ],
    Lead: [
      ...names,
      ...title,
      ...value(['Email'], email),
      ...phoneValue,
      ...value(['Company'], asked.company?.written),
    ],
    // A person account.
    Account: [...names, ...value(['PersonEmail'], email), ...value(['Phone'], number)],
  };
}

/** The same for an organization. */
export function companyValues(context: OrganizationContext, asked: AskedCompany): Record<'Account', ProfileValue[]> {
  return {
    Account: [
      ...value(['Name'], asked.name?.written),
      ...value(['Phone'], memberOf(context, ['phone', 'telephone'])),
      ...value(['Website'], memberOf(context, ['website', 'url'])),
      ...asked.identifiers.flatMap(({ fields, values }) => value(fields, values[0])),
    ],
  };
}

/** The values of a new record. Which of several fields for an identifier the org has, only its form knows. */
export function suggestedOf(values: readonly ProfileValue[]): Record<string, string> {
  const isOneOf = (fields: readonly string[]): boolean => fields.includes('MobilePhone') || fields.includes('Email');
  return Object.fromEntries(
    values.flatMap(({ fields, value: text }) =>
      (isOneOf(fields) ? fields.slice(0, 1) : fields).map((field) => [field, text]),
    ),
  );
}
