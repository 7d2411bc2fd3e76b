import { call, type RunningRestApi, startRestApi } from '../runningRestApi.ts';

let api: RunningRestApi;
beforeAll(async () => {
  api = await startRestApi();
  for (const Name of ['Quillfeather & Co', 'Quillfeather Partners']) {
    await call(api, '/v66.0/sobjects/Account', { method: 'POST', body: { Name } });
  }
  await call(api, '/v66.0/sobjects/Contact', { method: 'POST', body: { LastName: 'Quillfeather' } });
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

const typesOf = (body: unknown): string[] =>
  (body as { searchRecords: { attributes: { type: string } }[] }).searchRecords.map(
    ({ attributes }) => attributes.type,
  );

describe('/search', () => {
  const sosl = 'FIND {Quillfeather} IN NAME FIELDS RETURNING Account(Id, Name ORDER BY Name), Contact';

  it('finds records of several objects', async () => {
    const { status, body } = await call(api, `/v66.0/search?q=${encodeURIComponent(sosl)}`);
    expect(status).toBe(200);
    expect(typesOf(body)).toEqual(['Account', 'Account', 'Contact']);
  });

  it('answers a bare list before version 37', async () => {
    const { body } = await call(api, `/v36.0/search?q=${encodeURIComponent(sosl)}`);
    expect(body).toHaveLength(3);
  });

  it('tells the labels of the fields that were asked for', async () => {
    const labelled = "FIND {Quillfeather} RETURNING Account(Id, Name), Contact WITH METADATA = 'LABELS'";
    const { body } = await call(api, `/v66.0/search?q=${encodeURIComponent(labelled)}`);
    const metadata = {
      entityMetadata: [
        {
          entityName: 'Account',
          fieldMetadata: [
            { name: 'Id', label: 'Record ID' },
            { name: 'Name', label: 'Account Name' },
          ],
        },
        { entityName: 'Contact', fieldMetadata: [] },
      ],
    };
    expect(body).toMatchObject({ metadata });
    const parameters = 'q=Quillfeather&sobject=Account&Account.fields=Id,Name&metadata=LABELS&snippet=120&offset=1';
    expect((await call(api, `/v66.0/parameterizedSearch?${parameters}`)).body).toMatchObject({
      searchRecords: [{ Name: expect.any(String) }],
      metadata: { entityMetadata: [{ entityName: 'Account' }] },
    });
  });

  it('needs a search', async () => {
    expect((await call(api, '/v66.0/search')).status).toBe(400);
    expect((await call(api, '/v66.0/search?q=FIND')).body).toMatchObject([{ errorCode: 'MALFORMED_SEARCH' }]);
  });
});

describe('/parameterizedSearch', () => {
  it('takes its text literally, by GET and POST', async () => {
    const got = await call(
      api,
      '/v66.0/parameterizedSearch?q=Quillfeather+%26+Co&sobject=Account&Account.fields=Id,Name',
    );
    expect(got.body).toMatchObject({ searchRecords: [{ Name: 'Quillfeather & Co' }] });
    const posted = await call(api, '/v66.0/parameterizedSearch', {
      method: 'POST',
      body: {
        q: 'Quillfeather',
        in: 'NAME',
        fields: ['Name'],
        sobjects: [{ name: 'Account', limit: 1 }, { name: 'Contact' }],
      },
    });
    expect(typesOf(posted.body)).toEqual(['Account', 'Contact']);
  });
});

describe('around a search', () => {
  it('suggests records by the beginning of a word', async () => {
    const { body } = await call(api, '/v66.0/search/suggestions?q=Quill&sobject=Account&limit=1');
    expect(body).toMatchObject({ autoSuggestResults: [{ Name: 'Quillfeather & Co' }], hasMoreResults: true });
    const word = await call(
      api,
      "/v66.0/search/suggestions?q=Partn&sobject=Account&Account.where=Name LIKE 'Quill%25'",
    );
    expect(word.body).toMatchObject({ autoSuggestResults: [{ Name: 'Quillfeather Partners' }] });
    expect((await call(api, '/v66.0/search/suggestions?q=Qu&sobject=Account')).status).toBe(400);
  });

  it('lists objects by use and columns by object', async () => {
    const order = await call(api, '/v66.0/search/scopeOrder');
    expect(order.body).toContainEqual({ type: 'Account', url: '/services/data/v66.0/sobjects/Account/describe' });
    const layouts = await call(api, '/v66.0/search/layout?q=Account,Contact');
    expect(layouts.body).toMatchObject([{ objectType: 'Account' }, { objectType: 'Contact' }]);
  });
});
