import { readEnvironment } from '../../../sandbox/desk/environment.ts';
import { OptionError } from '../../../sandbox/org/optionError.ts';
import { siteOrigins } from '../../../sandbox/desk/sites.ts';

describe('readEnvironment', () => {
  it('uses the embedded org on the documented ports when nothing is set', () => {
    expect(readEnvironment({})).toMatchObject({ port: 7070, orgPort: 7071, realOrg: undefined, control: false });
  });

  it('takes a real org by its origin', () => {
    const variables = {
      SALESFORCE_ORG_URL: 'https://acme.my.salesforce.com/lightning',
      SALESFORCE_CONSUMER_KEY: ' 3MVG9.key ',
    };
    expect(readEnvironment(variables).realOrg).toEqual({
      orgUrl: 'https://acme.my.salesforce.com',
      consumerKey: '3MVG9.key',
    });
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
    [{ ORG_PORT: '0' }, 'ORG_PORT=0 is not a port: use a whole number from 1 to 65000.'],
    [{ SALESFORCE_ORG_URL: 'acme', SALESFORCE_CONSUMER_KEY: 'key' }, 'SALESFORCE_ORG_URL=acme'],
    [
      { SALESFORCE_REMEMBER_SESSION: 'yes' },
      'SALESFORCE_REMEMBER_SESSION=yes is neither on nor off: use 1, or leave it out.',
    ],
    [{ SANDBOX_CONTROL: 'true' }, 'SANDBOX_CONTROL=true is neither on nor off'],
    [{ SANDBOX_EXIT_WITH_PARENT: 'true' }, 'SANDBOX_EXIT_WITH_PARENT=true is neither on nor off'],
    [{ SANDBOX_CONTACTS: 'abc' }, 'SANDBOX_CONTACTS=abc: use a whole number from 0 to 100000.'],
    [{ SANDBOX_CONTACTS: '100001' }, 'SANDBOX_CONTACTS=100001: use a whole number from 0 to 100000.'],
    [{ SANDBOX_CONTACTS: '1.5' }, 'SANDBOX_CONTACTS=1.5: use a whole number'],
    [{ SANDBOX_ORG_OPTIONS: '[]' }, 'SANDBOX_ORG_OPTIONS=[] is not a JSON object'],
    [
      { SANDBOX_ORG_OPTIONS: '{"contacts":"many"}' },
      'contacts is "many" in SANDBOX_ORG_OPTIONS: use a whole number from 0 to 100000.',
    ],
    [{ SANDBOX_ORG_OPTIONS: '{"contats":5}' }, 'contats is 5 in SANDBOX_ORG_OPTIONS: there is no such option.'],
    [{ SANDBOX_PROVIDER_OPTIONS: '{' }, 'SANDBOX_PROVIDER_OPTIONS={ is not a JSON object'],
  ])('refuses %j and says why', (variables, reason) => {
    expect(() => readEnvironment(variables)).toThrow(OptionError);
    expect(() => readEnvironment(variables)).toThrow(reason);
  });

  it('shows no password that a URL carries', () => {
    expect(() =>
      readEnvironment({ SALESFORCE_ORG_URL: 'https://me:hunter2@evil.example', SALESFORCE_CONSUMER_KEY: 'key' }),
    ).toThrow(/^(?!.*hunter2)/);
  });

  it('takes 1 for on, and 0 or nothing for off', () => {
    expect(
      readEnvironment({ SANDBOX_CONTROL: '1', SALESFORCE_REMEMBER_SESSION: '0', SANDBOX_CONTACTS: '500' }),
    ).toMatchObject({ control: true, rememberSession: false, contacts: 500 });
  });
});

describe('siteOrigins', () => {
  it("gives the provider and each app the ports after the platform's two", () => {
    expect(siteOrigins({ port: 7070, orgPort: 7071 }).map(({ name, port }) => [name, port])).toEqual([
      ['platform', 7070],
      ['provider', 7072],
      ['contacts', 7073],
      ['account-360', 7074],
      ['intent-raiser', 7075],
      ['record-view', 7076],
    ]);
  });

  it('steps over the org wherever it is', () => {
    const ports = siteOrigins({ port: 9000, orgPort: 9003 }).map(({ port }) => port);
    expect(ports).not.toContain(9003);
    expect(new Set(ports).size).toBe(ports.length);
  });
});
