/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { agoText, defineFreshnessLine, type FreshnessLine } from '../../src/live-view/freshnessLine.ts';
import type { Freshness } from '../../src/live-view/liveView.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
  defineFreshnessLine();
});
afterEach(() => {
  document.body.replaceChildren();
  jest.useRealTimers();
});

const now: Freshness = { state: 'live', message: undefined, asOf: new Date(1_000_000) };

function lineOf(freshness: Freshness) {
  const line = document.createElement('freshness-line') as FreshnessLine;
  const shown = { freshness };
  line.source = () => shown.freshness;
  document.body.append(line);
  return { line, shown };
}

it('says the state and the age, and goes on with the age by itself', () => {
  const { line } = lineOf(now);
  expect(line.textContent).toBe('Live · updated just now');
  jest.advanceTimersByTime(12_000);
  expect(line.textContent).toBe('Live · updated 12 s ago');
});

it('is read out when the state changes, and not at each tick', () => {
  const { line, shown } = lineOf(now);
  const written: string[] = [];
  const live = line.querySelector('[role=status]')!;
  const observer = new MutationObserver(() => written.push(live.textContent ?? ''));
  observer.observe(live, { childList: true, characterData: true, subtree: true });
  jest.advanceTimersByTime(30_000);
  shown.freshness = { ...now, state: 'paused', message: 'No network.' };
  jest.advanceTimersByTime(30_000);
  expect(live.textContent).toBe('Paused: No network');
  expect(observer.takeRecords().length + written.length).toBe(1);
  expect(line.textContent).toBe('Paused: No network · updated 1 min ago');
});

it('says nothing while nothing is known, and gives reasons of its own where there are none', () => {
  const { line, shown } = lineOf({ state: undefined, message: undefined, asOf: undefined });
  expect(line.textContent).toBe('');
  const said = (['delayed', 'paused', 'signedOut'] as const).map((state) => {
    shown.freshness = { state, message: undefined, asOf: undefined };
    jest.advanceTimersByTime(1_000);
    return line.textContent;
  });
  expect(said).toEqual(['Delayed: the org is busy', 'Paused: Salesforce cannot be reached', 'Signed out']);
});

it('ends its clock with its page', () => {
  const { line } = lineOf(now);
  line.remove();
  expect(jest.getTimerCount()).toBe(0);
});

it.each([
  [-1, 'just now'],
  [9_999, 'just now'],
  [10_000, '10 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [3_600_000, '1 h ago'],
])('says %d ms as people do', (age, text) => {
  expect(agoText(age)).toBe(text);
});
