import { call, type RunningRestApi, startRestApi } from '../runningRestApi.ts';

let api: RunningRestApi;
beforeAll(async () => {
  api = await startRestApi();
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

const base = '/services/data/v66.0';
const post = (path: string, body: unknown) => call(api, `/v66.0${path}`, { method: 'POST', body });
const createAccount = (referenceId: string, body: unknown) => ({
  method: 'POST',
  url: `${base}/sobjects/Account`,
  referenceId,
  body,
});

async function countNamed(name: string): Promise<number> {
  const { body } = await call(api, `/v66.0/query?q=SELECT COUNT() FROM Account WHERE Name = '${name}'`);
  return (body as { totalSize: number }).totalSize;
}

describe('/composite', () => {
  it('hands values of earlier answers to later requests', async () => {
    const { status, body } = await post('/composite', {
      compositeRequest: [
        createAccount('account', { Name: 'Chain Bank' }),
        {
          method: 'POST',
          url: `${base}/sobjects/Contact`,
          referenceId: 'contact',
          body: { LastName: 'Link', AccountId: '@{account.id}' },
        },
        {
          method: 'GET',
          url: `${base}/query?q=SELECT Id, Name FROM Contact WHERE AccountId = '@{account.id}'`,
          referenceId: 'found',
        },
        {
          method: 'PATCH',
          url: `${base}/sobjects/Contact/@{found.records[0].Id}`,
          referenceId: 'p',
          body: { Title: 'CFO' },
        },
      ],
    });
    expect(status).toBe(200);
    const { compositeResponse } = body as { compositeResponse: Record<string, unknown>[] };
    expect(compositeResponse).toMatchObject([
      {
        body: { success: true, errors: [] },
        httpHeaders: { Location: expect.stringMatching(/^\/services\/data\/v66\.0\/sobjects\/Account\/001/) },
        httpStatusCode: 201,
        referenceId: 'account',
      },
      { httpStatusCode: 201, referenceId: 'contact' },
      { httpStatusCode: 200, body: { totalSize: 1, records: [{ Name: 'Link' }] } },
      { httpStatusCode: 204, body: null },
    ]);
  });

  it('goes on after a failure, except for requests that need its answer', async () => {
    const { body } = await post('/composite', {
      allOrNone: false,
      compositeRequest: [
        createAccount('bad', { Site: 'nameless' }),
        { method: 'GET', url: `${base}/sobjects/Account/@{bad.id}`, referenceId: 'dependent' },
        createAccount('good', { Name: 'Goes On' }),
      ],
    });
    expect(body).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] },
        {
          httpStatusCode: 400,
          httpHeaders: {},
          body: [
            {
              errorCode: 'PROCESSING_HALTED',
              message: 'Invalid reference specified. No value for bad.id found in bad',
            },
          ],
        },
        { httpStatusCode: 201 },
      ],
    });
  });

  it('undoes everything with allOrNone', async () => {
    const { status, body } = await post('/composite', {
      allOrNone: true,
      compositeRequest: [
        createAccount('one', { Name: 'Undone' }),
        createAccount('two', {}),
        createAccount('three', { Name: 'Undone' }),
      ],
    });
    const halted = {
      errorCode: 'PROCESSING_HALTED',
      message: 'The transaction was rolled back since another operation in the same transaction failed.',
    };
    expect(status).toBe(200);
    expect(body).toMatchObject({
      compositeResponse: [
        { httpStatusCode: 400, body: [halted], referenceId: 'one' },
        { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }], referenceId: 'two' },
        { httpStatusCode: 400, body: [halted], referenceId: 'three' },
      ],
    });
    expect(await countNamed('Undone')).toBe(0);
  });

  it('lets its allOrNone decide for a collection inside', async () => {
    const records = [{ attributes: { type: 'Account' }, Name: 'Inner' }, { attributes: { type: 'Account' } }];
    const { body } = await post('/composite', {
      allOrNone: true,
      compositeRequest: [
        createAccount('outer', { Name: 'Inner' }),
        { method: 'POST', url: `${base}/composite/sobjects`, referenceId: 'list', body: { allOrNone: false, records } },
      ],
    });
    expect(JSON.stringify(body)).toContain('ALL_OR_NONE_OPERATION_ROLLED_BACK');
    expect(await countNamed('Inner')).toBe(0);
  });

  it('refuses more than 25 requests, unclear reference ids and composites inside', async () => {
    const many = Array.from({ length: 26 }, (_, index) => createAccount(`r${index}`, { Name: 'Too Many' }));
    expect(JSON.stringify((await post('/composite', { compositeRequest: many })).body)).toContain('LIMIT_EXCEEDED');
    const dotted = await post('/composite', { compositeRequest: [createAccount('x.y', { Name: 'Too Many' })] });
    expect(JSON.stringify(dotted.body)).toContain("Provided referenceId ('x.y') must start with a letter or a number");
    const nested = { method: 'POST', url: `${base}/composite`, referenceId: 'n', body: { compositeRequest: [] } };
    expect((await post('/composite', { compositeRequest: [nested] })).body).toMatchObject({
      compositeResponse: [{ httpStatusCode: 400 }],
    });
    expect((await post('/composite', { compositeRequest: [{ method: 'GET' }] })).status).toBe(400);
    expect(await countNamed('Too Many')).toBe(0);
  });

  it('takes headers for one request', async () => {
    const { body } = await post('/composite', {
      compositeRequest: [
        {
          method: 'GET',
          url: `${base}/query?q=SELECT+Id+FROM+Contact`,
          referenceId: 'q',
          httpHeaders: { 'Sforce-Query-Options': 'batchSize=200' },
        },
        { method: 'GET', url: `${base}/limits`, referenceId: 'l', httpHeaders: { Authorization: 'Bearer somebody' } },
      ],
    });
    const { compositeResponse } = body as {
      compositeResponse: { body: { records?: unknown[] }; httpStatusCode: number }[];
    };
    expect(compositeResponse[0]?.body.records).toHaveLength(200);
    expect(compositeResponse[1]?.httpStatusCode).toBe(400);
  });
});

