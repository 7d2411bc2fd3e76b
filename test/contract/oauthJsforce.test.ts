import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import jsforce from 'jsforce';
import { confidentialApp, defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { alex, defaultRedirectUri, morgan, OrgBrowser } from '../support/orgBrowser.ts';

const { Connection, OAuth2 } = jsforce;

describe('jsforce signs in to the embedded org', () => {
  let org: TestOrg;

  beforeAll(async () => {
    org = await startTestOrg({ contacts: 50 });
  });
  afterAll(() => org.stop());

  const publicApp = () =>
    new OAuth2({ loginUrl: org.url, clientId: defaultConsumerKey, redirectUri: defaultRedirectUri, useVerifier: true });
  const confidential = () =>
    new OAuth2({
      loginUrl: org.url,
      clientId: confidentialApp.consumerKey,
      clientSecret: confidentialApp.secret,
      redirectUri: confidentialApp.redirectUri,
    });

  async function codeFor(oauth2: InstanceType<typeof OAuth2>): Promise<string> {
    const url = oauth2.getAuthorizationUrl({ scope: 'api refresh_token openid', state: 'jsforce' });
    const callback = await new OrgBrowser(org.url).signIn(url);
    expect(callback.searchParams.get('state')).toBe('jsforce');
    return callback.searchParams.get('code') ?? '';
  }

  it('as a public app with a code verifier', async () => {
    const oauth2 = publicApp();
    const connection = new Connection({ oauth2, version: '66.0' });
    const userInfo = await connection.authorize(await codeFor(oauth2));
    expect(userInfo.organizationId).toMatch(/^00D\w{15}$/u);
    expect(connection.instanceUrl).toBe(org.url);
    const identity = await connection.identity();
    expect(identity.username).toBe(morgan.username);
    expect(identity.user_id).toBe(userInfo.id);
  });

  it('as an app with a secret', async () => {
    const oauth2 = confidential();
    const tokens = await oauth2.requestToken(await codeFor(oauth2));
    expect(tokens.access_token).toMatch(/^00D\w{12}!/u);
    const refreshed = await oauth2.refreshToken(tokens.refresh_token ?? '');
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    expect(refreshed.id).toBe(tokens.id);
  });

  it('as a server, with client credentials and with a signed assertion', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const { consumerKey, secret } = confidentialApp;
    await org.control.setApp(consumerKey, {
      certificate,
      clientCredentialsUser: alex.username,
      adminApprovedOnly: true,
      approvedUsernames: [alex.username],
    });
    const assertion = await new SignJWT({ iss: consumerKey, sub: alex.username, aud: org.url })
      .setProtectedHeader({ alg: 'RS256' })
      .setExpirationTime('2 minutes')
      .sign(privateKey);
    const grants = [
      { grant_type: 'client_credentials', client_id: consumerKey, client_secret: secret },
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion },
    ];
    for (const grant of grants) {
      const connection = new Connection({ oauth2: { loginUrl: org.url }, instanceUrl: org.url, version: '66.0' });
      await connection.authorize(grant);
      expect((await connection.identity()).username).toBe(alex.username);
    }
    await org.control.setApp(consumerKey, { adminApprovedOnly: false });
  });

  it('finds the identity URL by itself', async () => {
    const oauth2 = publicApp();
    const { access_token: accessToken } = await oauth2.requestToken(await codeFor(oauth2));
    const connection = new Connection({ instanceUrl: org.url, accessToken, version: '66.0' });
    expect((await connection.identity()).username).toBe(morgan.username);
  });

  it('refreshes an expired session by itself and repeats the request', async () => {
    const oauth2 = publicApp();
    const connection = new Connection({ oauth2, version: '66.0' });
    await connection.authorize(await codeFor(oauth2));
    const refreshes: string[] = [];
    connection.on('refresh', (accessToken: string) => refreshes.push(accessToken));
    await org.control.expireAccessTokens();
    const { totalSize } = await connection.query('SELECT Id FROM Contact LIMIT 1');
    expect(totalSize).toBe(1);
    expect(refreshes).toHaveLength(1);
  });

  it('breaks at the second refresh, because it forgets the rotated refresh token', async () => {
    const oauth2 = publicApp();
    const connection = new Connection({ oauth2, version: '66.0' });
    await connection.authorize(await codeFor(oauth2));
    await org.control.expireAccessTokens();
    await connection.query('SELECT Id FROM Contact LIMIT 1');
    await org.control.expireAccessTokens();
    await expect(connection.query('SELECT Id FROM Contact LIMIT 1')).rejects.toThrow('expired access/refresh token');
  });

  it('revokes: the access token, or with the refresh token everything', async () => {
    const oauth2 = publicApp();
    const tokens = await oauth2.requestToken(await codeFor(oauth2));
    await oauth2.revokeToken(tokens.access_token);
    const next = await oauth2.refreshToken(tokens.refresh_token ?? '');
    await oauth2.revokeToken((next as { refresh_token?: string }).refresh_token ?? '');
    const connection = new Connection({ instanceUrl: org.url, accessToken: next.access_token, version: '66.0' });
    const query = connection.query('SELECT Id FROM Contact LIMIT 1');
    await expect(query).rejects.toMatchObject({ name: 'INVALID_SESSION_ID' });
    await expect(oauth2.revokeToken('unknown')).rejects.toThrow(/invalid/u);
  });

  it("reads the org's refusals by name", async () => {
    const oauth2 = publicApp();
    await expect(oauth2.requestToken('aPrxInvented==')).rejects.toMatchObject({
      name: 'invalid_grant',
      message: 'invalid authorization code',
    });
    await expect(confidential().authenticate(morgan.username, morgan.password)).rejects.toMatchObject({
      name: 'invalid_grant',
      message: 'authentication failure',
    });
  });
});
