import {
  parameterizedSearchSosl,
  readSearchBody,
  readSearchParameters,
} from '../../../../../sandbox/org/rest/search/parameterizedSearch.ts';

describe('readSearchParameters', () => {
  it('turns parameters into SOSL', () => {
    const query = new URLSearchParams(
      'q=Acme&in=NAME&sobject=Account&Account.fields=Id,Name&Account.limit=10&sobject=Contact&overallLimit=30',
    );
    expect(parameterizedSearchSosl(readSearchParameters(query))).toBe(
      'FIND {Acme} IN NAME FIELDS RETURNING Account(Id, Name LIMIT 10), Contact LIMIT 30',
    );
  });

  it('refuses a search without a text', () => {
    expect(() => readSearchParameters(new URLSearchParams('sobject=Account'))).toThrow();
  });
});

const readBody = (body: unknown) => readSearchBody({ body, bodyFormat: 'json' });

describe('readSearchBody', () => {
  it('takes the text of the search literally', () => {
    const sosl = parameterizedSearchSosl(readBody({ q: 'A}) RETURNING User', sobjects: [{ name: 'Account' }] }));
    expect(sosl).toBe('FIND {A\\}\\) RETURNING User} IN ALL FIELDS RETURNING Account');
  });

  it('uses the common fields where an object has none of its own', () => {
    const search = readBody({
      q: 'Acme',
      fields: ['Id'],
      sobjects: [{ name: 'Account', where: "Industry = 'Banking'", orderBy: 'Name' }],
      defaultLimit: 5,
    });
    expect(parameterizedSearchSosl(search)).toBe(
      "FIND {Acme} IN ALL FIELDS RETURNING Account(Id WHERE Industry = 'Banking' ORDER BY Name LIMIT 5)",
    );
  });

  it('refuses names that are none', () => {
    expect(() => readBody({ q: 'x', sobjects: [{ name: 'Account(Id)' }] })).toThrow('sobjects.0.name');
  });

  it('reads lists and numbers that were written in XML', () => {
    const body = { q: 'Acme', sobjects: { name: 'Account', fields: ['Id', 'Name'], limit: '7' } };
    expect(readSearchBody({ body, bodyFormat: 'xml' })).toEqual({
      q: 'Acme',
      sobjects: [{ name: 'Account', fields: ['Id', 'Name'], limit: 7 }],
    });
  });
});
