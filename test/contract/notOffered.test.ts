import jsforce, { type Connection } from 'jsforce';
import streaming from 'jsforce/lib/api/streaming/extension.js';
import { confidentialApp } from '../../sandbox/org/oauth/defaultClients.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { alex, defaultRedirectUri, requestToken } from '../support/orgBrowser.ts';

/** jsforce asks the org for what it does not offer, and has to find an answer that it can read. */
let org: TestOrg;
let connection: Connection;
const { consumerKey, secret } = confidentialApp;
beforeAll(async () => {
  const app = { consumerKey, secret, redirectUris: [defaultRedirectUri], clientCredentialsUser: alex.username };
  org = await startTestOrg({ contacts: 50, clients: [app] });
  const { body } = await requestToken(org.url, {
    grant_type: 'client_credentials',
    client_id: consumerKey,
    client_secret: secret,
  });
  connection = connect(String(body['access_token']));
});
afterAll(() => org.stop());

function connect(accessToken: string): Connection {
  return new jsforce.Connection({ instanceUrl: org.url, loginUrl: org.url, accessToken, version: '66.0' });
}

/** Name and message of what a call is refused with. */
async function refusalOf(call: PromiseLike<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  throw new Error('nothing was refused');
}

describe('jsforce is told that the org', () => {
  it('has no SOAP API to log in with', async () => {
    const { message } = await refusalOf(connect('').login(alex.username, alex.password));
    expect(message).toBe(
      'API_DISABLED_FOR_ORG: This embedded org offers no SOAP API (Partner WSDL); use the REST API.',
    );
  });

  it('has no Metadata API', async () => {
    const { message } = await refusalOf(connection.metadata.describe('66.0'));
    expect(message).toContain('offers no Metadata API');
  });

  it('has no Bulk API', async () => {
    const refusal = await refusalOf(connection.bulk.createJob('Contact', 'insert').open());
    expect(refusal).toMatchObject({
      name: 'FeatureNotEnabled',
      message: expect.stringContaining('offers no Bulk API'),
    });
  });

  it('has no Bulk API 2.0', async () => {
    const refusal = await refusalOf(connection.bulk2.createJob({ operation: 'insert', object: 'Contact' }).open());
    expect(refusal).toMatchObject({ name: 'NOT_FOUND', message: expect.stringContaining('has no Bulk API 2.0') });
  });

  it('has no Tooling API', async () => {
    const refusal = await refusalOf(connection.tooling.query('SELECT Id FROM ApexClass'));
    expect(refusal).toMatchObject({ name: 'NOT_FOUND', message: expect.stringContaining('has no Tooling API') });
  });

  it('has no such Apex class', async () => {
    expect(await refusalOf(connection.apex.get('/FieldCase'))).toEqual({
      name: 'NOT_FOUND',
      message: 'Could not find a match for URL',
    });
    expect(await refusalOf(connect('nobody').apex.get('/FieldCase'))).toMatchObject({ name: 'INVALID_SESSION_ID' });
  });

  it('streams nothing, once and for all', async () => {
    const refused = new Promise<unknown>((resolve) => {
      const client = connection.streaming.createClient([new streaming.AuthFailure(resolve)]);
      void client.subscribe('/data/ContactChangeEvent', () => undefined);
    });
    expect(await refused).toMatchObject({
      channel: '/meta/handshake',
      successful: false,
      ext: { sfdc: { failureReason: '403::This embedded org offers no streaming' } },
    });
  });

  it('takes no URL of more than 16,384 bytes', async () => {
    const ids = Array.from({ length: 700 }, (_, index) => `'003NB${String(index).padStart(13, '0')}'`);
    const refusal = await refusalOf(connection.query(`SELECT Id FROM Contact WHERE Id IN (${ids.join(',')})`));
    expect(refusal).toEqual({
      name: 'ERROR_HTTP_414',
      message: '<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>',
    });
  });
});
