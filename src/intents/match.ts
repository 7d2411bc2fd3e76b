/** Rows that a context may mean. */
export interface Match<Row> {
  rows: Row[];
  /** False: even a single row was found by resemblance only, and a person should confirm it. */
  certain: boolean;
}

export const noMatch: Match<never> = { rows: [], certain: false };

/** The one row that may be opened without asking anybody. */
export function onlyRow<Row>({ rows, certain }: Match<Row>): Row | undefined {
  return certain && rows.length === 1 ? rows[0] : undefined;
}
