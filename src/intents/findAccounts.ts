import { companyNameOf } from '../matching/companyName.ts';
import { weighCompany, type AskedCompany } from '../matching/company.ts';
import { decide, type Candidate, type Finding } from '../matching/evidence.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { accountRow, type AccountRow } from '../salesforce/accountRow.ts';
import { accountLookups } from './accountLookups.ts';
import { fieldsOf, type OrgLookups } from './orgLookups.ts';

const noIdentifiers: IdentifiersByObject = { Account: {}, Contact: {} };

/** The accounts with these ids, as far as the person may see them. */
export async function readAccounts(lookups: OrgLookups, ids: readonly string[]): Promise<AccountRow[]> {
  const [lookup] = accountLookups({ ids, identifiers: [], name: undefined }, noIdentifiers).lookups;
  return lookup ? (await lookups.rows(lookup)).map((row) => accountRow.parse(row)) : [];
}

/**
 * Finds which company is meant: asks the org in every way that a person would, and weighs what it knows of each.
 *
 * @throws IntentError when the org cannot be asked
 */
export async function findAccounts(
  lookups: OrgLookups,
  asked: AskedCompany,
  identifiers: IdentifiersByObject,
): Promise<Finding<AccountRow>> {
  const plan = accountLookups(asked, identifiers);
  const found = await lookups.run(plan.lookups);
  const of = (lookup: (typeof plan.lookups)[number] | undefined) => lookup && found[plan.lookups.indexOf(lookup)];
  const rows = new Map(found.flatMap(({ rows: some }) => some).map((row) => [row.Id, row]));
  const candidates = [...rows.values()].flatMap((row): Candidate<AccountRow>[] => {
    const account = accountRow.parse(row);
    const evidence = weighCompany(asked, { id: row.Id, name: account.Name, fields: fieldsOf(row) });
    return evidence ? [{ row: account, evidence }] : [];
  });
  const [exact, begins] = [of(plan.exact), of(plan.begins)];
  return decide(candidates, {
    // One of exactly this name is beyond doubt among however many others.
    isNameWhole: (begins?.isWhole ?? true) || (exact?.rows.length === 1 && exact.isWhole),
    hasMore: plan.lookups.some((lookup, at) => !lookup.isLoose && !found[at]!.isWhole),
  });
}

/** The same for a name alone. */
export function findAccountsByName(
  lookups: OrgLookups,
  name: string,
  identifiers: IdentifiersByObject,
): Promise<Finding<AccountRow>> {
  return findAccounts(lookups, { ids: [], identifiers: [], name: companyNameOf(name) }, identifiers);
}
