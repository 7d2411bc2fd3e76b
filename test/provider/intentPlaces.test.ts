/** How often an app may put before a person what they have put aside. */
import { createIntentPlaces } from '../../src/provider/intentPlaces.ts';

function open() {
  const time = { now: 1_000_000 };
  const places = createIntentPlaces({ recordViewsPerApp: 4, recordViews: 12 }, () => time.now);
  const bring = (app = 'Blotter'): boolean => places.bringToFront(app).ok;
  return { time, bring };
}

it('lets a person go back and forth between what is open', () => {
  const { time, bring } = open();
  for (let count = 0; count < 8; count += 1) {
    expect(bring()).toBe(true);
    time.now += 500;
  }
  time.now += 120_000;
  for (let count = 0; count < 8; count += 1) expect(bring()).toBe(true);
});

it('lets no app take the focus again and again, and all others be', () => {
  const { time, bring } = open();
  let taken = 0;
  for (let second = 0; second < 600; second += 1) {
    if (bring()) taken += 1;
    time.now += 1_000;
  }
  expect(taken).toBeLessThanOrEqual(8 + 600 / 15);
  while (bring()) taken += 1;
  expect(bring('Chat')).toBe(true);
});

it('keeps nobody waiting for a clock that was set back', () => {
  const { time, bring } = open();
  expect(bring()).toBe(true);
  time.now -= 900_000;
  expect(bring()).toBe(true);
});
