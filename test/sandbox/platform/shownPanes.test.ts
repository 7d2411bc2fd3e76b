/** Which panes a person sees on the sample platform. */
import { panesThatFit, shownPanes } from '../../../sandbox/platform/shownPanes.ts';

const apps = ['contacts', 'account-360', 'messages'];
const shown = (records: string[], recent: string[], fit: number, own = apps): string[] =>
  [...shownPanes({ apps: own, records, recent, fit })].sort();

it('are as many as the window has room for, and one where it is narrow', () => {
  expect([375, 1199, 1200, 1440, 1920, 2560].map((width) => panesThatFit(width, 16))).toEqual([1, 1, 4, 4, 6, 8]);
  // Whoever has larger letters sees fewer.
  expect([1440, 1920].map((width) => panesThatFit(width, 24))).toEqual([1, 4]);
});

it('are the one that the person was in last, where one fits', () => {
  expect(shown(['a', 'b'], ['b', 'contacts'], 1)).toEqual(['b']);
  expect(shown(['a', 'b'], ['gone', 'contacts'], 1)).toEqual(['contacts']);
  expect(shown([], [], 1)).toEqual(['contacts']);
  expect(shown([], [], 1, [])).toEqual([]);
});

it('are all apps and the last record, however many records are open', () => {
  expect(shown(['a'], ['a'], 4)).toEqual(['a', ...apps].sort());
  expect(shown(['a', 'b', 'c'], ['b', 'c', 'a'], 4)).toEqual(['b', ...apps].sort());
  expect(shown(['a', 'b', 'c'], ['messages', 'b'], 5)).toEqual(['a', 'b', ...apps].sort());
});

it('are never more than fit, and then the apps that the person was in last', () => {
  const many = [...apps, 'fourth', 'fifth'];
  expect(shown(['a', 'b'], ['a', 'fifth', 'messages', 'fourth'], 4, many)).toEqual([
    'a',
    'fifth',
    'fourth',
    'messages',
  ]);
  expect(shown([], ['fifth'], 4, many)).toEqual(['account-360', 'contacts', 'fifth', 'messages']);
});
