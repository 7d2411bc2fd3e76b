import fc from 'fast-check';
import { guardedEndpointNames, type GuardedEndpointName } from '../../src/salesforce/guardedEndpoints.ts';
import { endpointUrl } from '../../src/worker/endpointUrl.ts';

const instance = 'https://acme.my.salesforce.com';
const prefixes = ['/services/data', '/services/apexrest', '/services/oauth2/userinfo'];
const judge = (endpoint: string, method = 'GET') => endpointUrl(endpoint, method, instance, { prefixes, allowed: [] });
const refused = { ok: false, error: { code: 'ENDPOINT_NOT_ALLOWED', name: 'ApiRequestError' } };

describe('endpointUrl', () => {
  it.each([
    ['/services/data/v66.0/limits', 'https://acme.my.salesforce.com/services/data/v66.0/limits'],
    [
      'services/data/v66.0/query?q=SELECT+Id+FROM+Account',
      'https://acme.my.salesforce.com/services/data/v66.0/query?q=SELECT+Id+FROM+Account',
    ],
    ['/services/oauth2/userinfo', 'https://acme.my.salesforce.com/services/oauth2/userinfo'],
    ['/services/data', 'https://acme.my.salesforce.com/services/data'],
    [
      '/services/data/v66.0/sobjects/Contact/Email/a@b.example',
      'https://acme.my.salesforce.com/services/data/v66.0/sobjects/Contact/Email/a@b.example',
    ],
    [
      '/services/data/v66.0/sobjects/Contact/Key__c/a%2Fb%3Bc%25',
      'https://acme.my.salesforce.com/services/data/v66.0/sobjects/Contact/Key__c/a%2Fb%3Bc%25',
    ],
    [
      '/services/data/v66.0/tooling/query?q=SELECT+Id+FROM+ApexClass',
      'https://acme.my.salesforce.com/services/data/v66.0/tooling/query?q=SELECT+Id+FROM+ApexClass',
    ],
    [
      '/services/data/v66.0/sobjects/User/005000000000001/password',
      'https://acme.my.salesforce.com/services/data/v66.0/sobjects/User/005000000000001/password',
    ],
  ])('lets %s through', (endpoint, expected) => {
    const outcome = judge(endpoint);
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.data.href).toBe(expected);
  });

  it.each([
    'https://evil.example/services/data/v66.0/limits',
    '//evil.example/services/data/v66.0/limits',
    '/\\evil.example/services/data/',
    '\\\\evil.example/services/data/',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'https:/evil.example/services/data',
    'ht\ttps://evil.example/services/data',
    ' //evil.example/services/data/',
    '/\n/evil.example/services/data/',
    '/services/data/../oauth2/token',
    '/services/data/.\t./oauth2/token',
    '/services/data/%2e%2e/oauth2/singleaccess',
    '/services/data/..%2foauth2/token',
    '/services/data/%2E%2E%2Foauth2%2Ftoken',
    '/services/oauth2/singleaccess',
    '/services/oauth2/userinfo2',
    '/services/dataset',
    '/secur/frontdoor.jsp?sid=1',
    '/services/data/\n//evil.example/../../../../oauth2/token',
    '',
  ])('refuses %j', (endpoint) => {
    expect(judge(endpoint)).toMatchObject(refused);
  });

  it.each([
    // A server drops what follows a semicolon, and then sees a step up (S12).
    '/services/data/v66.0/..;/..;/oauth2/token',
    '/services/data/v66.0/..;x=1/limits',
    '/services/data/v66.0/..%3b/limits',
    '/services/data/v66.0/..%3Bjsessionid=1/..%253b/limits',
    '/services/data/%252e%252e/oauth2/singleaccess',
    '/services/data/%25252e%25252e/oauth2/singleaccess',
    '/services/data/v66.0/..%00/limits',
    '/services/data/v66.0/limits%00.html',
    '/services/data/v66.0/..%20/limits',
    '/services/data/v66.0/..%5c..%5coauth2',
    '/services/data/v66.0/.%EF%BB%BF./limits',
    '/services/data/v66.0/%c0%ae%c0%ae/limits',
    '/services/data/v66.0/%u002e%u002e/limits',
    '/services/data/v66.0/%zz',
    `/services/data/v66.0/${'%25'.repeat(1)}${'25'.repeat(8)}2e`,
  ])('refuses %j, which a server may read as something else', (endpoint) => {
    expect(judge(endpoint)).toMatchObject(refused);
  });

  const guarded: Record<GuardedEndpointName, readonly [method: string, endpoint: string][]> = {
    executeAnonymous: [
      ['GET', '/services/data/v66.0/tooling/executeAnonymous/?anonymousBody=x'],
      ['GET', '/services/data/v66.0/tooling/EXECUTEanonymous?anonymousBody=x'],
      ['GET', '/services/data/v66.0/tooling//executeAnonymous'],
      ['GET', '/services/data/v66.0/tooling;x/executeAnonymous;y'],
      ['GET', '/services/data/v66.0/tooling%2fexecuteAnonymous'],
      ['GET', '/services/data/v66.0/tooling/%2565xecuteAnonymous'],
      ['GET', '/services/data/v66.0/./tooling/.;/executeAnonymous'],
      // An extension asks for a form of the answer (REST API Developer Guide, "Response Format").
      ['GET', '/services/data/v66.0/tooling/executeAnonymous.json?anonymousBody=x'],
      ['GET', '/services/data/v66.0/tooling/executeAnonymous.xml/'],
    ],
    runTests: [
      ['GET', '/services/data/v66.0/tooling/runTestsAsynchronous/?classids=1'],
      ['POST', '/services/data/v66.0/tooling/runTestsSynchronous'],
    ],
    deployCode: [
      ['POST', '/services/data/v66.0/tooling/sobjects/ApexClass'],
      ['PATCH', '/services/data/v66.0/tooling/composite'],
      ['POST', '/services/data/v66.0/metadata/deployRequest'],
      ['POST', '/services/data/v66.0/sobjects/ApexTrigger/'],
      ['POST', '/services/data/v66.0/sobjects/ApexClass.json'],
      ['POST', '/services/data/v66.0/composite/tree/ApexClass'],
      // A method in the query stands for the one that the client cannot send.
      ['GET', '/services/data/v66.0/tooling/sobjects/ApexClass/01p?_HttpMethod=DELETE'],
      ['GET', '/services/data/v66.0/sobjects/ApexClass/01p?a=b&_httpmethod=PATCH'],
    ],
    passwords: [
      ['DELETE', '/services/data/v66.0/sobjects/User/005000000000001/password'],
      ['POST', '/services/data/v66.0/sobjects/user/005000000000001/Password.json'],
      ['POST', '/services/data/v66.0/sobjects/SelfServiceUser/035000000000001/password/'],
    ],
    soap: [
      ['POST', '/services/Soap/u/66.0'],
      ['POST', '/services/soap/c/66.0'],
    ],
    oauth: [
      ['POST', '/services/oauth2/token'],
      ['POST', '/services/oauth2/revoke'],
      ['GET', '/services/oauth2/authorize'],
    ],
    singleAccess: [['POST', '/services/oauth2/singleaccess']],
    frontDoor: [['GET', '/secur/frontdoor.jsp?sid=1']],
  };

  it.each(guardedEndpointNames)('refuses %s however wide the prefixes are, unless it is named', (name) => {
    for (const [method, endpoint] of guarded[name]) {
      const rules = { prefixes: ['/'], allowed: guardedEndpointNames.filter((other) => other !== name) };
      expect([endpoint, endpointUrl(endpoint, method, instance, rules)]).toMatchObject([
        endpoint,
        {
          ok: false,
          error: {
            code: 'ENDPOINT_NOT_ALLOWED',
            message: expect.stringContaining(`list ${name} under dangerouslyAllowedEndpoints`),
          },
        },
      ]);
      expect(endpointUrl(endpoint, method, instance, { ...rules, allowed: [name] })).toMatchObject({ ok: true });
    }
  });

  it.each([
    ['/services/data/v66.0/query?q=SELECT Id, Name FROM Contact', '?q=SELECT%20Id,%20Name%20FROM%20Contact'],
    ['\n  /services/data/v66.0/query?q=SELECT Id,\r\n\tName FROM Contact\n', '?q=SELECT%20Id,Name%20FROM%20Contact'],
    [
      "/services/data/v66.0/query?q=SELECT Id FROM Contact WHERE LastName = 'O\\'Neill'",
      '?q=SELECT%20Id%20FROM%20Contact%20WHERE%20LastName%20=%20%27O\\%27Neill%27',
    ],
    ['/services/data/v66.0/chatter/feed-elements?q=Dickenson plc', '?q=Dickenson%20plc'],
    [
      "/services/data/v66.0/query?q=SELECT Id FROM Account WHERE Name = 'Zürich'",
      '?q=SELECT%20Id%20FROM%20Account%20WHERE%20Name%20=%20%27Z%C3%BCrich%27',
    ],
    ['/services/data/v66.0/sobjects/Contact/Email/ada lovelace@b.example', ''],
  ])('encodes %j as fetch does (D4)', (endpoint, search) => {
    const outcome = judge(endpoint);
    expect(outcome.ok && outcome.data.search).toBe(search);
    expect(outcome.ok && outcome.data.href).toBe(new Request(`${instance}${endpoint.trim()}`).url);
  });

  it('tells refused URLs by origin and path, never with what they carry (S25)', () => {
    const told = (endpoint: string) => {
      const outcome = judge(endpoint);
      return outcome.ok ? '' : outcome.error.message;
    };
    for (const endpoint of [
      'https://ada:hunter2@evil.example/services/data?q=secret#access_token=t0ken',
      '//ada:hunter2@evil.example/services/data#t0ken',
      '/services/dataset?q=secret#t0ken',
    ]) {
      expect(told(endpoint)).not.toMatch(/hunter2|ada|secret|t0ken/);
    }
    expect(told('https://ada:hunter2@evil.example/services/data#access_token=t0ken')).toMatch(
      /^https:\/\/evil\.example\/services\/data cannot be requested/,
    );
  });

  it('never leads to another origin or out of the allowed prefixes, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webPath(),
          fc.string(),
          fc.string({ unit: 'binary' }).map((text) => `/services/data${text}`),
          fc
            .string({
              unit: fc.constantFrom('.', '/', ';', '%', '2', '5', 'e', 'E', 'f', 'F', '\\', 'c', '3', 'b', '\n', 'a'),
            })
            .map((text) => `/services/data/${text}`),
        ),
        (endpoint) => {
          const outcome = judge(endpoint);
          if (!outcome.ok) return;
          expect(outcome.data.origin).toBe(instance);
          expect(
            prefixes.some(
              (prefix) => outcome.data.pathname === prefix || outcome.data.pathname.startsWith(`${prefix}/`),
            ),
          ).toBe(true);
          // As a lax server would resolve it, however often it decodes.
          let text = outcome.data.pathname;
          for (let round = 0; round < 6; round += 1) {
            expect(text.split(/[\\/]/).map((segment) => segment.split(';')[0])).not.toContain('..');
            text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
