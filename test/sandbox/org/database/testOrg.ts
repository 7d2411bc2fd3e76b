import { createOrgDatabase } from '../../../../sandbox/org/database/createOrgDatabase.ts';
import type { SeededOrgDatabase } from '../../../../sandbox/org/database/createOrgDatabase.ts';
import type { CallContext, SObjectRecord } from '../../../../sandbox/org/database/orgDatabase.ts';
import { OrgError } from '../../../../sandbox/org/database/orgError.ts';

/** A Wednesday. */
export const testNow = Date.parse('2026-03-11T10:00:00Z');

export interface TestOrg {
  database: SeededOrgDatabase;
  /** Sees and edits everything. */
  administrator: CallContext;
  /** Sees the own region; may not edit accounts. */
  banker: CallContext;
  clock: { now: number };
  /** Rows of a query, as the administrator. */
  select(soql: string): SObjectRecord[];
}

const system: CallContext = { user: { id: '005000000000000AAA', username: 'test', seesAll: true }, apiVersion: '66.0' };

export async function openTestOrg(contacts = 300): Promise<TestOrg> {
  const clock = { now: testNow };
  const database = await createOrgDatabase({ size: { contacts }, now: () => clock.now });
  const contextOf = (username: string, seesAll: boolean): CallContext => {
    const [row] = database.query(`SELECT Id FROM User WHERE Username = '${username}'`, system).records;
    return { user: { id: String(row?.['Id']), username, seesAll }, apiVersion: '66.0' };
  };
  const administrator = contextOf('morgan.reed@northbridge.example', true);
  const banker = contextOf('alex.chen@northbridge.example', false);
  return { database, administrator, banker, clock, select: (soql) => database.query(soql, administrator).records };
}

/** The error the work ends in; fails when it does not end in one. */
export function failureOf(work: () => unknown): {
  status: number;
  errorCode: string;
  message: string;
  fields: readonly string[] | undefined;
} {
  try {
    work();
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return { status: error.status, errorCode: error.errorCode, message: error.message, fields: error.fields };
  }
  throw new Error('nothing failed');
}
