import fc from 'fast-check';
import { fillApiVersion, fillApiVersionInBody } from '../../src/salesforce/apiVersionPlaceholder.ts';

describe('fillApiVersion', () => {
  it.each([
    ['/services/data/vXX.X/limits', '/services/data/v66.0/limits'],
    ['services/data/vxx.x/limits', '/services/data/v66.0/limits'],
    ['/Services/Data/vXX.X/query?q=vXX.X', '/Services/Data/v66.0/query?q=vXX.X'],
    ['/services/data/v60.0/limits', '/services/data/v60.0/limits'],
    ['/services/apexrest/vXX.X/mine', '/services/apexrest/vXX.X/mine'],
    ['/services/data', '/services/data'],
  ])('makes %s to %s', (path, filled) => {
    expect(fillApiVersion(path, '66.0')).toBe(filled);
  });
});

describe('fillApiVersionInBody', () => {
  const composite = '/services/data/v66.0/composite/batch';

  it('fills the first placeholder of every string of a composite body and leaves the given body alone', () => {
    const body = {
      batchRequests: [
        { method: 'GET', url: 'vXX.X/limits' },
        { url: 'VXX.x/a/vXX.X', richInput: null },
      ],
      haltOnError: false,
    };
    const before = structuredClone(body);
    expect(fillApiVersionInBody(composite, body, '66.0')).toEqual({
      batchRequests: [
        { method: 'GET', url: 'v66.0/limits' },
        { url: 'v66.0/a/vXX.X', richInput: null },
      ],
      haltOnError: false,
    });
    expect(body).toEqual(before);
  });

  it.each([undefined, null, 3, ''])('passes %p through', (body) => {
    expect(fillApiVersionInBody(composite, body, '66.0')).toBe(body);
  });

  it('does not look into the body of another request', () => {
    const body = { Description: 'about vXX.X' };
    expect(fillApiVersionInBody('/services/data/v66.0/sobjects/Account', body, '66.0')).toBe(body);
  });

  it('changes nothing else in any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(fillApiVersionInBody(composite, value, '66.0'))).toBe(
          JSON.stringify(value).replaceAll(/vXX\.X/gi, 'v66.0'),
        );
      }),
    );
  });
});
