import { isSamePhone, phoneNumberOf } from '../../src/matching/phoneNumber.ts';

describe('phoneNumberOf', () => {
  it.each([
    ['+1 (212) 555-0100', '+12125550100'],
    ['0044 20 7946 0958', '+442079460958'],
    ['tel:+44-20-7946-0958', '+442079460958'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['212 555 0100', undefined],
  ])('reads %p', (text, international) => {
    expect(phoneNumberOf(text)?.international).toBe(international);
  });

  it.each(['', 'n/a', '12', 'extension'])('finds no number in %p', (text) => {
    expect(phoneNumberOf(text)).toBeUndefined();
  });
});

it.each([
  ['+1 212 555 0100', '(212) 555-0100', true],
  ['020 7946 0958', '+44 20 7946 0958', true],
  ['+1 212 555 0100', '+1 212 555 0101', false],
  ['+1 212 555 0100', '+44 212 555 0100', false],
  ['555-0100', '+1 212 555 0100', true],
  ['550100', '+1 212 555 0100', false],
])('%s and %s reach the same telephone: %s', (one, other, isSame) => {
  expect(isSamePhone(phoneNumberOf(one)!, phoneNumberOf(other)!)).toBe(isSame);
});
