import { readEnvironment, StartError } from '../../../sandbox/desk/environment.ts';
import { siteOrigins } from '../../../sandbox/desk/sites.ts';

describe('readEnvironment', () => {
  it('uses the embedded org on the documented ports when nothing is set', () => {
    expect(readEnvironment({})).toMatchObject({ port: 7070, orgPort: 7071, realOrg: undefined, control: false });
  });

  it('takes a real org by its origin', () => {
    const variables = { SALESFORCE_ORG_URL: 'https://acme.my.salesforce.com/lightning', SALESFORCE_CONSUMER_KEY: ' 3MVG9.key ' };
    expect(readEnvironment(variables).realOrg).toEqual({ orgUrl: 'https://acme.my.salesforce.com', consumerKey: '3MVG9.key' });
  });

  it.each([
    [{ SALESFORCE_ORG_URL: 'https://acme.my.salesforce.com' }, 'SALESFORCE_CONSUMER_KEY is not'],
    [{ SALESFORCE_CONSUMER_KEY: 'key' }, 'SALESFORCE_ORG_URL is not'],
    [{ SALESFORCE_ORG_URL: 'https://login.salesforce.com', SALESFORCE_CONSUMER_KEY: 'key' }, 'My Domain'],
    [{ SALESFORCE_ORG_URL: 'https://evilsalesforce.com', SALESFORCE_CONSUMER_KEY: 'key' }, 'not the https address'],
    [{ SALESFORCE_ORG_URL: 'acme', SALESFORCE_CONSUMER_KEY: 'key' }, 'not the https address'],
    [{ SALESFORCE_FLOW: 'implicit' }, 'use webServer or device'],
    [{ PORT: 'abc' }, 'PORT=abc'],
    [{ PORT: '7070', ORG_PORT: '7070' }, 'different ports'],
  ])('refuses %j and says why', (variables, reason) => {
    expect(() => readEnvironment(variables)).toThrow(StartError);
    expect(() => readEnvironment(variables)).toThrow(reason);
  });
});

describe('siteOrigins', () => {
  it('gives the provider and each app the ports after the platform\'s two', () => {
    expect(siteOrigins({ port: 7070, orgPort: 7071 }).map(({ name, port }) => [name, port])).toEqual([
      ['platform', 7070], ['provider', 7072], ['contacts', 7073], ['account-360', 7074], ['intent-raiser', 7075], ['record-view', 7076],
    ]);
  });

  it('steps over the org wherever it is', () => {
    const ports = siteOrigins({ port: 9000, orgPort: 9003 }).map(({ port }) => port);
    expect(ports).not.toContain(9003);
    expect(new Set(ports).size).toBe(ports.length);
  });
});
