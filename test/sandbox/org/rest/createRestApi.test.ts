import { gzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import {
  administratorToken,
  bankerToken,
  call,
  organizationId,
  type RunningRestApi,
  startRestApi,
} from './runningRestApi.ts';

let api: RunningRestApi;
beforeAll(async () => {
  api = await startRestApi();
});
afterAll(async () => {
  await api.close();
  expect(api.unexpected).toEqual([]);
});

describe('calling the REST API', () => {
  it('lists versions without a token', async () => {
    const { status, body } = await call(api, '', { headers: { Authorization: '' } });
    expect(status).toBe(200);
    expect(body).toContainEqual({ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' });
  });

  it('names the resources and the identity of the caller', async () => {
    const { body } = await call(api, '/v66.0/', { headers: { Authorization: `OAuth ${bankerToken}` } });
    expect(body).toMatchObject({
      query: '/services/data/v66.0/query',
      identity: `${api.url}/id/${organizationId}/${api.banker.id}`,
    });
  });

  it.each([
    ['without a token', ''],
    ['with an unknown token', 'Bearer nobody'],
  ])('is refused %s', async (_how, authorization) => {
    const { status, body, headers } = await call(api, '/v66.0/limits', { headers: { Authorization: authorization } });
    expect(status).toBe(401);
    expect(body).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    expect(headers.get('www-authenticate')).toBe('Token');
  });

  it('is refused with another authentication scheme', async () => {
    const { status, body } = await call(api, '/v66.0/limits', { headers: { Authorization: 'Basic YTpi' } });
    expect([status, body]).toEqual([401, [{ message: 'INVALID_HEADER_TYPE', errorCode: 'INVALID_AUTH_HEADER' }]]);
  });

  it('is refused with a token that has no API scope', async () => {
    const { status, body } = await call(api, '/v66.0/limits', { headers: { Authorization: 'Bearer identity-only' } });
    expect(status).toBe(401);
    expect(JSON.stringify(body)).toContain('not valid for use with the REST API');
  });

  it('counts calls', async () => {
    const used = async (): Promise<number> => {
      const { headers } = await call(api, '/v66.0/limits');
      return Number(/^api-usage=(\d+)\/15000$/.exec(headers.get('sforce-limit-info') ?? '')?.[1]);
    };
    const before = await used();
    expect(await used()).toBe(before + 1);
    // Each part of a batch counts by itself, those of a composite request do not.
    const url = '/services/data/v66.0/limits';
    const batchRequests = Array.from({ length: 3 }, () => ({ method: 'GET', url: 'v66.0/limits' }));
    await call(api, '/v66.0/composite/batch', { method: 'POST', body: { batchRequests } });
    expect(await used()).toBe(before + 5);
    const compositeRequest = ['a', 'b', 'c'].map((referenceId) => ({ method: 'GET', url, referenceId }));
    await call(api, '/v66.0/composite', { method: 'POST', body: { compositeRequest } });
    expect(await used()).toBe(before + 7);
  });

  it.each([
    '/v99.0/limits',
    '/v66.0/nothing',
    '/v66.0/sobjects/Nothing',
    '/v66.0/sobjects/Nothing/describe',
    '/vX/limits',
  ])('answers 404 for %s', async (path) => {
    const { status, body } = await call(api, path);
    expect(status).toBe(404);
    expect(body).toEqual([{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]);
  });

  it('answers 410 for a retired version', async () => {
    expect((await call(api, '/v30.0/limits')).status).toBe(410);
  });

  it('names the allowed methods', async () => {
    const { status, body, headers } = await call(api, '/v66.0/query', { method: 'POST', body: {} });
    expect(status).toBe(405);
    expect(body).toEqual([
      { message: "HTTP Method 'POST' not allowed. Allowed are HEAD,GET", errorCode: 'METHOD_NOT_ALLOWED' },
    ]);
    expect(headers.get('allow')).toBe('HEAD,GET');
    const row = await call(api, '/v66.0/sobjects/Account', { method: 'DELETE' });
    expect(JSON.stringify(row.body)).toContain('Allowed are HEAD,GET,POST"');
  });

  it('refuses bodies of other media types and broken JSON', async () => {
    const form = await call(api, '/v66.0/sobjects/Account', {
      method: 'POST',
      body: 'Name=x',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect([form.status, form.body]).toMatchObject([415, [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }]]);
    const broken = await call(api, '/v66.0/sobjects/Account', { method: 'POST', body: '{"Name":}' });
    expect([broken.status, broken.body]).toMatchObject([400, [{ errorCode: 'JSON_PARSER_ERROR' }]]);
    const none = await call(api, '/v66.0/sobjects/Account', { method: 'POST' });
    expect(none.body).toEqual([
      {
        message: 'The HTTP entity body is required, but this request has no entity body.',
        errorCode: 'JSON_PARSER_ERROR',
      },
    ]);
    const list = await call(api, '/v66.0/sobjects/Account', { method: 'POST', body: [] });
    expect(JSON.stringify(list.body)).toContain('Can not deserialize SObject out of START_ARRAY token');
  });

  it('answers JSON by suffix, trailing slash and HEAD alike', async () => {
    expect((await call(api, '/v66.0/limits.json')).body).toHaveProperty('DailyApiRequests.Max', 15000);
    expect((await call(api, '/v66.0/limits/')).status).toBe(200);
    const head = await call(api, '/v66.0/limits', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toBe('application/json;charset=UTF-8');
  });

  it('answers XML by suffix and by Accept', async () => {
    const bySuffix = await call(api, '/v66.0/query.xml?q=SELECT+Name+FROM+Account+LIMIT+1');
    expect(bySuffix.headers.get('content-type')).toBe('application/xml;charset=UTF-8');
    expect(bySuffix.text).toMatch(/<QueryResult>.*<records type="Account" url=".*"><Name>[^<]+<\/Name><\/records>/);
    const error = await call(api, '/v66.0/sobjects/Nothing', { headers: { Accept: 'application/xml' } });
    expect(error.text).toContain(
      '<Errors><Error><message>The requested resource does not exist</message><errorCode>NOT_FOUND</errorCode></Error></Errors>',
    );
  });

  it('takes XML records', async () => {
    const created = await call(api, '/v66.0/sobjects/Account', {
      method: 'POST',
      body: '<Account><Name>Xml Partners</Name><NumberOfEmployees>12</NumberOfEmployees></Account>',
      headers: { 'Content-Type': 'application/xml', Accept: 'application/xml' },
    });
    expect(created.status).toBe(201);
    expect(created.text).toMatch(/<Result><id>001\w{15}<\/id><success>true<\/success>/);
    const { body } = await call(api, "/v66.0/query?q=SELECT+NumberOfEmployees+FROM+Account+WHERE+Name='Xml Partners'");
    expect(body).toMatchObject({ records: [{ NumberOfEmployees: 12 }] });
  });

  it('compresses answers and takes compressed bodies', async () => {
    const url = new URL(`${api.url}/services/data/v66.0/sobjects`);
    const encoding = await new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${bankerToken}`, 'Accept-Encoding': 'gzip' };
      httpRequest(url, { headers }, (response) => resolve(response.resume().headers['content-encoding']))
        .on('error', reject)
        .end();
    });
    expect(encoding).toBe('gzip');
    const response = await fetch(`${api.url}/services/data/v66.0/sobjects/Account`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${administratorToken}`,
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      },
      body: new Uint8Array(gzipSync('{"NotAField":1}')),
    });
    expect(await response.json()).toEqual([
      { message: "No such column 'NotAField' on sobject of type Account", errorCode: 'INVALID_FIELD' },
    ]);
  });

  it('lets POST stand for PATCH', async () => {
    const { body } = await call(api, '/v66.0/sobjects/Account', { method: 'POST', body: { Name: 'Override Ltd' } });
    const { id } = body as { id: string };
    const changed = await call(api, `/v66.0/sobjects/Account/${id}?_HttpMethod=PATCH`, {
      method: 'POST',
      body: { Site: 'Leeds' },
    });
    expect([changed.status, changed.text]).toEqual([204, '']);
    expect((await call(api, `/v66.0/sobjects/Account/${id}?fields=Site`)).body).toMatchObject({ Site: 'Leeds' });
  });

  it('leaves other paths alone', async () => {
    const response = await fetch(`${api.url}/services/database`);
    expect([response.status, await response.text()]).toEqual([404, 'Not Found']);
  });
});

describe('a small allowance', () => {
  it("refuses calls when the day's calls are used up", async () => {
    const small = await startRestApi({ dailyApiRequests: 1 });
    await call(small, '/v66.0/limits');
    const { status, body } = await call(small, '/v66.0/limits');
    await small.close();
    expect([status, body]).toEqual([
      403,
      [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ]);
  });
});
