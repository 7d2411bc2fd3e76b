import { defaultConsumerKey } from '../../../../../sandbox/org/oauth/defaultClients.ts';
import { startTestOrg, type TestOrg } from '../../../../support/org.ts';
import { obtainTokens, refresh } from '../../../../support/orgBrowser.ts';
import type { Fault, FaultPlace } from '../../../../../sandbox/org/control/controlClient.ts';

const page = 'http://localhost:7072';

describe('faults on demand', () => {
  let org: TestOrg;
  let token: string;

  beforeAll(async () => {
    org = await startTestOrg({ contacts: 50, allowedOrigins: [page] });
    token = (await obtainTokens(org.url))['access_token'] ?? '';
  });
  afterAll(() => org.stop());
  afterEach(() => org.control.clearFaults());

  const limits = (init: RequestInit = {}): Promise<Response> =>
    fetch(`${org.url}/services/data/v66.0/limits`, {
      redirect: 'manual',
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        origin: page,
        'accept-encoding': 'identity',
        ...(init.headers as Record<string, string>),
      },
    });
  const inject = (fault: Fault, where: FaultPlace = { endpoint: 'rest' }): Promise<string> =>
    org.control.injectFault(fault, where);

  it('limits the rate with Retry-After, in the words of the endpoint', async () => {
    await inject({ kind: 'rate-limit', retryAfterSeconds: 7 });
    const rest = await limits();
    expect([rest.status, rest.headers.get('retry-after')]).toEqual([429, '7']);
    expect(rest.headers.get('access-control-allow-origin')).toBe(page);
    expect(await rest.json()).toEqual([
      { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
    ]);
    await inject({ kind: 'rate-limit' }, { endpoint: 'token' });
    const oauth = await refresh(org.url, 'any');
    expect([oauth.status, oauth.body['error'], oauth.headers.get('retry-after')]).toEqual([
      429,
      'rate_limit_exceeded',
      null,
    ]);
  });

  it('fails as HTML or JSON, once, so often, or until cleared', async () => {
    await inject({ kind: 'server-error', status: 502 });
    const html = await limits();
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html;charset=UTF-8']);
    await inject({ kind: 'server-error', status: 500, as: 'json' }, { endpoint: 'rest', times: 2 });
    expect(await (await limits()).json()).toMatchObject([{ errorCode: 'UNKNOWN_EXCEPTION' }]);
    expect([(await limits()).status, (await limits()).status]).toEqual([500, 200]);
    const id = await inject({ kind: 'server-error' }, { endpoint: 'rest', times: 'always' });
    for (let count = 0; count < 4; count += 1) expect((await limits()).status).toBe(503);
    await org.control.clearFaults(id);
    expect((await limits()).status).toBe(200);
  });

  it('concerns the named endpoint, path and method only', async () => {
    await inject({ kind: 'server-error' }, { endpoint: 'rest', path: '/query$', method: 'POST', times: 'always' });
    expect((await limits()).status).toBe(200);
    expect((await refresh(org.url, 'any')).status).toBe(400);
  });

  it('hangs until released, and then answers', async () => {
    const id = await inject({ kind: 'hang' });
    let isAnswered = false;
    const hanging = limits().then((response) => {
      isAnswered = true;
      return response.status;
    });
    for (let count = 0; count < 3; count += 1) expect((await limits()).status).toBe(200);
    expect(isAnswered).toBe(false);
    await org.control.clearFaults(id);
    expect(await hanging).toBe(200);
  });

  it('does nothing for a client that no longer waits', async () => {
    const { refresh_token: refreshToken = '' } = await obtainTokens(org.url);
    await org.control.resetCounts();
    const id = await inject({ kind: 'hang' }, { endpoint: 'token' });
    const impatient = new AbortController();
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: defaultConsumerKey,
      refresh_token: refreshToken,
    });
    const asked = fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body, signal: impatient.signal });
    while (!('POST /services/oauth2/token' in (await org.control.counts()).requests));
    impatient.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect((await refresh(org.url, refreshToken)).status).toBe(200);
    await org.control.clearFaults(id);
    expect((await org.control.counts()).tokenRequests).toEqual({ refresh_token: 1 });
  });

  it('ends the connection in the middle of an answer', async () => {
    await inject({ kind: 'cut-short' });
    const response = await limits();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('plays a captive portal, to which CORS means nothing', async () => {
    await inject({ kind: 'captive-portal' });
    const response = await limits();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.text()).toContain('Guest Wi-Fi');
  });

  it('answers with broken, empty, huge and mislabelled bodies', async () => {
    await inject({ kind: 'malformed-json' });
    await expect((await limits()).json()).rejects.toThrow('JSON');
    await inject({ kind: 'empty' });
    expect(await (await limits()).text()).toBe('');
    await inject({ kind: 'oversize', bytes: 3_000_000 });
    expect(await (await limits()).text()).toHaveLength(3_000_000);
    await inject({ kind: 'wrong-type', contentType: 'text/plain' });
    const mislabelled = await limits();
    expect(mislabelled.headers.get('content-type')).toBe('text/plain');
    expect(await mislabelled.json()).toHaveProperty('DailyApiRequests');
  });

  it.each([301, 302, 307] as const)('redirects to another origin with %d', async (status) => {
    await inject({ kind: 'redirect', status, to: 'https://elsewhere.example/x' });
    const response = await limits();
    expect([response.status, response.headers.get('location')]).toEqual([status, 'https://elsewhere.example/x']);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
  });

  it('names a foreign instance or identity in a token answer', async () => {
    const { refresh_token: refreshToken = '' } = await obtainTokens(org.url);
    await inject(
      { kind: 'change-members', members: { instance_url: 'https://evil.example', id: null } },
      { endpoint: 'token' },
    );
    const { body } = await refresh(org.url, refreshToken);
    expect(body['instance_url']).toBe('https://evil.example');
    expect(body).not.toHaveProperty('id');
    expect(body['access_token']).toMatch(/^00D/u);
  });

  it('loses an answer after the work was done: the refresh token has been used up', async () => {
    const { refresh_token: refreshToken = '' } = await obtainTokens(org.url);
    await inject({ kind: 'drop', afterWork: true }, { endpoint: 'token' });
    await expect(refresh(org.url, refreshToken)).rejects.toThrow('fetch failed');
    expect((await refresh(org.url, refreshToken)).body['error_description']).toBe('expired access/refresh token');
  });

  it('loses a request before any work was done: the refresh token is still good', async () => {
    const { refresh_token: refreshToken = '' } = await obtainTokens(org.url);
    await inject({ kind: 'drop' }, { endpoint: 'token' });
    await expect(refresh(org.url, refreshToken)).rejects.toThrow('fetch failed');
    expect((await refresh(org.url, refreshToken)).status).toBe(200);
  });
});
