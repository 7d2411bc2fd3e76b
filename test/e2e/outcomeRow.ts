import { outcomes, type RowId } from '../../src/outcomes/outcomes.ts';
import type { Settled } from './deskPage.ts';

/** The call failed as the row says: its id, code and sentence, which may go on with where it happened. */
export function expectRow({ error }: Settled<unknown>, id: RowId): void {
  const { code, sentence } = outcomes.find((row) => row.id === id)!;
  expect(error).toMatchObject({ reason: id, code, message: expect.stringContaining(sentence) });
}
