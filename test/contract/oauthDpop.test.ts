import * as oauth from 'oauth4webapi';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { defaultRedirectUri, OrgBrowser } from '../support/orgBrowser.ts';

const client: oauth.Client = { client_id: defaultConsumerKey };

/** An independent implementation of RFC 9449, with its own proofs, nonces and retries. */
describe.each([false, true])('oauth4webapi uses DPoP at the embedded org (nonces %s)', (dpopNonces) => {
  let org: TestOrg;
  let server: oauth.AuthorizationServer;

  beforeAll(async () => {
    org = await startTestOrg({ contacts: 50, dpopNonces });
    const issuer = new URL(org.url);
    const discovery = await oauth.discoveryRequest(issuer, { [oauth.allowInsecureRequests]: true });
    server = await oauth.processDiscoveryResponse(issuer, discovery);
  });
  afterAll(() => org.stop());

  /** Repeats once what was refused for want of a nonce, as the library advises. */
  async function withNonce<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (!oauth.isDPoPNonceError(error)) throw error;
      return request();
    }
  }

  it('from the bound code to a bound refresh', async () => {
    const keys = await oauth.generateKeyPair('ES256');
    const DPoP = oauth.DPoP(client, keys);
    const options = { DPoP, [oauth.allowInsecureRequests]: true };
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(server.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: defaultConsumerKey,
      redirect_uri: defaultRedirectUri,
      state: 'state',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      dpop_jkt: await DPoP.calculateThumbprint(),
    }).toString();
    const callback = oauth.validateAuthResponse(
      server,
      client,
      await new OrgBrowser(org.url).signIn(url.href),
      'state',
    );
    const tokens = await withNonce(async () =>
      oauth.processAuthorizationCodeResponse(
        server,
        client,
        await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.None(),
          callback,
          defaultRedirectUri,
          verifier,
          options,
        ),
      ),
    );
    expect(tokens.token_type).toBe('dpop');
    const limits = new URL('/services/data/v66.0/limits', org.url);
    const answer = await withNonce(() =>
      oauth.protectedResourceRequest(tokens.access_token, 'GET', limits, new Headers(), null, options),
    );
    expect(await answer.json()).toHaveProperty('DailyApiRequests');
    const refreshed = await withNonce(async () =>
      oauth.processRefreshTokenResponse(
        server,
        client,
        await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh_token ?? '', options),
      ),
    );
    expect(refreshed.token_type).toBe('dpop');
    const thief = { ...options, DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')) };
    await expect(
      withNonce(() =>
        oauth.protectedResourceRequest(refreshed.access_token, 'GET', limits, new Headers(), null, thief),
      ),
    ).rejects.toMatchObject({ status: 401 });
  });
});
