import { outcomes, type OutcomeRow, type RowId } from '../../../src/outcomes/outcomes.ts';
import type { Outcome } from '../../../src/outcomes/failure.ts';
import type { Trouble } from './scene.ts';

/** One way or several to end in a row. */
export type Troubles<T extends Trouble = Trouble> = readonly [T, ...T[]];

/** First part of the ids of rows that belong together. */
export type Group = RowId extends `${infer Prefix}.${string}` ? Prefix : never;

/** A case for every row of a group: one that is missing does not compile. */
export type CasesOf<Prefix extends Group, T extends Trouble = Trouble> = {
  [Id in Extract<RowId, `${Prefix}.${string}`>]: Troubles<T>;
};

export function rowOf(id: string): OutcomeRow<RowId> {
  const row = outcomes.find((candidate) => candidate.id === id);
  if (!row) throw new Error(`The table has no row ${id}`);
  return row;
}

export const oneOf = <T extends { when?: string }>(troubles: readonly T[], { when }: T): string =>
  troubles.length > 1 && when ? when : '';

/** The failure that the row stands for, told to a person in the table's sentence unless Salesforce's own is due. */
export function expectRow(outcome: Outcome<unknown>, row: OutcomeRow, message: string | RegExp = row.sentence): void {
  const told = typeof message === 'string' ? message : expect.stringMatching(message);
  expect(outcome).toMatchObject({ ok: false, error: { reason: row.id, code: row.code, message: told } });
}
