import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { confidentialApp } from '../../../../../sandbox/org/oauth/defaultClients.ts';
import { newDpopKey } from '../../../../support/dpop.ts';
import { startTestOrg, useOrg } from '../../../../support/org.ts';
import {
  alex,
  authorizeUrl,
  defaultRedirectUri,
  morgan,
  newPkce,
  OrgBrowser,
  requestToken,
  sam,
  type TokenAnswer,
} from '../../../../support/orgBrowser.ts';

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const { consumerKey, secret } = confidentialApp;
const scopes = ['api', 'refresh_token', 'id'] as ('api' | 'refresh_token' | 'id')[];
const app = { consumerKey, secret, certificate, scopes, redirectUris: [defaultRedirectUri] };

describe('flows without a person', () => {
  const org = useOrg({ contacts: 50, clients: [app, { consumerKey: 'keyless', redirectUris: [defaultRedirectUri] }] });
  afterEach(async () => {
    await org.control.setApp(consumerKey, { adminApprovedOnly: false, installed: true, clientCredentialsUser: null });
    await org.control.setUser(alex.username, { active: true });
  });

  const userOf = async ({ body }: TokenAnswer): Promise<unknown> => {
    const headers = { authorization: `Bearer ${body['access_token']}` };
    const info = await fetch(`${org.url}/services/oauth2/userinfo`, { headers });
    return ((await info.json()) as Record<string, unknown>)['preferred_username'];
  };
  const failure = async (answer: Promise<TokenAnswer>): Promise<string> => {
    const { status, body } = await answer;
    return `${status} ${body['error']}: ${body['error_description']}`;
  };

  describe('JWT bearer', () => {
    const seconds = (ahead: number): number => Math.floor(Date.now() / 1000) + ahead;
    const claims = (more: Record<string, unknown> = {}) => ({
      iss: consumerKey,
      sub: alex.username,
      aud: org.url,
      exp: seconds(180),
      ...more,
    });
    const sign = (payload: Record<string, unknown>, key = pair.privateKey, alg = 'RS256'): Promise<string> =>
      new SignJWT(payload).setProtectedHeader({ alg }).sign(key);
    const ask = async (assertion: string | Promise<string>, headers = {}): Promise<TokenAnswer> =>
      requestToken(org.url, { grant_type: jwtBearer, assertion: await assertion }, headers);
    const approve = async (): Promise<unknown> =>
      new OrgBrowser(org.url).signIn(authorizeUrl(org.url, newPkce(), { client_id: consumerKey }), alex);

    it('signs in a user who has approved the app before, without secret and without refresh token', async () => {
      expect(await failure(ask(sign(claims())))).toBe("400 invalid_grant: user hasn't approved this consumer");
      await approve();
      const answer = await ask(sign(claims()));
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body).sort()).toEqual([
        'access_token',
        'id',
        'instance_url',
        'issued_at',
        'scope',
        'signature',
        'token_type',
      ]);
      expect(answer.body['scope']).toBe('api id');
      expect(await userOf(answer)).toBe(alex.username);
    });

    it('signs in a user for whom an administrator has approved the app, and nobody else', async () => {
      await org.control.setApp(consumerKey, { adminApprovedOnly: true, approvedUsernames: [alex.username] });
      for (const aud of [org.url, 'https://login.salesforce.com', 'https://test.salesforce.com']) {
        expect(await userOf(await ask(sign(claims({ aud }))))).toBe(alex.username);
      }
      expect(await userOf(await ask(sign(claims({ sub: undefined, prn: alex.username }))))).toBe(alex.username);
      expect(await failure(ask(sign(claims({ sub: morgan.username }))))).toBe(
        '400 invalid_app_access: user is not admin approved to access this app',
      );
    });

    // https://github.com/simple-salesforce/simple-salesforce/issues/491
    it('takes an assertion that ends in five minutes, and none that ends later', async () => {
      await org.control.setApp(consumerKey, { adminApprovedOnly: true, approvedUsernames: [alex.username] });
      expect(await userOf(await ask(sign(claims({ exp: seconds(300) }))))).toBe(alex.username);
      expect(await failure(ask(sign(claims({ exp: seconds(310) }))))).toBe('400 invalid_grant: assertion is not valid');
    });

    it("refuses in Salesforce's words", async () => {
      await org.control.setApp(consumerKey, {
        adminApprovedOnly: true,
        approvedUsernames: [alex.username, sam.username],
      });
      const cases: [string | Promise<string>, string][] = [
        ['', 'invalid_request: must supply assertion'],
        ['a.b.c', 'invalid_grant: invalid assertion'],
        [sign(claims(), stranger.privateKey), 'invalid_grant: invalid assertion'],
        [sign(claims(), pair.privateKey, 'RS512'), 'invalid_grant: invalid assertion'],
        [sign(claims({ iss: 'keyless' })), 'invalid_grant: invalid assertion'],
        [sign(claims({ iss: 'nobody' })), 'invalid_client_id: client identifier invalid'],
        [sign(claims({ aud: 'https://other.my.salesforce.com' })), 'invalid_grant: audience is invalid'],
        [sign(claims({ aud: undefined })), 'invalid_grant: audience is invalid'],
        [sign(claims({ exp: seconds(-1) })), 'invalid_grant: expired authorization code'],
        [sign(claims({ exp: seconds(600) })), 'invalid_grant: assertion is not valid'],
        [sign(claims({ exp: undefined })), 'invalid_grant: assertion is not valid'],
        [sign(claims({ sub: 'nobody@northbridge.example' })), 'invalid_grant: authentication failure'],
        [sign(claims({ sub: sam.username })), 'inactive_user: user is inactive'],
      ];
      for (const [assertion, sentence] of cases) expect(await failure(ask(assertion))).toBe(`400 ${sentence}`);
      await org.control.setUser(alex.username, { active: false });
      expect(await failure(ask(sign(claims())))).toBe('400 inactive_user: user is inactive');
      await org.control.setUser(alex.username, { active: true });
      await org.control.setApp(consumerKey, { installed: false });
      expect(await failure(ask(sign(claims())))).toBe(
        '400 app_not_found: External client app is not installed in this org',
      );
    });

    it('binds the token to a key', async () => {
      await approve();
      const dpop = await (await newDpopKey()).prove('POST', `${org.url}/services/oauth2/token`);
      expect((await ask(sign(claims()), { dpop })).body['token_type']).toBe('DPoP');
    });
  });

  describe('client credentials', () => {
    const fields = { grant_type: 'client_credentials', client_id: consumerKey, client_secret: secret };
    const basic = Buffer.from(`${consumerKey}:${secret}`).toString('base64');

    it('runs as the user the administrator chose, with the secret in body or header', async () => {
      expect(await failure(requestToken(org.url, fields))).toBe(
        '400 invalid_grant: no client credentials user enabled',
      );
      await org.control.setApp(consumerKey, { clientCredentialsUser: alex.username });
      const answers = [
        await requestToken(org.url, fields),
        await requestToken(org.url, { grant_type: 'client_credentials' }, { authorization: `Basic ${basic}` }),
      ];
      for (const answer of answers) {
        expect(answer.body).not.toHaveProperty('refresh_token');
        expect(answer.body['scope']).toBe('api id');
        expect(await userOf(answer)).toBe(alex.username);
      }
    });

    it('refuses a wrong secret, an app without one, and a user who is not active', async () => {
      await org.control.setApp(consumerKey, { clientCredentialsUser: alex.username });
      await org.control.setApp('keyless', { clientCredentialsUser: alex.username });
      expect(await failure(requestToken(org.url, { ...fields, client_secret: 'guess' }))).toBe(
        '400 invalid_client: invalid client credentials',
      );
      expect(await failure(requestToken(org.url, { ...fields, client_id: 'keyless' }))).toBe(
        '400 invalid_client: invalid client credentials',
      );
      expect(await failure(requestToken(org.url, { ...fields, client_id: 'nobody' }))).toBe(
        '400 invalid_client_id: client identifier invalid',
      );
      await org.control.setUser(alex.username, { active: false });
      expect(await failure(requestToken(org.url, fields))).toBe('400 inactive_user: user is inactive');
    });

    it('is not for the shared login hosts', async () => {
      const shared = await startTestOrg({
        contacts: 50,
        orgUrl: 'https://login.salesforce.com',
        clients: [{ ...app, clientCredentialsUser: alex.username }],
      });
      try {
        expect(await failure(requestToken(`http://localhost:${shared.port}`, fields))).toBe(
          '400 invalid_grant: request not supported on this domain',
        );
      } finally {
        await shared.stop();
      }
    });
  });
});
