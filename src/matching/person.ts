import { compareCompanies, companyNameOf, type CompanyName } from './companyName.ts';
import { mailboxOf } from './emailAddress.ts';
import { Weighing, type Evidence } from './evidence.ts';
import type { IdentifierForm } from './identifiers.ts';
import { compareIdentifier } from './identifierValues.ts';
import { compareNames, type KnownName, type NameRelation, type PersonName } from './personName.ts';
import { isSamePhone, phoneNumberOf, type PhoneNumber } from './phoneNumber.ts';

/** An identifier that was given, and where an org keeps it. */
export interface AskedIdentifier {
  member: string;
  values: readonly string[];
  fields: readonly string[];
  form: IdentifierForm;
}

/** What a context says of a person. */
export interface AskedPerson {
  /** Record ids, of whatever object. */
  ids: readonly string[];
  emails: readonly string[];
  phones: readonly PhoneNumber[];
  identifiers: readonly AskedIdentifier[];
  name: PersonName | undefined;
  company: CompanyName | undefined;
  companyId: string | undefined;
}

/** A person as an org knows them. Undefined is what whoever asks may not see, null what the org does not know. */
export interface KnownPerson extends KnownName {
  id: string;
  emails: readonly string[] | undefined;
  phones: readonly string[] | undefined;
  company: string | null | undefined;
  companyId: string | null | undefined;
  /** By field, in lower case. */
  fields: Readonly<Record<string, unknown>>;
}

const nameWords: Readonly<Record<Exclude<NameRelation, 'other'>, readonly [weight: number, text: string]>> = {
  same: [30, 'same name'],
  spelling: [26, 'same name, spelled another way'],
  order: [22, 'same name in another order'],
  more: [20, 'same name, with or without an addition'],
  initial: [16, 'same family name and initial'],
  family: [8, 'same family name'],
  given: [4, 'same family name'],
};

/** Weighs what speaks for and against a person. @returns undefined where nothing speaks for them */
export function weighPerson(asked: AskedPerson, known: KnownPerson): Evidence | undefined {
  const weighing = new Weighing();
  const isId = asked.ids.includes(known.id);
  if (isId) weighing.agree(200, 'same Salesforce id');
  const email = weighEmail(asked, known, weighing);
  const own = weighIdentifiers(asked.identifiers, known.fields, weighing);
  const phone = weighPhone(asked, known, weighing);
  const name = asked.name ? compareNames(asked.name, known) : 'unknown';
  if (name === 'other') weighing.differ(30, 'another name');
  else if (name !== 'unknown') weighing.agree(...nameWords[name]);
  if (name === 'given') weighing.differ(10, 'another first name');
  if (weighing.agrees.length === 0) return undefined;
  const company = weighCompany(asked, known, weighing);
  const isNameFit = name !== 'other' && name !== 'given';
  const isOwn = (email === 'same' || own === 'same') && isNameFit && own !== 'other';
  const isName =
    name === 'same' &&
    (email === 'unasked' || email === 'hidden') &&
    phone !== 'other' &&
    own !== 'other' &&
    (company === 'unasked' || company === 'agrees');
  return {
    agrees: weighing.agrees,
    differs: weighing.differs,
    score: weighing.score,
    sureBy: isId ? 'id' : isOwn ? 'own' : isName ? 'name' : undefined,
    hasSameName: name === 'same',
    hasOwn: email === 'same' || own === 'same',
  };
}

function weighEmail(
  { emails }: AskedPerson,
  known: KnownPerson,
  weighing: Weighing,
): 'unasked' | 'hidden' | 'unknown' | 'same' | 'like' | 'other' {
  if (emails.length === 0) return 'unasked';
  if (known.emails === undefined) return 'hidden';
  if (known.emails.length === 0) return 'unknown';
  const own = known.emails.map((email) => email.toLowerCase());
  if (own.some((email) => emails.includes(email))) {
    weighing.agree(40, 'same e-mail');
    return 'same';
  }
  if (own.some((email) => emails.map(mailboxOf).includes(mailboxOf(email)))) {
    weighing.agree(25, 'same mailbox');
    return 'like';
  }
  weighing.differ(15, 'another e-mail');
  return 'other';
}

/** Compares identifiers with the fields of a row; `unknown` where neither speaks. */
export function weighIdentifiers(
  identifiers: readonly AskedIdentifier[],
  fields: Readonly<Record<string, unknown>>,
  weighing: Weighing,
): 'same' | 'like' | 'other' | 'unknown' {
  let result: 'same' | 'like' | 'other' | 'unknown' = 'unknown';
  for (const { member, values, fields: names, form } of identifiers) {
    const known = names
      .map((field) => fields[field.toLowerCase()])
      .filter((value) => typeof value === 'string' && value);
    const relations = known.map((value) => compareIdentifier(values, value as string, form));
    if (relations.includes('same')) {
      weighing.agree(50, `same ${member}`);
      if (result !== 'other') result = 'same';
    } else if (relations.includes('like')) {
      weighing.agree(25, `similar ${member}: ${String(known[0])}`);
      if (result === 'unknown') result = 'like';
    } else if (known.length > 0) {
      weighing.differ(40, `another ${member}: ${String(known[0])}`);
      result = 'other';
    }
  }
  return result;
}

function weighPhone(
  { phones }: AskedPerson,
  known: KnownPerson,
  weighing: Weighing,
): 'unasked' | 'same' | 'other' | 'unknown' {
  if (phones.length === 0) return 'unasked';
  const own = (known.phones ?? []).flatMap((phone) => phoneNumberOf(phone) ?? []);
  if (own.length === 0) return 'unknown';
  if (own.some((phone) => phones.some((one) => isSamePhone(one, phone)))) {
    weighing.agree(20, 'same telephone number');
    return 'same';
  }
  weighing.differ(5, 'another telephone number');
  return 'other';
}

function weighCompany(
  { company, companyId }: AskedPerson,
  known: KnownPerson,
  weighing: Weighing,
): 'unasked' | 'agrees' | 'unknown' | 'differs' {
  if (companyId !== undefined && companyId === known.companyId) {
    weighing.agree(15, 'same company');
    return 'agrees';
  }
  if (company === undefined) return 'unasked';
  const own = companyNameOf(known.company);
  if (own === undefined) return 'unknown';
  const relation = compareCompanies(company, own);
  if (relation === 'same' || relation === 'formless' || relation === 'spelling') {
    weighing.agree(15, 'same company');
    return 'agrees';
  }
  if (relation === 'like') {
    weighing.agree(5, 'similar company');
    return 'unknown';
  }
  if (relation === 'form') weighing.differ(5, 'company of another legal form');
  else weighing.differ(15, 'another company');
  return 'differs';
}
