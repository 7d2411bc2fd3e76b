import type { AskedCompany } from '../matching/company.ts';
import { tellingWords, type CompanyName } from '../matching/companyName.ts';
import type { Identifiers, IdentifiersByObject } from '../matching/identifiers.ts';
import { bareLetters, hasNoWordSpaces, skeletonOf } from '../matching/plainText.ts';
import { accountFields } from '../salesforce/accountRow.ts';
import { keyPrefixOf } from '../salesforce/recordId.ts';
import { likeContains, likeStartsWith, soql, soqlName, soqlNames, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { sosl, type SoslText } from '../salesforce/soslText.ts';
import { loose } from './contactLookups.ts';
import type { Lookup } from './orgLookups.ts';

const mostRows = 200;
/** Of the org's own search, which puts the likeliest first. */
const mostFound = 50;
const accountPrefix = '001';

/** The questions that find which company is meant. */
interface AccountLookups {
  lookups: Lookup[];
  /** Brings all of exactly that name. */
  exact: Lookup | undefined;
  /** Brings all whose names begin as that name does without its legal form. */
  begins: Lookup | undefined;
}

/** Plans what the org is asked in order to find a company: everything at once. */
export function accountLookups(
  { ids, identifiers, name }: AskedCompany,
  { Account }: IdentifiersByObject,
): AccountLookups {
  const fields = [...new Set([...accountFields, ...Object.values(Account).flatMap(({ fields: own }) => own)])];
  const where = (condition: SoqlText, needs: readonly string[] = []): Lookup => ({
    object: 'Account',
    fields,
    needs,
    most: mostRows,
    statement: (visible) =>
      soql`SELECT ${soqlNames(visible)} FROM Account WHERE ${condition} ORDER BY Name, Id LIMIT ${mostRows}`,
  });
  const find = (statement: (visible: SoqlText) => SoslText): Lookup => ({
    object: 'Account',
    fields,
    most: mostFound,
    statement: (visible) => statement(soqlNames(visible)),
  });
  const own = accountIds(ids);
  const exact = name && where(soql`Name = ${name.written}`);
  const begins = name && where(soql`Name LIKE ${likeStartsWith(name.bare)}`);
  return {
    exact,
    begins,
    lookups: [
      ...(own.length > 0 ? [where(soql`Id IN ${own}`)] : []),
      ...identifiers.flatMap(({ fields: held, values }) =>
        held.map((field) => where(soql`${soqlName(field)} IN ${values}`, [field])),
      ),
      ...(exact ? [exact] : []),
      ...(begins ? [begins] : []),
      ...(name ? [...alike(name, where, find), ...byAcronym(name, Account, where)] : []),
    ],
  };
}

/** Ids of accounts among these. */
export const accountIds = (ids: readonly string[]): string[] => ids.filter((id) => keyPrefixOf(id) === accountPrefix);

function alike(
  name: CompanyName,
  where: (condition: SoqlText) => Lookup,
  find: (statement: (visible: SoqlText) => SoslText) => Lookup,
): Lookup[] {
  const words = tellingWords(name);
  const all = words.join(' ');
  const [first, second] = words;
  return [
    // The org's own search knows accents. Words of scripts without spaces it may take apart in its own way.
    ...(all === ''
      ? []
      : [find((visible) => sosl`FIND {${all}} IN NAME FIELDS RETURNING Account(${visible} LIMIT ${mostFound})`)]),
    ...(first !== undefined && second !== undefined
      ? [
          loose(
            find(
              (visible) =>
                sosl`FIND {${first}* OR ${second}*} IN NAME FIELDS RETURNING Account(${visible} LIMIT ${mostFound})`,
            ),
          ),
        ]
      : []),
    hasNoWordSpaces(name.bare)
      ? where(soql`Name LIKE ${likeContains(name.bare)}`)
      : loose(where(soql`Name LIKE ${skeletonOf(name.bare)}`)),
  ];
}

/** A company that goes by its acronym has it as its ticker more often than not. */
function byAcronym({ bare }: CompanyName, identifiers: Identifiers, where: (condition: SoqlText) => Lookup): Lookup[] {
  if (bareLetters(bare).length > longestTicker || bare.includes(' ')) return [];
  return Object.values(identifiers)
    .filter(({ form }) => form === 'ticker')
    .flatMap(({ fields }) => fields.map((field) => where(soql`${soqlName(field)} = ${bare.toUpperCase()}`)));
}

const longestTicker = 5;
