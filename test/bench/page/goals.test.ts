import { goalsOf, isReached, type Figure } from '../../../bench/page/goals.ts';
import { report } from '../sampleReport.ts';

const figures = (work: string): Figure[] => goalsOf(report).find((goal) => goal.work === work)!.figures;

describe('what had to be reached', () => {
  it('is beside what was measured, with the side on which the limit lies', () => {
    expect(figures('one read after another, each another record')).toContainEqual({
      ...{ of: '20 ms', measured: 1.5, limit: 0.65, is: 'atMost' },
    });
    expect(figures('20 apps × the same 50 contacts')).toEqual([
      { of: '20 ms', measured: 19, limit: 20, is: 'atLeast' },
    ]);
    expect(figures('20 apps × the same 50 contacts: requests at the org')).toEqual([
      { of: '20 ms', measured: 0.15, limit: 2, is: 'atMost', unit: '%' },
    ]);
    expect(figures('500 `ViewContact` intents over 100 people')).toMatchObject([{ measured: 620, limit: 110 }]);
    expect(figures('100 apps connected')).toMatchObject([{ measured: 1.5, limit: 2 }]);
    expect(figures('an edit in one app until the others show it')).toMatchObject([{ measured: 40, limit: 33 }]);
    expect(figures('20 apps that all want one account live for an hour')).toMatchObject([{ measured: 5, limit: 5 }]);
  });

  it('counts the heap from where the first rows have been read, not from where there were none', () => {
    expect(figures('50,000 rows by the iterator')).toContainEqual({
      ...{ of: 'heap after 50,000 rows / after 10,000', measured: 1.02, limit: 1.05, is: 'atMost' },
    });
  });

  it('is not reached by what was not measured', () => {
    const [atNone] = figures('one read after another, each another record');
    expect(atNone).toMatchObject({ of: '0 ms', measured: null });
    expect(isReached(atNone!)).toBe(false);
  });

  it.each<[Figure['is'], number, boolean]>([
    ['atMost', 1, true],
    ['atMost', 1.01, false],
    ['atLeast', 1, true],
    ['atLeast', 0.99, false],
  ])('%s 1 is reached by %d: %s', (is, measured, reached) => {
    expect(isReached({ of: '', limit: 1, is, measured })).toBe(reached);
  });

  it('has a figure for every row, at every latency that was measured', () => {
    for (const goal of goalsOf(report)) expect([goal.work, goal.figures.length > 0]).toEqual([goal.work, true]);
  });
});
