import { addressWithCode, groupsOf, minutesAndSeconds } from '../../../src/provider/deviceFlow/userCode.ts';

describe('a user code', () => {
  it.each([
    ['HJ2WKL9P', ['HJ2W', 'KL9P']],
    ['HJ2WKL9', ['HJ2W', 'KL9']],
    ['WDJB-MJHT', ['WDJB', 'MJHT']],
  ])('%s is read in groups', (code, groups) => {
    expect(groupsOf(code)).toEqual(groups);
  });

  it("goes into the org's address, whatever is there already", () => {
    expect(addressWithCode('https://acme.my.salesforce.com/setup/connect', 'HJ2WKL9P')).toBe(
      'https://acme.my.salesforce.com/setup/connect?user_code=HJ2WKL9P',
    );
    expect(addressWithCode('https://acme.my.salesforce.com/x?a=1&user_code=old', 'N')).toBe(
      'https://acme.my.salesforce.com/x?a=1&user_code=N',
    );
  });

  it.each([
    [600_000, '10:00'],
    [65_001, '1:06'],
    [5_000, '0:05'],
    [1, '0:01'],
    [0, '0:00'],
    [-5, '0:00'],
  ])('has %i ms left, shown as %s', (ms, text) => {
    expect(minutesAndSeconds(ms)).toBe(text);
  });
});
