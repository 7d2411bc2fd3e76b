import fc from 'fast-check';
import { success } from '../../src/outcomes/failure.ts';
import type { EncodedBody } from '../../src/channel/encodedBody.ts';
import { ApiRequestError, configure, connect, ParameterError } from '../../src/client/index.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { reply, startProvider, type Answers } from './scriptedProvider.ts';

async function connected(answers: Answers = {}, options?: { raw: boolean }) {
  const bus = new ChannelBus();
  configure({ fin: bus.runtime({ uuid: 'app', name: 'app' }) });
  const provider = await startProvider(bus, answers, options);
  const connection = await connect();
  const sentBody = async (data: unknown) => {
    await connection.executeApiRequest('/x', 'POST', data);
    return provider.requests('execute').at(-1)?.body as EncodedBody | undefined;
  };
  return { provider, connection, sentBody };
}

const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
const base64 = Buffer.from(bytes).toString('base64');

describe('what a request sends', () => {
  it('is a GET with authorization unless told otherwise', async () => {
    const { provider, connection } = await connected();
    await connection.executeApiRequest('/services/data/vXX.X/limits');
    expect(provider.requests('execute')).toEqual([
      {
        requestId: expect.any(String),
        sessionId: 'session-1',
        endpoint: '/services/data/vXX.X/limits',
        method: 'GET',
        headers: {},
        includeAuthorization: true,
      },
    ]);
  });

  it('has method, headers, authorization and timeout from their positions', async () => {
    const { provider, connection } = await connected();
    await connection.executeApiRequest('/x', 'PATCH', { a: 1 }, { 'If-Match': 'y' }, false, { timeout: 1000 });
    expect(provider.requests('execute')).toEqual([
      {
        requestId: expect.any(String),
        sessionId: 'session-1',
        endpoint: '/x',
        method: 'PATCH',
        headers: { 'if-match': 'y' },
        includeAuthorization: false,
        body: { kind: 'json', value: { a: 1 } },
        timeoutMs: expect.any(Number),
      },
    ]);
  });

  it('asks for bytes when the app does', async () => {
    const { provider, connection } = await connected();
    await connection.executeApiRequest('/x', 'GET', undefined, undefined, true, { answerAs: 'bytes' });
    expect(provider.requests('execute')).toMatchObject([{ answerAs: 'bytes' }]);
  });

  it('works with the function taken out of the connection', async () => {
    const {
      connection: { executeApiRequest },
    } = await connected();
    await expect(executeApiRequest('/x')).resolves.toEqual({ status: 200 });
  });

  it('takes a method in lower case, as fetch does', async () => {
    const { provider, connection } = await connected();
    await connection.executeApiRequest('/x', 'patch' as 'PATCH');
    expect(provider.requests('execute')[0]).toMatchObject({ method: 'PATCH' });
  });

  it.each<[string, unknown, Record<string, string>]>([
    ['null', null, {}],
    [
      'values that are no text',
      { 'X-PrettyPrint': 1, 'X-Flag': true, 'If-Match': undefined },
      { 'x-prettyprint': '1', 'x-flag': 'true', 'if-match': 'undefined' },
    ],
    ['a name in two cases', { 'X-Note': 'a', 'x-note': 'b' }, { 'x-note': 'a, b' }],
    ['a Headers object', new Headers({ Accept: 'application/xml' }), { accept: 'application/xml' }],
    ['pairs', [['Accept', 'application/xml']], { accept: 'application/xml' }],
  ])('takes %s for headers as fetch does', async (_, headers, sent) => {
    const { provider, connection } = await connected();
    await connection.executeApiRequest('/x', 'GET', undefined, headers as never);
    expect(provider.requests('execute')[0]).toMatchObject({ headers: sent });
  });

  it.each([
    [null, false],
    [0, false],
    ['', false],
    [1, true],
    ['yes', true],
  ])('takes %j for the authorization as %s', async (given, sent) => {
    const { provider, connection } = await connected();
    await connection.executeApiRequest('/x', 'GET', undefined, undefined, given as never);
    expect(provider.requests('execute')[0]).toMatchObject({ includeAuthorization: sent });
  });

  it.each<[string, unknown[]]>([
    ['no endpoint', []],
    ['null for the method', ['/x', null]],
    ['a number for the method', ['/x', 5]],
    ['a header whose name cannot be one', ['/x', 'GET', undefined, { 'X Y': '1' }]],
    ['a header on two lines', ['/x', 'GET', undefined, { 'X-Y': '1\r\nX-Z: 2' }]],
    ['a header beyond Latin-1', ['/x', 'GET', undefined, { 'X-Y': '東' }]],
    ['a text for the headers', ['/x', 'GET', undefined, 'X-Y: 1']],
    ['data that a GET would lose', ['/x', 'GET', { a: 1 }]],
    ['data that a HEAD would lose', ['/x', 'head', 'a=1']],
  ])('refuses %s, before anything is sent', async (_, parameters) => {
    const { provider, connection } = await connected();
    const send = connection.executeApiRequest as (...given: unknown[]) => Promise<unknown>;
    await expect(send(...parameters)).rejects.toMatchObject({ name: 'ParameterError', code: 'INVALID_PARAMETER' });
    expect(provider.requests('execute')).toEqual([]);
  });

  it('takes null for the data of a GET as none', async () => {
    const { provider, connection } = await connected();
    await connection.executeApiRequest('/x', 'GET', null);
    expect(provider.requests('execute')[0]).not.toHaveProperty('body');
  });

  it.each<[string, unknown, EncodedBody | undefined]>([
    ['nothing', undefined, undefined],
    ['a string', '<xml/>', { kind: 'text', text: '<xml/>' }],
    ['null', null, { kind: 'json', value: null }],
    [
      'an object',
      { Name: 'A', At: new Date(0), Skip: undefined },
      { kind: 'json', value: { Name: 'A', At: '1970-01-01T00:00:00.000Z' } },
    ],
    ['a list', [1, null], { kind: 'json', value: [1, null] }],
    ['a number', 5, { kind: 'json', value: 5 }],
    [
      'URL parameters',
      new URLSearchParams([
        ['a', '1'],
        ['a', '2 &'],
      ]),
      {
        kind: 'urlencoded',
        entries: [
          ['a', '1'],
          ['a', '2 &'],
        ],
      },
    ],
    ['a blob', new Blob([bytes], { type: 'image/png' }), { kind: 'bytes', base64, type: 'image/png' }],
    ['an array buffer', bytes.slice().buffer, { kind: 'bytes', base64, type: '' }],
    ['a view of a part of a buffer', bytes.subarray(65, 68), { kind: 'bytes', base64: 'QUJD', type: '' }],
    ['a data view', new DataView(bytes.buffer, 65, 3), { kind: 'bytes', base64: 'QUJD', type: '' }],
  ])('carries %s', async (_, data, expected) => {
    const { sentBody } = await connected();
    expect(await sentBody(data)).toEqual(expected);
  });

  it('carries a form with fields and files', async () => {
    const { sentBody } = await connected();
    const form = new FormData();
    form.append('entity_document', '{"Name":"A"}');
    form.append('Body', new File([bytes], 'brochure.pdf', { type: 'application/pdf' }));
    expect(await sentBody(form)).toEqual({
      kind: 'multipart',
      parts: [
        { name: 'entity_document', value: '{"Name":"A"}' },
        { name: 'Body', base64, type: 'application/pdf', fileName: 'brochure.pdf' },
      ],
    });
  });

  it('refuses what JSON cannot express, before anything is sent', async () => {
    const { provider, connection } = await connected();
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    for (const data of [circular, () => 1, Symbol('x'), 5n]) {
      await expect(connection.executeApiRequest('/x', 'POST', data)).rejects.toBeInstanceOf(ParameterError);
    }
    await expect(connection.executeApiRequest(5 as never)).rejects.toBeInstanceOf(ParameterError);
    expect(provider.requests('execute')).toEqual([]);
  });
});

