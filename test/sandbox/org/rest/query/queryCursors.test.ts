import type { SObjectRecord } from '../../../../../sandbox/org/database/orgDatabase.ts';
import { createQueryCursors } from '../../../../../sandbox/org/rest/query/queryCursors.ts';

const DAY_MS = 24 * 3_600_000;
const rows = (count: number): SObjectRecord[] =>
  Array.from({ length: count }, (_, index) => ({ attributes: { type: 'Account', url: `/${index}` } }));

describe('createQueryCursors', () => {
  it('finds a cursor for the user who opened it and nobody else', () => {
    const cursors = createQueryCursors(() => 0);
    const { id } = cursors.begin('anna').open(rows(3), 2);
    expect(id).toMatch(/^0r8\w{15}$/);
    expect(cursors.find(id, 'anna').records).toHaveLength(3);
    expect(() => cursors.find(id, 'ben')).toThrow('invalid query locator');
  });

  it('forgets a cursor two days after its last use', () => {
    let now = 0;
    const cursors = createQueryCursors(() => now);
    const { id } = cursors.begin('anna').open(rows(3), 2);
    now = 1.5 * DAY_MS;
    cursors.find(id, 'anna');
    now = 3 * DAY_MS;
    expect(cursors.find(id, 'anna').id).toBe(id);
    now = 5.5 * DAY_MS;
    expect(() => cursors.find(id, 'anna')).toThrow('invalid query locator');
  });

  it('drops the oldest of more than ten queries of one user', () => {
    const cursors = createQueryCursors(() => 0);
    const other = cursors.begin('ben').open(rows(1), 1);
    const ids = Array.from({ length: 11 }, () => cursors.begin('anna').open(rows(1), 1).id);
    expect(() => cursors.find(ids[0] ?? '', 'anna')).toThrow('invalid query locator');
    expect(cursors.find(ids[1] ?? '', 'anna').id).toBe(ids[1]);
    expect(cursors.find(other.id, 'ben').id).toBe(other.id);
  });

  it('counts all cursors of one query as one', () => {
    const cursors = createQueryCursors(() => 0);
    const query = cursors.begin('anna');
    const ids = Array.from({ length: 50 }, () => query.open(rows(1), 1).id);
    expect(ids.every((id) => cursors.find(id, 'anna').id === id)).toBe(true);
  });
});
