import { compareCompanies, companyNameOf } from '../matching/companyName.ts';
import { decide, type Candidate, type Finding } from '../matching/evidence.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { weighPerson, type AskedPerson, type KnownPerson } from '../matching/person.ts';
import { contactRow, type ContactRow } from '../salesforce/contactRow.ts';
import { leadRow } from '../salesforce/leadRow.ts';
import { z } from '../zod.ts';
import { emailFields } from './asked.ts';
import { byIds, contactLookups } from './contactLookups.ts';
import {
  fieldsOf,
  type Found,
  type FoundRow,
  type LookedUpObject,
  type Lookup,
  type OrgLookups,
} from './orgLookups.ts';

/** A person, and the object that the record is of. */
export type PersonRow = ContactRow & { object: LookedUpObject };

const personAccountRow = z
  .looseObject({ Id: z.string(), Name: z.string().nullish(), Phone: z.string().nullish() })
  .transform(({ Id, Name, Phone }) => contactRow.parse({ Id, Name, Phone, AccountId: Id, Account: { Name } }));

/** Rows of each object as contacts. */
export function personOf(row: FoundRow): PersonRow {
  const { object } = row;
  const schema = { Contact: contactRow, Lead: leadRow, Account: personAccountRow }[object];
  return { ...schema.parse(row), object };
}

function knownPerson(row: FoundRow, person: PersonRow, identifiers: IdentifiersByObject): KnownPerson {
  const fields = fieldsOf(row);
  const visible = (names: readonly string[]): string[] | undefined => {
    const seen = names.filter((name) => fields[name.toLowerCase()] !== undefined);
    if (seen.length === 0) return undefined;
    return seen
      .map((name) => fields[name.toLowerCase()])
      .filter((value) => typeof value === 'string' && value !== '') as string[];
  };
  return {
    id: person.Id,
    name: person.Name,
    given: person.FirstName ?? '',
    family: person.LastName ?? person.Name,
    emails: visible(row.object === 'Contact' ? emailFields(identifiers) : ['Email']),
    phones: visible(['Phone', 'MobilePhone']),
    company: person.Account === undefined ? undefined : (person.Account?.Name ?? null),
    companyId: person.AccountId,
    fields,
  };
}

/** The person's record with this id, if whoever asks may see it. */
export async function readPerson(lookups: OrgLookups, id: string): Promise<PersonRow | undefined> {
  const [lookup] = byIds([id]);
  return lookup && (await lookups.rows(lookup)).map(personOf)[0];
}

/**
 * Finds who is meant: asks the org for what belongs to one record only and, unless that is beyond doubt for everybody,
 * in every other way that a person would; then weighs what it knows of each.
 *
 * @returns one finding for each who is asked for
 * @throws IntentError when the org cannot be asked
 */
export async function findContacts(
  lookups: OrgLookups,
  people: readonly AskedPerson[],
  identifiers: IdentifiersByObject,
): Promise<Finding<PersonRow>[]> {
  const plan = contactLookups(people, identifiers);
  const answers = new Map<Lookup, Found>();
  const ask = async (asked: readonly Lookup[]): Promise<void> => {
    const found = await lookups.run(asked);
    asked.forEach((lookup, at) => answers.set(lookup, found[at]!));
  };
  if (plan.own.length > 0) await ask(plan.own);
  const first = weighAll(people, answers, identifiers).map((candidates) =>
    decide(candidates, { isNameWhole: false, hasMore: false, isPreferred }),
  );
  if (first.every(({ beyondDoubt }) => beyondDoubt !== undefined)) return first;
  await ask(plan.further);
  const isWhole = (of: readonly Lookup[]): boolean => of.every((lookup) => answers.get(lookup)?.isWhole ?? true);
  const hasMore = !isWhole([...answers.keys()].filter(({ isLoose }) => !isLoose));
  return weighAll(people, answers, identifiers).map((candidates, at) =>
    decide(candidates, {
      isNameWhole: isWhole(plan.named) || isTheOneOfCompany(people[at]!, candidates, isWhole(plan.ofCompany)),
      hasMore,
      isPreferred,
    }),
  );
}

const isPreferred = ({ object }: PersonRow): boolean => object === 'Contact';

/** Weighs all that was found for each who is asked for. */
function weighAll(
  people: readonly AskedPerson[],
  answers: ReadonlyMap<Lookup, Found>,
  identifiers: IdentifiersByObject,
): Candidate<PersonRow>[][] {
  const rows = new Map([...answers.values()].flatMap((found) => found.rows).map((row) => [row.Id, row]));
  const known = [...rows.values()].map((row) => {
    const person = personOf(row);
    return [person, knownPerson(row, person, identifiers)] as const;
  });
  return people.map((asked) =>
    known.flatMap(([row, person]): Candidate<PersonRow>[] => {
      const evidence = weighPerson(asked, person);
      // Of many who are asked for, nobody is offered whose family name alone is the same.
      return evidence && (people.length === 1 || evidence.score >= fewestOfMany) ? [{ row, evidence }] : [];
    }),
  );
}

/** Where there are too many of a name, those of the company may still all be there. */
function isTheOneOfCompany(asked: AskedPerson, candidates: readonly Candidate<PersonRow>[], isWhole: boolean): boolean {
  const { company } = asked;
  if (!company || !isWhole) return false;
  const ofCompany = candidates.filter(({ row, evidence }) => {
    const own = companyNameOf(row.Account?.Name);
    return evidence.hasSameName && own !== undefined && compareCompanies(company, own) === 'same';
  });
  return ofCompany.length > 0;
}

const fewestOfMany = 15;
