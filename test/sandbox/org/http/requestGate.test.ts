import { useOrg } from '../../../support/org.ts';
import { sendRaw } from '../../../support/rawRequest.ts';

const org = useOrg({ contacts: 50, sso: true });

const get = (target: string, headers = 'Host: localhost'): string =>
  `GET ${target} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`;
const badMessage = (status: number, reason: string): string =>
  `<h1>Bad Message ${status}</h1><pre>reason: ${reason}</pre>`;
const ports = (): number[] => [org.port, Number(new URL(org.ssoUrl ?? '').port)];

describe('a request that is none', () => {
  it.each([
    get('//'),
    get('//evil.example'),
    get('/\\evil.example'),
    get('http://'),
    get('http://[::1'),
    get('http://localhost//services/data'),
    get('services/data'),
    get('*'),
    get('/services/data', 'Host: localhost:99999'),
    get('/services/data', 'Host: localhost:port'),
    get('/services/data', 'Host: user@localhost'),
    get('/services/data', 'Host: localhost/services'),
    get('/services/data', 'Host: ex%ample'),
    get('/services/data', 'Host: localhost\r\nHost: evil.example'),
    get('/services/data', 'Bad Header: x'),
  ])('as %j, is answered 400, and the next one as ever', async (request) => {
    for (const port of ports()) {
      const { status, body } = await sendRaw(port, request);
      expect({ status, body }).toEqual({ status: 400, body: badMessage(400, 'Bad Request') });
    }
    expect((await fetch(`${org.url}/services/data`)).status).toBe(200);
  });

  it.each(['\x16\x03\x01\x02\x00', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n'])(
    'and not even HTTP, as %j, is answered 400',
    async (text) => {
      expect((await sendRaw(org.port, text)).status).toBe(400);
    },
  );

  it.each([
    '/services/data/%',
    '/services/data/v66.0/%E0%A4%A',
    '/services/oauth2/authorize?%',
    '/id/%/%',
    '/setup/connect?user_code=%',
    '/lightning/r/Contact/%E0/view',
    '/%00',
    '/;',
  ])('because of its percent signs, as %s, ends in no fault of the org', async (target) => {
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS', 'DELETE']) {
      const { status } = await sendRaw(org.port, get(target).replace('GET', method));
      expect({ method, isFault: status >= 500 }).toEqual({ method, isFault: false });
    }
  });

  it('is understood in the absolute form of a proxy', async () => {
    const { status, body } = await sendRaw(org.port, get('http://localhost/services/data'));
    expect(status).toBe(200);
    expect(body).toContain('"version"');
  });
});

describe('a request that is too large', () => {
  const path = '/services/data/v66.0/query?q=';
  const long = (bytes: number): string => path + 'a'.repeat(bytes - path.length);

  it("is told that its URL is, in Salesforce's HTML", async () => {
    for (const bytes of [16_385, 100_000, 1_000_000]) {
      const { status, body, headers } = await sendRaw(org.port, get(long(bytes)));
      expect({ bytes, status, body }).toEqual({ bytes, status: 414, body: badMessage(414, 'URI Too Long') });
      expect(headers).toMatch(/content-type: text\/html/i);
    }
  });

  it('is told that URL and headers are, together', async () => {
    const cookie = `Host: localhost\r\nCookie: a=${'b'.repeat(8_000)}`;
    for (const [url, headers] of [
      [long(16_384), 'Host: localhost'],
      [long(9_000), cookie],
      ['/', cookie.replace('b', 'b'.repeat(9_000))],
      ['/', cookie.replace('b', 'b'.repeat(1_100_000))],
    ]) {
      const { status, body } = await sendRaw(org.port, get(url ?? '', headers));
      expect({ status, body }).toEqual({ status: 431, body: badMessage(431, 'Request Header Fields Too Large') });
    }
  });

  it('is not when it stays just below', async () => {
    const room = 16_384 - 'Host: localhost\r\nConnection: close\r\n'.length;
    const { status } = await sendRaw(org.port, get(long(room)));
    expect(status).toBe(401);
  });
});