describe('what a request answers', () => {
  it.each<[string, EncodedBody, string, unknown]>([
    ['an object', { kind: 'json', value: { Id: '1' } }, 'application/json', { Id: '1' }],
    ['text', { kind: 'text', text: 'a,b' }, 'text/csv', 'a,b'],
  ])('holds %s', async (_, body, type, data) => {
    const { connection } = await connected({ execute: () => reply(body, type, 201) });
    expect(await connection.executeApiRequest('/x')).toEqual({ status: 201, data, type });
  });

  it('holds bytes as an ArrayBuffer', async () => {
    const { connection } = await connected({
      execute: () => reply({ kind: 'bytes', base64, type: 'image/png' }, 'image/png'),
    });
    const { data } = await connection.executeApiRequest<ArrayBuffer>('/x');
    expect(data).toBeInstanceOf(ArrayBuffer);
    expect(new Uint8Array(data!)).toEqual(bytes);
  });

  it('holds forms as FormData', async () => {
    const answers: EncodedBody[] = [
      {
        kind: 'urlencoded',
        entries: [
          ['a', '1'],
          ['a', '2'],
        ],
      },
      {
        kind: 'multipart',
        parts: [
          { name: 'a', value: '1' },
          { name: 'file', base64, type: 'image/png', fileName: 'x.png' },
        ],
      },
    ];
    const { connection } = await connected({ execute: () => reply(answers.shift(), 'multipart/form-data') });
    const { data: urlencoded } = await connection.executeApiRequest<FormData>('/x');
    expect([...urlencoded!]).toEqual([
      ['a', '1'],
      ['a', '2'],
    ]);
    const { data: multipart } = await connection.executeApiRequest<FormData>('/x');
    const file = multipart!.get('file') as File;
    expect([multipart!.get('a'), file.name, file.type, new Uint8Array(await file.arrayBuffer())]).toEqual([
      '1',
      'x.png',
      'image/png',
      bytes,
    ]);
  });

  it('has neither data nor type without a body, and no type for empty data', async () => {
    const answers = [
      reply(undefined, undefined, 204),
      reply({ kind: 'json', value: null }, 'application/json'),
      reply({ kind: 'text', text: '' }, 'text/plain'),
    ];
    const { connection } = await connected({ execute: () => answers.shift()! });
    expect(await connection.executeApiRequest('/x')).toEqual({ status: 204 });
    expect(await connection.executeApiRequest('/x')).toEqual({ status: 200, data: null });
    expect(await connection.executeApiRequest('/x')).toEqual({ status: 200, data: '' });
  });

  it.each([null, {}, { status: 'ok' }, { status: 200, body: { kind: 'bytes', base64: '*' } }])(
    'is refused when the provider replies %p',
    async (answer) => {
      const { connection } = await connected({ execute: () => success(answer) }, { raw: true });
      await expect(connection.executeApiRequest('/x')).rejects.toMatchObject({ name: 'ApiError', code: 'INTERNAL' });
    },
  );

  it('gives back the bytes that were sent, whatever they are', async () => {
    const { connection } = await connected({ execute: ({ body }) => reply(body) });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100_000 }), async (content) => {
        const { data } = await connection.executeApiRequest<ArrayBuffer>('/x', 'POST', content);
        expect(Buffer.from(data!).equals(Buffer.from(content))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe('disconnect', () => {
  it('ends the session at the provider, once', async () => {
    const { provider, connection } = await connected();
    await connection.disconnect();
    await connection.disconnect();
    expect(provider.requests('disconnect')).toEqual([{ sessionId: 'session-1' }]);
  });

  it('makes later requests reject as in @openfin/salesforce', async () => {
    const { connection } = await connected();
    await connection.disconnect();
    const error: unknown = await connection.executeApiRequest('/x').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiRequestError);
    expect(error).toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('resolves even if the provider fails', async () => {
    const { connection } = await connected({
      disconnect: () => {
        throw new Error('broken');
      },
    });
    await expect(connection.disconnect()).resolves.toBeUndefined();
  });
});

it('expires tokens on demand', async () => {
  const { provider, connection } = await connected();
  await connection.expireTokens(true);
  await connection.expireTokens();
  expect(provider.requests('expireTokens')).toEqual([
    { sessionId: 'session-1', accessTokenOnly: true },
    { sessionId: 'session-1', accessTokenOnly: false },
  ]);
});
