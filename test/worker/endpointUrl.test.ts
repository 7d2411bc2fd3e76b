import fc from 'fast-check';
import { endpointUrl } from '../../src/worker/endpointUrl.ts';

const instance = 'https://acme.my.salesforce.com';
const prefixes = ['/services/data', '/services/apexrest', '/services/oauth2/userinfo'];
const judge = (endpoint: string) => endpointUrl(endpoint, instance, prefixes);

describe('endpointUrl', () => {
  it.each([
    ['/services/data/v66.0/limits', 'https://acme.my.salesforce.com/services/data/v66.0/limits'],
    ['services/data/v66.0/query?q=SELECT+Id+FROM+Account', 'https://acme.my.salesforce.com/services/data/v66.0/query?q=SELECT+Id+FROM+Account'],
    ['/services/oauth2/userinfo', 'https://acme.my.salesforce.com/services/oauth2/userinfo'],
    ['/services/data', 'https://acme.my.salesforce.com/services/data'],
    ['/services/data/v66.0/sobjects/Contact/Email/a@b.example', 'https://acme.my.salesforce.com/services/data/v66.0/sobjects/Contact/Email/a@b.example'],
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
    'https:/evil.example/services/data',
    '/services/data/../oauth2/token',
    '/services/data/%2e%2e/oauth2/singleaccess',
    '/services/data/..%2foauth2/token',
    '/services/data/%2E%2E%2Foauth2%2Ftoken',
    '/services/oauth2/singleaccess',
    '/services/oauth2/userinfo2',
    '/services/dataset',
    '/secur/frontdoor.jsp?sid=1',
    '/services/data/\n//evil.example',
    '/services/data/ v66.0',
    '',
  ])('refuses %j', (endpoint) => {
    expect(judge(endpoint)).toMatchObject({ ok: false, error: { code: 'ENDPOINT_NOT_ALLOWED', name: 'ApiRequestError' } });
  });

  it('never leads to another origin or out of the allowed prefixes, whatever the path', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webPath(), fc.string(), fc.string({ unit: 'binary' }).map((text) => `/services/data${text}`)), (endpoint) => {
        const outcome = judge(endpoint);
        if (!outcome.ok) return;
        expect(outcome.data.origin).toBe(instance);
        expect(prefixes.some((prefix) => outcome.data.pathname === prefix || outcome.data.pathname.startsWith(`${prefix}/`))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
