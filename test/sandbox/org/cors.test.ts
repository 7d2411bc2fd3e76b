import { createOriginMatcher } from '../../../sandbox/org/cors.ts';
import { startTestOrg, type TestOrg } from '../../support/org.ts';
import { obtainTokens } from '../../support/orgBrowser.ts';

const listed = 'https://desk.bank.example';
const stranger = 'https://stranger.example';
const tokenPath = '/services/oauth2/token';

describe("which pages may read the org's answers", () => {
  let org: TestOrg;
  let closed: TestOrg;

  beforeAll(async () => {
    const allowedOrigins = [listed, 'http://localhost:7072', 'https://*.apps.bank.example'];
    org = await startTestOrg({ contacts: 50, allowedOrigins });
    closed = await startTestOrg({ contacts: 50, allowedOrigins, corsForOAuthEndpoints: false });
  });
  afterAll(() => Promise.all([org.stop(), closed.stop()]));

  const ask = (path: string, origin: string, init: RequestInit = {}, at = org): Promise<Response> =>
    fetch(new URL(path, at.url), { ...init, headers: { origin, ...(init.headers as Record<string, string>) } });
  const allows = (response: Response): string | null => response.headers.get('access-control-allow-origin');
  const corsHeaders = (response: Response): string[] =>
    [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));

  it('echoes a listed origin, also on an error, and exposes the limits', async () => {
    const response = await ask('/services/data/v66.0/limits', listed);
    expect(response.status).toBe(401);
    expect(allows(response)).toBe(listed);
    expect(response.headers.get('access-control-expose-headers')).toContain('Sforce-Limit-Info');
    expect(response.headers.get('vary')?.toLowerCase()).toContain('origin');
  });

  it('answers another origin with 403 and not one CORS header', async () => {
    for (const path of ['/services/data/v66.0/limits', tokenPath, '/services/oauth2/userinfo']) {
      const response = await ask(path, stranger, { method: path === tokenPath ? 'POST' : 'GET' });
      expect(response.status).toBe(403);
      expect(corsHeaders(response)).toEqual([]);
    }
    expect((await ask('/services/data', 'null')).status).toBe(403);
  });

  it('answers a preflight for any REST path without a token', async () => {
    const headers = {
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,x-mine',
    };
    const response = await ask('/services/data/v66.0/not/there', listed, { method: 'OPTIONS', headers });
    expect(response.status).toBe(200);
    expect(allows(response)).toBe(listed);
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,x-mine');
    expect(response.headers.get('access-control-allow-methods')).toContain('PATCH');
    const refused = await ask('/services/data/v66.0/not/there', stranger, { method: 'OPTIONS', headers });
    expect(refused.status).toBe(403);
    expect(corsHeaders(refused)).toEqual([]);
  });

  it("opens the OAuth endpoints only with the org's setting on; userinfo needs the list alone", async () => {
    expect(allows(await ask(tokenPath, listed, { method: 'POST' }))).toBe(listed);
    const refused = await ask(tokenPath, listed, { method: 'POST' }, closed);
    expect(refused.status).toBe(403);
    expect(corsHeaders(refused)).toEqual([]);
    expect(allows(await ask('/services/oauth2/userinfo', listed, {}, closed))).toBe(listed);
  });

  it('opens discovery and keys to everyone', async () => {
    expect(allows(await ask('/.well-known/openid-configuration', stranger))).toBe('*');
    expect(allows(await ask('/id/keys', stranger))).toBe('*');
  });

  it('lets a listed page refresh', async () => {
    const { refresh_token: token = '' } = await obtainTokens(org.url);
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: '3MVG9northbridge.embedded.org.interop_sandbox',
      refresh_token: token,
    });
    const response = await ask(tokenPath, 'http://localhost:7072', { method: 'POST', body });
    expect(response.status).toBe(200);
    expect(allows(response)).toBe('http://localhost:7072');
  });

  it('never answers CORS at the control door', async () => {
    const response = await ask('/__control/secrets', listed, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
    expect(corsHeaders(response)).toEqual([]);
  });
});

describe('the CORS allow list', () => {
  it.each([
    ['https://a.example', 'https://a.example', true],
    ['https://a.example', 'https://a.example:8443', false],
    ['https://a.example', 'http://a.example', false],
    ['https://*.a.example', 'https://x.a.example', true],
    ['https://*.a.example', 'https://x.y.a.example', true],
    ['https://*.a.example', 'https://a.example', false],
    ['https://*.a.example', 'https://evila.example', false],
    ['https://*.a.example', 'https://evil.example/.a.example', false],
    ['http://localhost:7072', 'http://localhost:7072', true],
    ['http://localhost:7072', 'http://localhost:7073', false],
  ])('with %s, %s is allowed: %s', (entry, origin, allowed) => {
    expect(createOriginMatcher([entry])(origin)).toBe(allowed);
  });

  it.each(['*', 'https://*', 'https://*.com', 'http://a.example', 'https://a.example/path', 'a.example'])(
    'does not take %s as an entry',
    (entry) => {
      expect(() => createOriginMatcher([entry])).toThrow(entry);
    },
  );
});
