import { jest } from '@jest/globals';
import { ChangeMarks } from '../../src/live-view/changeMarks.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('marks what has changed for four seconds, from the last change on', () => {
  const seen: string[] = [];
  const marks: ChangeMarks = new ChangeMarks(() => seen.push(['a', 'b'].filter((key) => marks.has(key)).join('')));
  marks.mark(['a', 'b']);
  jest.advanceTimersByTime(3_000);
  marks.mark(['a']);
  jest.advanceTimersByTime(3_000);
  expect(seen).toEqual(['ab', 'ab', 'a']);
  jest.advanceTimersByTime(1_000);
  expect(seen).toEqual(['ab', 'ab', 'a', '']);
});

it('says nothing where nothing has changed, and nothing once it is cleared', () => {
  let said = 0;
  const marks = new ChangeMarks(() => (said += 1));
  marks.mark([]);
  marks.mark(['a']);
  marks.clear();
  jest.advanceTimersByTime(10_000);
  expect([said, marks.has('a')]).toEqual([1, false]);
});
