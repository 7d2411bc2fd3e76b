import { confidentialApp } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { startTestOrg, type TestOrg } from '../../../support/org.ts';
import { alex, defaultRedirectUri, requestToken } from '../../../support/orgBrowser.ts';

let org: TestOrg;
let token: string;
const { consumerKey, secret } = confidentialApp;
beforeAll(async () => {
  const app = { consumerKey, secret, redirectUris: [defaultRedirectUri], clientCredentialsUser: alex.username };
  org = await startTestOrg({ contacts: 50, clients: [app], allowedOrigins: ['https://app.example'] });
  const { body } = await requestToken(org.url, {
    grant_type: 'client_credentials',
    client_id: consumerKey,
    client_secret: secret,
  });
  token = String(body['access_token']);
});
afterAll(() => org.stop());

async function ask(
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const response = await fetch(org.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
    headers: response.headers,
  };
}

describe('what the org does not offer', () => {
  it.each([
    ['/services/Soap/u/66.0', 'sf:API_DISABLED_FOR_ORG', 'SOAP API (Partner WSDL)'],
    ['/services/Soap/c/66.0/00DNB0000000001', 'sf:API_DISABLED_FOR_ORG', 'SOAP API (Enterprise WSDL)'],
    ['/services/Soap/m/66.0', 'sf:API_DISABLED_FOR_ORG', 'Metadata API'],
    ['/services/Soap/class/Foo', 'sf:API_DISABLED_FOR_ORG', 'Apex web services'],
    ['/services/Soap/u/29.0', 'sf:UNSUPPORTED_API_VERSION', '29.0'],
    ['/services/Soap', 'sf:API_DISABLED_FOR_ORG', 'SOAP API'],
  ])('is told by a SOAP fault at %s', async (path, code, missing) => {
    const { status, type, text } = await ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml', SOAPAction: '""' },
      body: '<x/>',
    });
    expect({ status, type }).toEqual({ status: 500, type: 'text/xml;charset=UTF-8' });
    expect(text).toContain(`<soapenv:Fault><faultcode>${code}</faultcode>`);
    expect(text).toContain(missing);
  });

  it('is told by a Bulk API exception, in XML or JSON, after the session and the version', async () => {
    const job = {
      method: 'POST',
      headers: { 'Content-Type': 'application/xml', 'X-SFDC-Session': token },
      body: '<jobInfo/>',
    };
    expect(await ask('/services/async/66.0/job', job)).toMatchObject({
      status: 400,
      type: 'application/xml;charset=UTF-8',
      text: expect.stringContaining(
        '<error xmlns="http://www.force.com/2009/06/asyncapi/dataload"><exceptionCode>FeatureNotEnabled</exceptionCode>',
      ),
    });
    const json = { ...job, headers: { ...job.headers, 'Content-Type': 'application/json' }, body: '{}' };
    expect(JSON.parse((await ask('/services/async/66.0/job', json)).text)).toMatchObject({
      exceptionCode: 'FeatureNotEnabled',
    });
    expect((await ask('/services/async/66.0/job', { headers: { 'X-SFDC-Session': 'nobody' } })).text).toContain(
      '<exceptionCode>InvalidSessionId<',
    );
    expect((await ask('/services/async/29.0/job', job)).text).toContain('<exceptionCode>InvalidVersion<');
  });

  it('is told by the error list of the REST API', async () => {
    for (const path of [
      'jobs/ingest',
      'jobs/query/750',
      'tooling/query?q=x',
      'metadata/deployRequest',
      'wave',
      'async-queries',
      'actions/standard',
    ]) {
      for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
        const { status, type, text } = await ask(`/services/data/v66.0/${path}`, { method });
        expect({ path, method, status, type }).toEqual({
          path,
          method,
          status: 404,
          type: 'application/json;charset=UTF-8',
        });
        expect(JSON.parse(text)).toEqual([
          {
            errorCode: 'NOT_FOUND',
            message: expect.stringMatching(/^The requested resource does not exist: this embedded org has no /),
          },
        ]);
      }
    }
    expect((await ask('/services/data/v66.0/jobs/ingest', { headers: { Accept: 'application/xml' } })).text).toContain(
      '<Errors><Error><message>',
    );
  });

  it('is told by GraphQL with status 200', async () => {
    const { status, text } = await ask('/services/data/v66.0/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"query":"{ uiapi { query } }"}',
    });
    expect({ status, body: JSON.parse(text) as unknown }).toMatchObject({
      status: 200,
      body: { errors: [{ extensions: { ErrorType: 'OperationNotSupported' } }] },
    });
  });

  it('is told to a page of a listed origin where Salesforce answers one', async () => {
    for (const [path, isReadable] of [
      ['/services/apexrest/Foo', true],
      ['/services/async/66.0/job', true],
      ['/services/Soap/u/66.0', false],
      ['/cometd/66.0', false],
    ] as const) {
      const { headers } = await ask(path, { headers: { Origin: 'https://app.example' } });
      expect({ path, allowed: headers.get('access-control-allow-origin') }).toEqual({
        path,
        allowed: isReadable ? 'https://app.example' : null,
      });
    }
  });

  it('is told to each Bayeux message, and what is none is refused', async () => {
    const send = (body: string) =>
      ask('/cometd/66.0', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    const { status, text } = await send('[{"channel":"/meta/handshake","id":"1"},{"channel":"/meta/connect"}]');
    expect({ status, body: JSON.parse(text) as unknown }).toMatchObject({
      status: 200,
      body: [
        {
          channel: '/meta/handshake',
          id: '1',
          successful: false,
          error: '403::Handshake denied',
          advice: { reconnect: 'none' },
        },
        { channel: '/meta/connect', successful: false, error: '403::Unknown client' },
      ],
    });
    expect(await send('no JSON')).toMatchObject({ status: 400, type: 'text/html;charset=utf-8' });
  });

  it('is a page that does not exist everywhere else', async () => {
    for (const path of ['/services', '/services/nothing', '/home/<b>', '/services/oauth2/nothing']) {
      const { status, type, text } = await ask(path);
      expect({ path, status, type }).toEqual({ path, status: 404, type: 'text/html; charset=utf-8' });
      expect(text).toContain('URL No Longer Exists');
      expect(text).not.toContain('<b>');
    }
  });
});
