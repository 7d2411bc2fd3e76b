import { contactFields, contactRow, type ContactRow } from '../salesforce/contactRow.ts';
import { joinConditions, likeStartsWith, soql, soqlNames, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { companyNameOf } from './companyName.ts';
import type { ContactContext } from './contexts.ts';
import { noMatch, type Match } from './match.ts';
import { personNameOf } from './personName.ts';
import { recordIdInContext } from './recordIdInContext.ts';
import { MOST_CANDIDATES, type RecordQuery, type Selection } from './recordQuery.ts';

function contactsWhere(condition: SoqlText): Selection {
  return {
    fields: contactFields,
    statement: (fields) => soql`SELECT ${soqlNames(fields)} FROM Contact
    WHERE ${condition} ORDER BY Name, Id LIMIT ${MOST_CANDIDATES}`,
  };
}

/** The contact with this id, if the person may see it. */
export async function readContact(query: RecordQuery, id: string): Promise<ContactRow | undefined> {
  return (await query.select(contactsWhere(soql`Id = ${id}`), contactRow))[0];
}

const isSameText = (left: string | null | undefined, right: string | undefined): boolean =>
  left !== null &&
  left !== undefined &&
  right !== undefined &&
  left.localeCompare(right, undefined, { sensitivity: 'accent' }) === 0;

async function findByEmail(query: RecordQuery, email: string, name: string | undefined): Promise<ContactRow[]> {
  const rows = await query.selectWhereVisible(contactsWhere(soql`Email = ${email}`), contactRow);
  const named = rows.filter((row) => isSameText(row.Name, name));
  return named.length === 1 ? named : rows;
}

async function findByName(query: RecordQuery, context: ContactContext): Promise<Match<ContactRow>> {
  const name = personNameOf(context.name);
  if (name === undefined) return noMatch;
  const company = companyNameOf(context);
  const exactly = soql`Name = ${name.full}`;
  if (company !== undefined) {
    const atCompany = joinConditions('AND', [exactly, soql`Account.Name LIKE ${likeStartsWith(company)}`]);
    const rows = await query.selectWhereVisible(contactsWhere(atCompany), contactRow);
    if (rows.length > 0) return { rows, certain: true };
  }
  const rows = await query.select(contactsWhere(exactly), contactRow);
  // A contact of the right name at another company may be meant, but a person has to confirm it.
  if (rows.length > 0) return { rows, certain: company === undefined };
  if (name.first === undefined) return noMatch;
  const similar = joinConditions('AND', [
    soql`LastName = ${name.last}`,
    soql`FirstName LIKE ${likeStartsWith(firstLetter(name.first))}`,
  ]);
  return { rows: await query.select(contactsWhere(similar), contactRow), certain: false };
}

/** The first letter as a whole: one beyond the BMP takes two places in a string. */
const firstLetter = (text: string): string => [...text][0] ?? '';

/**
 * Finds the contact a context means: by Salesforce id, then e-mail, then name and company. The first way that finds
 * anything decides.
 *
 * @throws IntentError when Salesforce cannot be asked.
 */
export async function findContacts(query: RecordQuery, context: ContactContext): Promise<Match<ContactRow>> {
  const id = recordIdInContext(context.id, 'Contact');
  const byId = id === undefined ? undefined : await readContact(query, id);
  if (byId !== undefined) return { rows: [byId], certain: true };
  if (context.id.email) {
    const rows = await findByEmail(query, context.id.email, context.name);
    if (rows.length > 0) return { rows, certain: true };
  }
  return findByName(query, context);
}

/** Whether the context holds anything to find a contact by. */
export function identifiesContact(context: ContactContext): boolean {
  return recordIdInContext(context.id, 'Contact') !== undefined || Boolean(context.id.email) || Boolean(context.name);
}
