import { once } from 'node:events';
import { request as requestByHttp1 } from 'node:https';
import { connect, type ClientHttp2Session } from 'node:http2';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { startTestOrg, useOrg } from '../../../support/org.ts';

const org = useOrg({ contacts: 50, https: true, allowedOrigins: ['https://app.example'], corsMaxAgeSeconds: 5 });

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

let session: ClientHttp2Session;

beforeEach(async () => {
  session = connect(`https://localhost:${org.httpsPort}`, { rejectUnauthorized: false });
  await once(session, 'connect');
});
afterEach(() => session.destroy());

/** @throws when the connection ends before the whole answer is there. */
async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const stream = session.request({ ':path': path, ':method': method, ...headers });
  stream.end(body);
  const closed = once(stream, 'close').then(() => Promise.reject(new Error('The connection was ended.')));
  const [{ ':status': status, ...answered }] = (await Promise.race([once(stream, 'response'), closed])) as [
    Record<string, unknown>,
  ];
  const whole = await text(stream);
  const announced = answered['content-length'];
  if (method !== 'HEAD' && announced !== undefined && Number(announced) !== Buffer.byteLength(whole))
    throw new Error('The answer is shorter than announced.');
  return { status: Number(status), headers: answered, body: whole };
}

async function askByHttp1(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const request = requestByHttp1({ port: org.httpsPort, path, method, headers, rejectUnauthorized: false });
  request.end(body);
  const [response] = await once(request, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

it.each<[string, Asked]>([
  ['/services/data', {}],
  ['/services/data/v66.0/limits', { headers: { authorization: 'Bearer none' } }],
  ['/services/data/v66.0/composite', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
  ['/.well-known/openid-configuration', {}],
  ['/services/oauth2/token', { method: 'POST', headers: form, body: 'grant_type=refresh_token&refresh_token=none' }],
  ['/services/oauth2/authorize', {}],
  [
    '/services/data/v66.0/limits',
    {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    },
  ],
  ['/no-such-page', {}],
])('%s is answered by HTTP/2 as by HTTP/1.1', async (path, asked) => {
  const [answer, expected] = [await ask(path, asked), await askByHttp1(path, asked)];
  const ofConnection = ['connection', 'keep-alive', 'date', 'transfer-encoding', 'set-cookie', 'content-length'];
  const comparable = ({ status, headers, body }: Answer) => ({
    status,
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => !ofConnection.includes(name) && !name.startsWith(':')),
    ),
    body,
  });
  expect(comparable(answer)).toEqual(comparable(expected));
});

it('lets a browser keep the answer to a preflight for as long as the org is set to', async () => {
  const { headers } = await ask('/services/data', {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example', 'access-control-request-method': 'GET' },
  });
  expect(headers['access-control-max-age']).toBe('5');
});

it.each<[number, string, Record<string, string>]>([
  [414, `/services/data?${'a'.repeat(16_384)}`, {}],
  [431, '/services/data', { 'x-long': 'a'.repeat(16_384) }],
  [400, '//evil.example', {}],
])('answers %i by HTTP/2 too, and the next request as ever', async (status, path, headers) => {
  expect(await ask(path, { headers })).toMatchObject({
    status,
    body: expect.stringContaining(`Bad Message ${status}`),
  });
  expect((await ask('/services/data')).status).toBe(200);
});

it('counts neither the path nor the host among the headers of a request by HTTP/2', async () => {
  expect((await ask(`/services/data?${'a'.repeat(12_000)}`)).status).toBe(200);
});

it.each(['drop', 'cut-short'] as const)('breaks a connection by HTTP/2 for the fault %s', async (kind) => {
  await org.control.injectFault({ kind }, { path: '/services/data', times: 1 });
  await expect(ask('/services/data')).rejects.toThrow();
  const again = connect(`https://localhost:${org.httpsPort}`, { rejectUnauthorized: false });
  const stream = again.request({ ':path': '/services/data' });
  expect((await once(stream, 'response'))[0]).toMatchObject({ ':status': 200 });
  again.destroy();
});

it('speaks HTTP/1.1 alone where it is set to', async () => {
  const older = await startTestOrg({ contacts: 20, https: true, http2: false });
  try {
    const socket = connectTls({
      port: older.httpsPort!,
      host: '127.0.0.1',
      ALPNProtocols: ['h2', 'http/1.1'],
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect');
    expect(socket.alpnProtocol).toBe('http/1.1');
    socket.destroy();
  } finally {
    await older.stop();
  }
});
