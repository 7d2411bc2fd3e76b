import { makeRecordId } from '../../src/salesforce/recordId.ts';
import type { ApiRequest } from '../../src/worker/pipeline/apiRequest.ts';
import type { TokenWorker } from '../../src/worker/tokenWorker.ts';
import { useOrg } from '../support/org.ts';
import { until } from '../support/until.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';

const limits = '/services/data/v66.0/limits';
const account: ApiRequest = {
  endpoint: '/services/data/v66.0/sobjects/Account',
  method: 'POST',
  headers: {},
  includeAuthorization: true,
  body: { kind: 'json', value: { Name: 'Acme' } },
};

describe("an app's request", () => {
  const org = useOrg({ contacts: 20 });
  let worker: TokenWorker;
  let sessionId: string;

  beforeEach(async () => {
    worker = await configuredWorker(org.url);
    ({ sessionId } = await signedInSession(worker, org.url));
    // The last of what a sign-in asks for.
    await until(async () => (await org.control.counts()).requests['POST /services/oauth2/introspect'] === 1);
    await org.control.resetCounts();
  });
  const send = (request: ApiRequest) => worker.request(sessionId, request);
  const sent = async () => Object.keys((await org.control.counts()).requests);

  it('is sent with the spaces and line breaks that a developer wrote (D4)', async () => {
    const soql = "\n  SELECT Id, Name \n  FROM Contact \n  WHERE Name != 'O\\'Neill'\n  LIMIT 3";
    for (const endpoint of [
      `/services/data/v66.0/query?q=${soql}`,
      '/services/data/v66.0/query?q=SELECT Id, Name FROM Contact LIMIT 3',
    ]) {
      expect(must(await send(get(endpoint))).body).toMatchObject({ value: { totalSize: 3 } });
    }
  });

  it.each([
    ['a line break in a header', { headers: { 'X-Note': 'a\r\nAuthorization: Bearer mine' } }, /header "X-Note"/],
    ['a header whose name holds one', { headers: { 'X\r\nAuthorization': 'x' } }, /header "X\\r\\nAuthorization"/],
    ['a letter that no header can hold', { headers: { 'X-Name': 'Łukasz' } }, /header "X-Name"/],
    ['bytes that are no base64', { body: { kind: 'bytes', base64: 'not base64!', type: 'text/plain' } }, /base64/],
    [
      'a file that is no base64',
      { body: { kind: 'multipart', parts: [{ name: 'file', base64: '%%%', type: '', fileName: 'a.txt' }] } },
      /base64/,
    ],
    [
      'a body whose type holds a line break',
      { body: { kind: 'bytes', base64: '', type: 'text/plain\r\nx: y' } },
      /no content type/,
    ],
    [
      'a body of 3,000 levels',
      { body: { kind: 'json', value: JSON.parse('['.repeat(3_000) + ']'.repeat(3_000)) as unknown } },
      /more than 256 levels deep/,
    ],
  ] satisfies [string, Partial<ApiRequest>, RegExp][])(
    'is refused for %s before anything is sent (S25, S20)',
    async (_what, change, message) => {
      expect(await send({ ...account, ...change })).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PARAMETER', message: expect.stringMatching(message) },
      });
      expect(await sent()).toEqual([]);
      must(await send(account));
    },
  );

  it("keeps the app's Accept header, whatever its case", async () => {
    for (const name of ['Accept', 'accept', 'ACCEPT']) {
      expect(must(await send({ ...get(limits), headers: { [name]: 'application/xml' } })).type).toMatch(
        /^application\/xml/,
      );
    }
  });

  it.each(['POST', 'PATCH', 'PUT'] as const)(
    'says that it is JSON with a %s that has no body, unless the app says otherwise',
    async (method) => {
      const types: (string | null)[] = [];
      const watching = await configuredWorker(org.url, {
        fetch: (input, init) => {
          if (init?.method === method && String(input).includes('/sobjects/'))
            types.push(new Headers(init.headers).get('content-type'));
          return fetch(input, init);
        },
      });
      const watched = await signedInSession(watching, org.url);
      for (const headers of [{}, { 'Content-Type': 'text/csv' }]) {
        await watching.request(watched.sessionId, {
          endpoint: account.endpoint,
          method,
          headers,
          includeAuthorization: true,
        });
      }
      expect(types).toEqual(['application/json', 'text/csv']);
    },
  );

  it("gives 300 and 304 as the refusals that they are with the vendor's package, data included (P5)", async () => {
    const paths = ['/services/data/v66.0/sobjects/Account/001A', '/services/data/v66.0/sobjects/Account/001B'];
    await org.control.answerWith({ path: '/limits$', status: 300, body: JSON.stringify(paths) });
    expect(await send(get(limits))).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_FAILED', status: 300, data: paths },
    });
    await org.control.answerWith({ path: '/limits$', status: 304 });
    expect(await send(get(limits))).toMatchObject({ ok: false, error: { code: 'REQUEST_FAILED', status: 304 } });
  });

  it('waits no shorter for a timeout longer than engines can count', async () => {
    must(await send({ ...get(limits), timeoutMs: 2 ** 40 }));
  });

  it('gets its answer as bytes on request, and errors in their own form all the same (D5)', async () => {
    const { type, body } = must(await send({ ...get(limits), answerAs: 'bytes' }));
    expect(type).toMatch(/^application\/json/);
    if (body?.kind !== 'bytes') throw new Error('bytes were asked for');
    expect(JSON.parse(atob(body.base64))).toMatchObject({ DailyApiRequests: expect.anything() });
    expect(
      await send({ ...get('/services/data/v66.0/sobjects/Account/001000000000000AAA'), answerAs: 'bytes' }),
    ).toMatchObject({ ok: false, error: { code: 'REQUEST_FAILED', data: [{ errorCode: 'NOT_FOUND' }] } });
  });

  const maintenance =
    '<html><title>Salesforce</title><h1>We are down for maintenance.</h1> Sorry for the inconvenience. We will be back shortly.</html>';
  const away = [
    ['a 503', { status: 503, body: '<html>503</html>', contentType: 'text/html' }],
    [
      'a 503 in JSON',
      { status: 503, body: '[{"errorCode":"SERVER_UNAVAILABLE","message":"The server is temporarily unavailable"}]' },
    ],
    ['a page of maintenance', { status: 200, body: maintenance, contentType: 'text/html' }],
  ] as const;

  it.each(away)('is sent once more when it reads and meets %s, and not when it writes (D6)', async (_what, answer) => {
    await org.control.answerWith({ path: '/limits$', ...answer });
    must(await send(get(limits)));
    expect((await org.control.counts()).requests[`GET ${limits}`]).toBe(2);
    await org.control.answerWith({ path: '/Account$', ...answer });
    expect(await send(account)).toMatchObject({ ok: false });
    expect((await org.control.counts()).requests[`POST ${account.endpoint}`]).toBe(1);
  });

  it('is not sent again to an org that wants to be left alone for longer than anybody waits', async () => {
    await org.control.answerWith({ path: '/limits$', status: 503, body: '', headers: { 'Retry-After': '600' } });
    expect(await send(get(limits))).toMatchObject({ ok: false, error: { reason: 'request.unavailable' } });
    expect((await org.control.counts()).requests[`GET ${limits}`]).toBe(1);
  });

  it('tells a page of maintenance from the sign-in page of a network (D6)', async () => {
    await org.control.answerWith({
      path: '/limits$',
      times: 3,
      status: 200,
      body: maintenance,
      contentType: 'text/html',
    });
    expect(await send(get(limits))).toMatchObject({
      ok: false,
      error: { reason: 'session.maintenance', message: expect.stringContaining('down for maintenance') },
    });
    await org.control.injectFault({ kind: 'captive-portal' }, { path: '/limits$' });
    expect(await send(get(limits))).toMatchObject({ ok: false, error: { reason: 'session.captivePortal' } });
  });

  describe('whose URL is longer than Salesforce takes (D7)', () => {
    const ids = (count: number): string =>
      Array.from({ length: count }, (_, index) => `'${makeRecordId('003', 1_000_000 + index)}'`).join(', ');
    const query = (soql: string): string => `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;

    it.each([700, 1_500])('is served for a query with %i ids, as the query itself would be', async (count) => {
      const one = must(await send(get(query('SELECT Id FROM Contact LIMIT 1'))));
      const known = (one.body as { value: { records: { Id: string }[] } }).value.records[0]!.Id;
      await org.control.resetCounts();
      const endpoint = query(`SELECT Id, Name FROM Contact WHERE Id IN ('${known}', ${ids(count)})`);
      const { status, type, body } = must(
        await send({ ...get(endpoint), headers: { 'Sforce-Query-Options': 'batchSize=200' } }),
      );
      expect([status, type]).toEqual([200, expect.stringMatching(/^application\/json/)]);
      expect(body).toMatchObject({
        kind: 'json',
        value: { totalSize: 1, done: true, records: [{ attributes: { type: 'Contact' }, Id: known }] },
      });
      expect(await sent()).toEqual(['POST /services/data/v66.0/composite']);
    });

    it("fails in Salesforce's own words, and is renewed for, as any query", async () => {
      const failed = await send(get(query(`SELECT Id, Nonsense__c FROM Contact WHERE Id IN (${ids(1_500)})`)));
      expect(failed).toMatchObject({
        ok: false,
        error: {
          code: 'REQUEST_FAILED',
          status: 400,
          message: expect.stringContaining('Nonsense__c'),
          data: [{ errorCode: 'INVALID_FIELD' }],
        },
      });
      await org.control.expireAccessTokens();
      must(await send(get(query(`SELECT Id FROM Contact WHERE Id IN (${ids(1_500)})`))));
    });

    it('is refused before anything is sent where it is no query, and says what to do', async () => {
      const long: Partial<ApiRequest>[] = [
        { endpoint: `/services/data/v66.0/composite/sobjects/Contact?ids=${ids(1_500)}` },
        { endpoint: `/services/data/v66.0/composite/sobjects?ids=${ids(1_500)}`, method: 'DELETE' },
        {
          endpoint: query(`SELECT Id FROM Contact WHERE Id IN (${ids(1_500)})`),
          headers: { accept: 'application/xml' },
        },
      ];
      for (const request of long) {
        expect(await send({ ...get(limits), ...request })).toMatchObject({
          ok: false,
          error: {
            code: 'INVALID_PARAMETER',
            reason: 'request.urlTooLong',
            message: expect.stringContaining('composite'),
          },
        });
      }
      expect(await sent()).toEqual([]);
    });
  });

  it('is told when the org does not have the version, which is found out once (D8)', async () => {
    const versions = async () => (await org.control.counts()).requests['GET /services/data'] ?? 0;
    const fresh = await configuredWorker(org.url);
    const session = await signedInSession(fresh, org.url);
    await org.control.resetCounts();
    for (const [endpoint, version, status, errorCode] of [
      ['/services/data/v99.0/limits', '99.0', 404, 'NOT_FOUND'],
      ['/services/data/v99.0/sobjects/Account/describe', '99.0', 404, 'NOT_FOUND'],
      ['/services/data/v20.0/limits', '20.0', 410, 'GONE'],
    ] as const) {
      expect(await fresh.request(session.sessionId, get(endpoint))).toMatchObject({
        ok: false,
        error: {
          code: 'REQUEST_FAILED',
          reason: 'request.versionMissing',
          status,
          data: [{ errorCode }],
          message: expect.stringMatching(
            new RegExp(`version ${version} of the REST API: it has 31\\.0 to 67\\.0\\. .*apiVersion`),
          ),
        },
      });
    }
    // What is missing for another reason is told as the org tells it.
    expect(await fresh.request(session.sessionId, get('/services/data/v66.0/sobjects/Nonsense'))).toMatchObject({
      ok: false,
      error: { reason: 'request.refused', data: [{ errorCode: 'NOT_FOUND' }] },
    });
    expect(await versions()).toBe(1);
  });

  it('ends in a failure of its own for an answer too deep to be handed on (S20)', async () => {
    const levels = 3_000;
    await org.control.answerWith({
      path: '/limits$',
      status: 200,
      body: '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
    });
    expect(await send(get(limits))).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_FAILED', reason: 'request.tooDeep', status: 200 },
    });
    must(await send(get(limits)));
  });
});