describe('/composite/batch', () => {
  const bad = { method: 'GET', url: 'v66.0/sobjects/Nothing' };
  const good = { method: 'GET', url: 'v66.0/sobjects/Account' };

  it('answers each request by itself', async () => {
    const { status, body } = await post('/composite/batch', {
      batchRequests: [good, bad, { ...good, url: `${base}/limits` }],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 200, result: { objectDescribe: { name: 'Account' } } },
        { statusCode: 404, result: [{ errorCode: 'NOT_FOUND' }] },
        { statusCode: 200 },
      ],
    });
  });

  it('stops at the first failure when asked to', async () => {
    const { body } = await post('/composite/batch', { haltOnError: true, batchRequests: [bad, good] });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 404 }, { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] }],
    });
  });
});

describe('/composite/sobjects', () => {
  it('refuses more than 200 records', async () => {
    const records = Array.from({ length: 201 }, () => ({ attributes: { type: 'Account' }, Name: 'x' }));
    const { status, body } = await post('/composite/sobjects', { records });
    expect([status, body]).toEqual([
      400,
      [
        {
          message: 'record limit reached. cannot submit more than 200 records in this request',
          errorCode: 'EXCEEDED_ID_LIMIT',
        },
      ],
    ]);
  });

  it('answers null for records that are not there', async () => {
    const { body } = await post('/sobjects/Account', { Name: 'Readable' });
    const { id } = body as { id: string };
    const read = await call(api, `/v66.0/composite/sobjects/Account?ids=001000000000001AAA,${id}&fields=Name`);
    expect(read.body).toMatchObject([null, { Id: id, Name: 'Readable' }]);
    const posted = await post('/composite/sobjects/Account', { ids: [id], fields: ['Name'] });
    expect(posted.body).toMatchObject([{ Name: 'Readable' }]);
  });

  it('keeps the ids of changes that were rolled back', async () => {
    const { body } = await post('/sobjects/Account', { Name: 'Before' });
    const { id } = body as { id: string };
    const records = [
      { attributes: { type: 'Account' }, id, Name: 'After' },
      { attributes: { type: 'Account' }, id: '001000000000001AAA', Name: 'After' },
    ];
    const changed = await call(api, '/v66.0/composite/sobjects', {
      method: 'PATCH',
      body: { allOrNone: true, records },
    });
    expect(changed.body).toMatchObject([
      { id, success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { id: '001000000000001AAA', success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
    ]);
    expect((await call(api, `/v66.0/sobjects/Account/${id}?fields=Name`)).body).toMatchObject({ Name: 'Before' });
  });

  it('deletes by ids, all or none', async () => {
    const { body } = await post('/sobjects/Account', { Name: 'Stays' });
    const { id } = body as { id: string };
    const ids = `${id},001000000000001AAA`;
    const kept = await call(api, `/v66.0/composite/sobjects?ids=${ids}&allOrNone=true`, { method: 'DELETE' });
    expect(kept.body).toMatchObject([{ success: false }, { success: false }]);
    expect(await countNamed('Stays')).toBe(1);
    const gone = await call(api, `/v66.0/composite/sobjects?ids=${ids}`, { method: 'DELETE' });
    expect(gone.body).toMatchObject([{ id, success: true }, { success: false }]);
    expect(await countNamed('Stays')).toBe(0);
  });
});

describe('/composite/tree', () => {
  const tree = (email: string) => ({
    records: [
      {
        attributes: { type: 'Account', referenceId: 'a1' },
        Name: 'Tree Bank',
        Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c1' }, LastName: 'Leaf', Email: email }] },
      },
    ],
  });

  it('creates records with their children', async () => {
    const { status, body } = await post('/composite/tree/Account', tree('leaf@example.com'));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      hasErrors: false,
      results: [
        { referenceId: 'a1', id: expect.stringMatching(/^001/) },
        { referenceId: 'c1', id: expect.stringMatching(/^003/) },
      ],
    });
    const { body: found } = await call(api, "/v66.0/query?q=SELECT Account.Name FROM Contact WHERE LastName = 'Leaf'");
    expect(found).toMatchObject({ totalSize: 1, records: [{ Account: { Name: 'Tree Bank' } }] });
  });

  it('undoes everything when a child is refused', async () => {
    const before = await countNamed('Tree Bank');
    const { status, body } = await post('/composite/tree/Account', tree('no address'));
    expect(status).toBe(400);
    expect(body).toMatchObject({
      hasErrors: true,
      results: [{ referenceId: 'c1', errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }] }],
    });
    expect(await countNamed('Tree Bank')).toBe(before);
  });

  it('refuses a reference id given twice', async () => {
    const record = { attributes: { type: 'Account', referenceId: 'same' }, Name: 'Twice' };
    const { status, body } = await post('/composite/tree/Account', { records: [record, record] });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('Duplicate ReferenceId')]);
  });
});

describe('/composite/graph', () => {
  it('commits each graph by itself', async () => {
    const { status, body } = await post('/composite/graph', {
      graphs: [
        { graphId: 'good', compositeRequest: [createAccount('a', { Name: 'Graph Good' })] },
        { graphId: 'bad', compositeRequest: [createAccount('a', { Name: 'Graph Bad' }), createAccount('b', {})] },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      graphs: [
        { graphId: 'good', isSuccessful: true, graphResponse: { compositeResponse: [{ httpStatusCode: 201 }] } },
        { graphId: 'bad', isSuccessful: false },
      ],
    });
    expect([await countNamed('Graph Good'), await countNamed('Graph Bad')]).toEqual([1, 0]);
  });
});
