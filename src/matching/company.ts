import { commonPart, compareCompanies, companyNameOf, type CompanyName, type CompanyRelation } from './companyName.ts';
import { Weighing, type Evidence } from './evidence.ts';
import { weighIdentifiers, type AskedIdentifier } from './person.ts';

/** What a context says of a company. */
export interface AskedCompany {
  /** Record ids, of whatever object. */
  ids: readonly string[];
  identifiers: readonly AskedIdentifier[];
  name: CompanyName | undefined;
}

/** A company as an org knows it. */
export interface KnownCompany {
  id: string;
  name: string;
  /** By field, in lower case. */
  fields: Readonly<Record<string, unknown>>;
}

const nameWords: Readonly<
  Record<Exclude<CompanyRelation, 'other' | 'form' | 'like'>, readonly [weight: number, text: string]>
> = {
  same: [30, 'same name'],
  formless: [26, 'same name but for the legal form'],
  spelling: [24, 'same name, spelled another way'],
};

/** Weighs what speaks for and against a company. @returns undefined where nothing speaks for it */
export function weighCompany(asked: AskedCompany, known: KnownCompany): Evidence | undefined {
  const weighing = new Weighing();
  const isId = asked.ids.includes(known.id);
  if (isId) weighing.agree(200, 'same Salesforce id');
  const own = weighIdentifiers(asked.identifiers, known.fields, weighing);
  const knownName = companyNameOf(known.name);
  const name = asked.name && knownName ? compareCompanies(asked.name, knownName) : 'unknown';
  if (name === 'form') {
    weighing.agree(15, 'same name');
    weighing.differ(5, 'another legal form');
  } else if (name === 'like') weighing.agree(6 + 14 * commonPart(asked.name!, knownName!), 'similar name');
  else if (name === 'other') weighing.differ(30, 'another name');
  else if (name !== 'unknown') weighing.agree(...nameWords[name]);
  if (weighing.agrees.length === 0) return undefined;
  const isOwn = own === 'same' && name !== 'other' && name !== 'form';
  const isName = (name === 'same' || name === 'formless') && own !== 'other';
  return {
    agrees: weighing.agrees,
    differs: weighing.differs,
    score: weighing.score,
    sureBy: isId ? 'id' : isOwn ? 'own' : isName ? 'name' : undefined,
    hasSameName: name === 'same',
    hasOwn: own === 'same',
  };
}
