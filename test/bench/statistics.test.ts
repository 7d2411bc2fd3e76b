import fc from 'fast-check';
import { quantile, ratio, rounded, spreadOf } from '../../bench/statistics.ts';

describe('spreadOf', () => {
  it('is the middle value of an odd number of samples, in whatever order they came', () => {
    expect(spreadOf([9, 1, 5, 3, 7])).toEqual({ median: 5, p25: 3, p75: 7 });
  });

  it('lies between the two middle values of an even number', () => {
    expect(spreadOf([10, 20, 30, 40])).toEqual({ median: 25, p25: 17.5, p75: 32.5 });
  });

  it('is the one sample there is', () => {
    expect(spreadOf([4])).toEqual({ median: 4, p25: 4, p75: 4 });
  });

  it('is not moved by one round that a busy machine spoilt', () => {
    expect(spreadOf([10, 11, 12, 13, 9_000])).toMatchObject({ median: 12, p75: 13 });
  });

  it('leaves the samples as they were', () => {
    const samples = [3, 1, 2];
    spreadOf(samples);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('refuses to make a number out of nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('has its share of the samples below it, within one, and grows with the share', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (samples, share) => {
        const value = quantile(samples, share);
        const below = samples.filter((sample) => sample < value).length;
        expect(below).toBeLessThanOrEqual(Math.ceil((samples.length - 1) * share));
        expect(quantile(samples, 0)).toBe(Math.min(...samples));
        expect(quantile(samples, 1)).toBe(Math.max(...samples));
        expect(value).toBeLessThanOrEqual(quantile(samples, Math.min(1, share + 0.1)) + 1e-9);
      }),
    );
  });
});

describe('ratio', () => {
  it('says how many times as much', () => {
    expect(ratio(3, 2)).toBe(1.5);
    expect(ratio(10, 3)).toBe(3.33);
  });

  it('is null where one of the two was not measured', () => {
    expect(ratio(null, 2)).toBeNull();
    expect(ratio(2, null)).toBeNull();
    expect(ratio(2, 0)).toBeNull();
  });
});

it('rounds to two decimals', () => {
  expect([rounded(1.005_1), rounded(2), rounded(0.333_3)]).toEqual([1.01, 2, 0.33]);
});
