import { confidentialApp, defaultConsumerKey } from '../../../../../sandbox/org/oauth/defaultClients.ts';
import { newDpopKey, type DpopKey } from '../../../../support/dpop.ts';
import { startTestOrg, type TestOrg } from '../../../../support/org.ts';
import {
  authorizeUrl,
  defaultRedirectUri,
  newPkce,
  OrgBrowser,
  requestToken,
  type TokenAnswer,
} from '../../../../support/orgBrowser.ts';

const appDefaults = {
  redirectUris: [defaultRedirectUri],
  scopes: ['api', 'refresh_token', 'id', 'openid'] as ('api' | 'refresh_token' | 'id' | 'openid')[],
};
const clients = [
  { consumerKey: defaultConsumerKey, ...appDefaults },
  { consumerKey: 'bound-only', dpop: 'required' as const, ...appDefaults },
  { consumerKey: 'bearer-only', dpop: 'off' as const, ...appDefaults },
  { consumerKey: confidentialApp.consumerKey, secret: confidentialApp.secret, ...appDefaults },
];

describe('DPoP-bound sign-ins', () => {
  let org: TestOrg;
  let strict: TestOrg;
  let key: DpopKey;
  let other: DpopKey;

  beforeAll(async () => {
    org = await startTestOrg({ contacts: 50, clients });
    strict = await startTestOrg({
      contacts: 50,
      clients,
      dpopNonces: true,
      corsForDpop: false,
      allowedOrigins: ['http://localhost:7072'],
    });
    [key, other] = [await newDpopKey(), await newDpopKey()];
  });
  afterAll(() => Promise.all([org.stop(), strict.stop()]));

  async function newCode(at: TestOrg, parameters: Record<string, string> = {}) {
    const pkce = newPkce();
    const callback = await new OrgBrowser(at.url).signIn(authorizeUrl(at.url, pkce, parameters));
    return {
      grant_type: 'authorization_code',
      client_id: parameters['client_id'] ?? defaultConsumerKey,
      code: callback.searchParams.get('code') ?? '',
      code_verifier: pkce.verifier,
      redirect_uri: defaultRedirectUri,
    };
  }

  const tokenUrl = (at: TestOrg): string => `${at.url}/services/oauth2/token`;
  const ask = async (
    fields: Record<string, string>,
    prover?: DpopKey,
    at = org,
    nonce?: string,
  ): Promise<TokenAnswer> => {
    const claims = nonce === undefined ? {} : { nonce };
    return requestToken(at.url, fields, prover ? { dpop: await prover.prove('POST', tokenUrl(at), claims) } : {});
  };
  const refreshing = (answer: TokenAnswer, client_id = defaultConsumerKey) => ({
    grant_type: 'refresh_token',
    client_id,
    refresh_token: answer.body['refresh_token'] ?? '',
  });
  const limits = (at = org): string => `${at.url}/services/data/v66.0/limits`;

  it('binds the tokens to the key of the proof, and serves them with proofs only', async () => {
    const { status, body } = await ask(await newCode(org), key);
    expect([status, body['token_type']]).toEqual([200, 'DPoP']);
    const token = body['access_token'] ?? '';
    for (const url of [limits(), `${org.url}/services/oauth2/userinfo`, body['id'] ?? '']) {
      expect((await fetch(url, { headers: await key.headers('GET', url, token) })).status).toBe(200);
      const challenges: Record<string, string>[] = [
        await other.headers('GET', url, token),
        await key.headers('POST', url, token),
        await key
          .headers('GET', url, 'another token')
          .then((headers) => ({ ...headers, authorization: `DPoP ${token}` })),
        { authorization: `DPoP ${token}` },
        { authorization: `Bearer ${token}` },
      ];
      for (const headers of challenges) {
        const refused = await fetch(url, { headers });
        expect(refused.status).toBe(401);
        expect(refused.headers.get('www-authenticate')).toMatch(/^DPoP error="(invalid_token|invalid_dpop_proof)"/u);
      }
    }
    const rest = await fetch(limits(), { headers: { authorization: `Bearer ${token}` } });
    expect(await rest.json()).toEqual([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
  });

  it('refuses a replayed proof', async () => {
    const { body } = await ask(await newCode(org), key);
    const headers = await key.headers('GET', limits(), body['access_token'] ?? '');
    expect((await fetch(limits(), { headers })).status).toBe(200);
    expect((await fetch(limits(), { headers })).status).toBe(401);
  });

  it('does not take a bearer token with a proof', async () => {
    const { body } = await ask(await newCode(org));
    expect(body['token_type']).toBe('Bearer');
    const refused = await fetch(limits(), { headers: await key.headers('GET', limits(), body['access_token'] ?? '') });
    expect(refused.status).toBe(401);
  });

  it("binds a public app's refresh token through every rotation", async () => {
    const first = await ask(await newCode(org), key);
    expect((await ask(refreshing(first), other)).body['error']).toBe('invalid_grant');
    expect((await ask(refreshing(first))).body['error']).toBe('invalid_grant');
    const second = await ask(refreshing(first), key);
    expect(second.body['token_type']).toBe('DPoP');
    expect((await ask(refreshing(second), other)).body['error']).toBe('invalid_grant');
    expect((await ask(refreshing(second), key)).status).toBe(200);
  });

  it('lets a confidential app change its key', async () => {
    const secret = { client_secret: confidentialApp.secret };
    const first = await ask({ ...(await newCode(org, { client_id: confidentialApp.consumerKey })), ...secret }, key);
    const second = await ask({ ...refreshing(first, confidentialApp.consumerKey), ...secret }, other);
    expect([second.status, second.body['token_type']]).toEqual([200, 'DPoP']);
  });

  it('binds the code to dpop_jkt', async () => {
    const fields = await newCode(org, { dpop_jkt: key.thumbprint });
    expect((await ask(fields, other)).body['error']).toBe('invalid_grant');
    expect((await ask(fields)).body['error']).toBe('invalid_grant');
    expect((await ask(fields, key)).body['token_type']).toBe('DPoP');
    const { callback } = await new OrgBrowser(org.url).open(authorizeUrl(org.url, newPkce(), { dpop_jkt: 'short' }));
    expect(callback?.searchParams.get('error')).toBe('invalid_request');
  });

  it('demands proofs of an app that must send them, and passes over those of one that may not', async () => {
    const bound = await newCode(org, { client_id: 'bound-only' });
    expect((await ask(bound)).body['error']).toBe('invalid_dpop_proof');
    expect((await ask(bound, key)).body['token_type']).toBe('DPoP');
    const bearer = await newCode(org, { client_id: 'bearer-only', dpop_jkt: key.thumbprint });
    expect((await ask(bearer, key)).body['token_type']).toBe('Bearer');
  });

  it('says whose key an introspected token is bound to', async () => {
    const { body } = await ask(await newCode(org), key);
    const asked = new URLSearchParams({ token: body['access_token'] ?? '', client_id: defaultConsumerKey });
    const answer = await fetch(`${org.url}/services/oauth2/introspect`, { method: 'POST', body: asked });
    expect(await answer.json()).toMatchObject({ active: true, cnf: { jkt: key.thumbprint } });
  });

  it('asks for its nonce: 400 at the token endpoint, 401 at a resource', async () => {
    const fields = await newCode(strict);
    const asked = await ask(fields, key, strict);
    expect([asked.status, asked.body['error']]).toEqual([400, 'use_dpop_nonce']);
    const nonce = asked.headers.get('dpop-nonce') ?? '';
    const { body } = await ask(fields, key, strict, nonce);
    expect(body['token_type']).toBe('DPoP');
    const token = body['access_token'] ?? '';
    for (const url of [limits(strict), `${strict.url}/services/oauth2/userinfo`]) {
      const refused = await fetch(url, { headers: await key.headers('GET', url, token) });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toContain('error="use_dpop_nonce"');
      expect(await refused.json()).toMatchObject({ error: 'use_dpop_nonce' });
      const next = refused.headers.get('dpop-nonce') ?? '';
      expect((await fetch(url, { headers: await key.headers('GET', url, token, { nonce: next }) })).status).toBe(200);
    }
  });

  it('can keep DPoP from pages, by its CORS answers', async () => {
    const preflight = async (at: TestOrg, origin: string) => {
      const headers = {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,dpop',
      };
      return (await fetch(limits(at), { method: 'OPTIONS', headers })).headers.get('access-control-allow-headers');
    };
    expect(await preflight(strict, 'http://localhost:7072')).toBe('authorization');
    const answer = await fetch(limits(strict), { headers: { origin: 'http://localhost:7072' } });
    expect(answer.headers.get('access-control-expose-headers')).not.toContain('DPoP-Nonce');
  });
});
