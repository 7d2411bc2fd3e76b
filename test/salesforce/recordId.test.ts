import fc from 'fast-check';
import { isSameRecordId, keyPrefixOf, makeRecordId, normalizeRecordId } from '../../src/salesforce/recordId.ts';

const serials = fc.integer({ min: 0, max: 62 ** 7 });

describe('normalizeRecordId', () => {
  it('completes the 15-character id of the Salesforce documentation with its check characters', () => {
    expect(normalizeRecordId('001D000000IRFma')).toBe('001D000000IRFmaIAH');
  });

  it('gives an id back its case, however it was mangled', () => {
    fc.assert(
      fc.property(serials, (serial) => {
        const id = makeRecordId('001', serial);
        expect(normalizeRecordId(id.toLowerCase())).toBe(id);
        expect(normalizeRecordId(id.toUpperCase())).toBe(id);
        expect(normalizeRecordId(id.slice(0, 15))).toBe(id);
      }),
    );
  });

  it.each([
    '',
    '001',
    '001D000000IRFma1',
    '001D000000IRFmaIA!',
    '001D000000IRFmaAAA9',
    "001D000000IRF'a",
    '001D000000IRFma999',
  ])('refuses %p', (text) => {
    expect(normalizeRecordId(text)).toBeUndefined();
  });

  it('refuses a checksum that would need an upper-case digit', () => {
    expect(normalizeRecordId('001000000000000BAA')).toBeUndefined();
  });
});

describe('makeRecordId', () => {
  it('never gives two serials the same id', () => {
    fc.assert(
      fc.property(serials, serials, (left, right) => {
        expect(makeRecordId('003', left) === makeRecordId('003', right)).toBe(left === right);
      }),
    );
  });

  it('keeps the key prefix', () => {
    expect(keyPrefixOf(makeRecordId('a01', 7))).toBe('a01');
  });

  it('refuses a serial that does not fit', () => {
    expect(() => makeRecordId('003', -1)).toThrow(TypeError);
  });
});

describe('isSameRecordId', () => {
  it('sees the same record through both lengths, and no match in what is no id', () => {
    const id = makeRecordId('500', 123456);
    expect(isSameRecordId(id, id.slice(0, 15))).toBe(true);
    expect(isSameRecordId(id, makeRecordId('500', 123457))).toBe(false);
    expect(isSameRecordId('x', 'x')).toBe(false);
  });
});
