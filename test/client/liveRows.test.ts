/** Whatever the provider says of rows, and however often: what was told leads from what was there to what is. */
import fc from 'fast-check';
import { LiveRows, type LiveRow, type RowsNews } from '../../src/client/liveRows.ts';

const id = fc.constantFrom('1', '2', '3', '4', '5');
const row = fc.record({ Id: id, Name: fc.constantFrom('a', 'b', null), Level: fc.constantFrom(1, 2) });
const rows = fc.uniqueArray(row, { selector: ({ Id }) => Id });
const whole = rows.map((some): RowsNews => ({ isWhole: true, rows: some, gone: [] }));
const part = fc.record({ rows, gone: fc.uniqueArray(id) }).map((some): RowsNews => ({ isWhole: false, ...some }));
const said = fc.array(fc.oneof(whole, part), { maxLength: 30 });

/** What the rows are after news, in whatever order they stand. */
function apply(before: ReadonlyMap<string, LiveRow>, { isWhole, rows, gone }: RowsNews): Map<string, LiveRow> {
  const after = new Map(isWhole ? [] : before);
  for (const one of rows) after.set(one.Id, one);
  for (const one of gone) after.delete(one);
  return after;
}

it('tells a list of rows each difference once, names what differs, and ends with what is', () => {
  fc.assert(
    fc.property(said, (all) => {
      const live = new LiveRows({ isObject: false });
      const told = new Map<string, LiveRow>();
      let real = new Map<string, LiveRow>();
      for (const news of all) {
        for (const difference of live.take(structuredClone(news))) {
          if (difference.kind === 'created') {
            expect(told.has(difference.record.Id)).toBe(false);
            told.set(difference.record.Id, difference.record);
          } else if (difference.kind === 'updated') {
            const { record, changed } = difference;
            const before = told.get(record.Id)!;
            expect(changed).toEqual(Object.keys(record).filter((name) => before[name] !== record[name]));
            expect(changed).not.toEqual([]);
            told.set(record.Id, record);
          } else if (difference.kind === 'deleted') expect(told.delete(difference.id)).toBe(true);
        }
        real = apply(real, news);
        expect(new Map(live.records.map((one) => [one.Id, one]))).toEqual(real);
        expect(told).toEqual(real);
        if (news.isWhole) expect(live.records.map(({ Id }) => Id)).toEqual(news.rows.map(({ Id }) => Id));
        // Said once more, it is no news.
        expect(live.take(structuredClone(news))).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

it('says that rows have moved exactly when those that stayed stand in another order', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const live = new LiveRows({ isObject: false });
      live.take({ isWhole: true, rows: structuredClone(before), gone: [] });
      const differences = live.take({ isWhole: true, rows: structuredClone(after), gone: [] });
      const ids = (some: readonly LiveRow[], others: readonly LiveRow[]) =>
        some.map(({ Id }) => Id).filter((one) => others.some(({ Id }) => Id === one));
      const hasMoved = ids(before, after).join() !== ids(after, before).join();
      expect(differences.some(({ kind }) => kind === 'order')).toBe(hasMoved);
    }),
    { numRuns: 300 },
  );
});

it('remembers of an object what was told, and forgets first what it heard of first', () => {
  const live = new LiveRows({ isObject: true, fields: ['Name'] });
  const one = (index: number): LiveRow => ({ Id: String(index), Name: 'a' });
  const part = (some: LiveRow[]): RowsNews => ({ isWhole: false, rows: some, gone: [] });
  expect(live.take(part([one(0), one(1)]))).toHaveLength(2);
  expect(live.take(part([one(0)]))).toEqual([]);
  live.take(part(Array.from({ length: 9_999 }, (_, index) => one(index + 2))));
  expect(live.take(part([one(0)]))).toEqual([]);
  expect(live.take(part([one(1)]))).toMatchObject([{ kind: 'created' }]);
});
