import fc from 'fast-check';
import { parseForm } from '../../../../sandbox/org/oauth/formBody.ts';

describe('reading a form body', () => {
  it('keeps a raw == at the end of a value', () => {
    expect(parseForm('code=aPrx.x==&redirect_uri=https://a.example/b?c=d')).toEqual(
      new Map([
        ['code', 'aPrx.x=='],
        ['redirect_uri', 'https://a.example/b?c=d'],
      ]),
    );
  });

  it.each([
    ['a=1&a=2', 'a', '1'],
    ['a=1+2', 'a', '1 2'],
    ['a=100%', 'a', '100%'],
    ['a=%zz', 'a', '%zz'],
    ['a', 'a', ''],
    ['&&a=1', 'a', '1'],
    ['%61=b', 'a', 'b'],
  ])('reads %s', (text, name, value) => {
    expect(parseForm(text).get(name)).toBe(value);
  });

  it('reads whatever URLSearchParams writes', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (fields) => {
        expect(Object.fromEntries(parseForm(new URLSearchParams(fields).toString()))).toEqual({ ...fields });
      }),
    );
  });
});
