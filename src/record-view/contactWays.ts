import type { OpensOn } from '../channel/protocol.ts';
import { keyPrefixOf } from '../salesforce/recordId.ts';
import { emailLink, telLink } from '../salesforce/contactLinks.ts';
import type { FieldInfo, ObjectInfo, UiRecord } from './uiApi.ts';

/** A telephone number or an e-mail address of a record, by the org's own label. */
interface ContactValue {
  label: string;
  value: string;
}

/** How whom a record is about can be reached. */
export interface ContactWays {
  phones: ContactValue[];
  emails: ContactValue[];
  /** Whether the record says that they do not want to be called, or written to. */
  doNotCall: boolean;
  doNotEmail: boolean;
}

/** Fields that are read even where the org's layout does not show them, by key prefix. */
const contactFields: Readonly<Record<string, readonly string[]>> = {
  '003': ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone', 'DoNotCall', 'Email', 'HasOptedOutOfEmail'].map(
    (name) => `Contact.${name}`,
  ),
  '00Q': ['Phone', 'MobilePhone', 'DoNotCall', 'Email', 'HasOptedOutOfEmail'].map((name) => `Lead.${name}`),
  '001': ['Phone', 'PersonMobilePhone', 'PersonHomePhone', 'PersonDoNotCall', 'PersonEmail'].map(
    (name) => `Account.${name}`,
  ),
};

/** The fields to read besides those of the layout, for a record that is to be called or written to. */
export const contactFieldsOf = (id: string, opensOn: OpensOn | undefined): readonly string[] =>
  opensOn?.kind === 'call' || opensOn?.kind === 'email' ? (contactFields[keyPrefixOf(id)] ?? []) : [];

/** Nobody answers these, or somebody else. */
const isOfSomebody = ({ apiName }: FieldInfo): boolean => !/fax|assistant/i.test(apiName);
const comesFirst = ['Phone', 'MobilePhone', 'PersonMobilePhone', 'Email', 'PersonEmail'];
const rankOf = ({ apiName }: FieldInfo): number =>
  comesFirst.includes(apiName) ? comesFirst.indexOf(apiName) : comesFirst.length;

/** How whom a record is about can be reached, as far as this person may see it. */
export function contactWaysOf(record: UiRecord, info: ObjectInfo): ContactWays {
  const valuesOf = (dataType: string): ContactValue[] =>
    Object.values(info.fields)
      .filter((field) => field.dataType === dataType && isOfSomebody(field))
      .sort((one, other) => rankOf(one) - rankOf(other))
      .flatMap(({ apiName, label }) => {
        const value = record.fields[apiName]?.value;
        return typeof value === 'string' && value.trim() !== '' ? [{ label, value: value.trim() }] : [];
      });
  const isSet = (...names: string[]): boolean => names.some((name) => record.fields[name]?.value === true);
  return {
    phones: valuesOf('Phone'),
    emails: valuesOf('Email'),
    doNotCall: isSet('DoNotCall', 'PersonDoNotCall'),
    doNotEmail: isSet('HasOptedOutOfEmail', 'PersonHasOptedOutOfEmail'),
  };
}

/** One way to begin a call or an e-mail: a link that the person follows. */
export interface ContactWay {
  label: string;
  text: string;
  href: string;
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '').replace(/^0+/, '');
const fewestDigits = 7;

/** As far as can be told without knowing how countries number: one may be written without its country. */
function isSameNumber(one: string, other: string): boolean {
  const [short, long] = [digitsOf(one), digitsOf(other)].sort((a, b) => a.length - b.length) as [string, string];
  return short === long || (short.length >= fewestDigits && long.endsWith(short));
}

/** The ways to call: the numbers of the record, and those that the app knows besides. */
export function waysToCall({ phones }: ContactWays, numbers: readonly string[]): ContactWay[] {
  const given = numbers
    .filter((number) => !phones.some(({ value }) => isSameNumber(value, number)))
    .map((value) => ({ label: 'Number from the app', value }));
  return [...phones, ...given].flatMap(({ label, value }) => {
    const href = telLink(value);
    return href === undefined ? [] : [{ label, text: value, href }];
  });
}

/** The ways to write: one for each address of the record, to all others who are to get it too. */
export function waysToWrite(
  { emails }: ContactWays,
  { addresses, others, subject, text }: Extract<OpensOn, { kind: 'email' }>,
): { ways: ContactWay[]; also: string[]; isWithoutText: boolean } {
  const isNew = (address: string): boolean =>
    !emails.some(({ value }) => value.toLowerCase() === address.toLowerCase());
  const given = addresses.filter(isNew).map((value) => ({ label: 'Address from the app', value }));
  const own = [...emails, ...given];
  const isOthers = (address: string): boolean =>
    !own.some(({ value }) => value.toLowerCase() === address.toLowerCase());
  const also = [...new Set(others.flatMap(({ address }) => address ?? []).filter(isOthers))];
  const alone = own.length > 0 || also.length === 0 ? [] : [{ label: 'E-mail', value: '' }];
  const links = [...own, ...alone].map(({ label, value }) => {
    const to = value === '' ? also : [value, ...also];
    return { label, text: value === '' ? also.join(', ') : value, ...emailLink(to, { subject, text }) };
  });
  return {
    ways: links.map(({ label, text: shown, href }) => ({ label, text: shown, href })),
    also,
    isWithoutText: links.some(({ isWithoutText }) => isWithoutText),
  };
}
