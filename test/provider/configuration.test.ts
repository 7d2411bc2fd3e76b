import {
  ConfigurationError,
  parseConfiguration,
  type ProviderConfigurationInput,
} from '../../src/provider/configuration.ts';

const minimal: ProviderConfigurationInput = {
  orgs: [{ orgUrl: 'https://acme.my.salesforce.com', consumerKey: '3MVG9.key' }],
  redirectUri: 'https://provider.bank.example/signed-in.html',
  recordViewUrl: 'https://record.bank.example/',
  allowedApps: [{ name: 'Blotter', origin: 'https://blotter.bank.example' }],
};

function problemsOf(input: unknown): readonly string[] {
  try {
    parseConfiguration(input);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseConfiguration', () => {
  it('fills in every default of a minimal configuration', () => {
    expect(parseConfiguration(minimal)).toMatchObject({
      apiVersion: '66.0',
      signInTimeoutMs: 300_000,
      requestTimeoutMs: 30_000,
      orgs: [{ scopes: ['api', 'refresh_token'], flow: 'webServer', embedded: false }],
      allowedApps: [{ role: 'app' }],
      signInWindow: { width: 560, height: 720 },
    });
  });

  it('takes objects for ViewOrders and ViewHoldings, which lead to a contact or an account', () => {
    expect(parseConfiguration(minimal).intents).toEqual({});
    const holdings = { object: 'Holding__c', label: 'Holdings', Account: 'Account__c' };
    expect(parseConfiguration({ ...minimal, intents: { ViewHoldings: holdings } }).intents).toEqual({
      ViewHoldings: { ...holdings, fields: ['Name'], orderBy: 'CreatedDate' },
    });
    const { Account: _, ...nobodys } = holdings;
    expect(problemsOf({ ...minimal, intents: { ViewOrders: nobodys } })).toEqual([
      'intents.ViewOrders: names neither a lookup field to Account nor one to Contact',
    ]);
    expect(problemsOf({ ...minimal, intents: { ViewOrders: { ...holdings, object: 'a b' } } }).join()).toContain(
      'intents.ViewOrders.object',
    );
  });

  it('takes the fields of identifiers by their API names, and knows the usual ones where none are named', () => {
    expect(parseConfiguration(minimal).identifiers).toEqual({
      Account: {
        LEI: { fields: ['LEI__c'], form: 'compact' },
        ticker: { fields: ['TickerSymbol', 'Ticker__c'], form: 'ticker' },
      },
      Contact: { email: { fields: ['Email'], form: 'email' } },
      Activity: {},
    });
    const given = {
      Account: { PERMID: ['AccountNumber', 'refinitiv__Perm_Id__c'], desk: { fields: ['Desk__c'], form: 'compact' } },
      Contact: { FDS_ID: ['FDS_ID__c'] },
    };
    expect(parseConfiguration({ ...minimal, identifiers: given }).identifiers).toEqual({
      Account: {
        PERMID: { fields: ['AccountNumber', 'refinitiv__Perm_Id__c'], form: 'compact' },
        desk: { fields: ['Desk__c'], form: 'compact' },
      },
      Contact: { FDS_ID: { fields: ['FDS_ID__c'], form: 'compact' } },
      Activity: {},
    });
    for (const name of ['LEI__c OR Name', 'Name, Id', '1st__c', 'LEI__', 'Owner.Name', ''])
      expect(problemsOf({ ...minimal, identifiers: { Account: { LEI: [name] } } }).join()).toContain(
        'identifiers.Account.LEI',
      );
    expect(problemsOf({ ...minimal, identifiers: { Lead: { FDS_ID: ['FDS_ID__c'] } } })).toEqual([
      expect.stringContaining('Lead'),
    ]);
  });

  it('names each wrong path at once', () => {
    const problems = problemsOf({
      ...minimal,
      redirectUri: 'nonsense',
      apiVersion: '66',
      allowedApps: [{ name: 'Nobody' }],
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(
      expect.arrayContaining(['redirectUri', 'apiVersion', 'allowedApps.0.origin']),
    );
  });

  it('refuses unknown keys by name, a client secret among them', () => {
    expect(problemsOf({ ...minimal, orgs: [{ ...minimal.orgs[0], clientSecret: 's' }] })).toEqual([
      expect.stringContaining('clientSecret'),
    ]);
  });

  it.each([
    'https://evilsalesforce.com',
    'https://acme.my.salesforce.com.evil.example',
    'http://acme.my.salesforce.com',
  ])('refuses %s as an org', (orgUrl) => {
    expect(problemsOf({ ...minimal, orgs: [{ orgUrl, consumerKey: 'k' }] })).toEqual([
      expect.stringMatching(/^orgs\.0\.orgUrl: /),
    ]);
  });

  it('takes an org as people write it, and names the My Domain for an address of its pages (D10)', () => {
    for (const orgUrl of [
      'https://acme.my.salesforce.com/',
      'https://Acme.my.salesforce.com/lightning/page/home',
      'acme.my.salesforce.com',
    ]) {
      expect(parseConfiguration({ ...minimal, orgs: [{ orgUrl, consumerKey: 'k' }] }).orgs[0]!.orgUrl).toBe(
        'https://acme.my.salesforce.com',
      );
    }
    for (const orgUrl of [
      'https://acme.lightning.force.com',
      'https://acme.lightning.force.com/lightning/page/home',
      'acme.my.salesforce-setup.com',
    ]) {
      expect(problemsOf({ ...minimal, orgs: [{ orgUrl, consumerKey: 'k' }] })).toEqual([
        expect.stringMatching(/^orgs\.0\.orgUrl: .*use its My Domain, https:\/\/acme\.my\.salesforce\.com$/),
      ]);
    }
  });

  it('says that a shared login host needs the My Domain URL', () => {
    expect(problemsOf({ ...minimal, orgs: [{ orgUrl: 'https://login.salesforce.com', consumerKey: 'k' }] })).toEqual([
      expect.stringContaining('My Domain'),
    ]);
  });

  it('accepts a custom domain once it is listed', () => {
    const orgs = [{ orgUrl: 'https://crm.bank.example', consumerKey: 'k' }];
    expect(problemsOf({ ...minimal, orgs })).toHaveLength(1);
    expect(problemsOf({ ...minimal, orgs, extraOrgOrigins: ['https://crm.bank.example'] })).toEqual([]);
  });

  const orgWith = (more: object) => ({ ...minimal, orgs: [{ ...minimal.orgs[0]!, ...more }] });

  const wrongAddresses: [string, object][] = [
    ['redirectUri', { ...minimal, redirectUri: 'javascript:alert(1)' }],
    ['redirectUri', { ...minimal, redirectUri: 'http://provider.bank.example/signed-in.html' }],
    ['recordViewUrl', { ...minimal, recordViewUrl: 'javascript:alert(1)' }],
    ['recordViewUrl', { ...minimal, recordViewUrl: 'data:text/html,hello' }],
    ['recordViewUrl', { ...minimal, recordViewUrl: 'https://someone:hush@record.bank.example/' }],
    ['orgs.0.orgUrl', orgWith({ orgUrl: 'ftp://acme.my.salesforce.com' })],
    ['orgs.0.identityProviders.0', orgWith({ identityProviders: ['http://sso.bank.example'] })],
    ['orgs.0.identityProviders.0', orgWith({ identityProviders: ['ws://sso.bank.example'] })],
    ['extraOrgOrigins.0', { ...minimal, extraOrgOrigins: ['http://crm.bank.example'] }],
    ['extraOrgOrigins.0', { ...minimal, extraOrgOrigins: ['file:///etc'] }],
    ['allowedApps.0.origin', { ...minimal, allowedApps: [{ name: 'Blotter', origin: 'http://blotter.bank.example' }] }],
  ];
  it.each(wrongAddresses)('takes https addresses only, and names %s where there is another', (path, input) => {
    expect(problemsOf(input)).toEqual([
      expect.stringMatching(new RegExp(`^${path.replaceAll('.', '\\.')}: must be an`)),
    ]);
  });

  it('takes http on this machine, where nothing crosses a line', () => {
    const local = {
      ...minimal,
      redirectUri: 'http://localhost:7072/signed-in.html',
      recordViewUrl: 'http://127.0.0.1:7073/',
      extraOrgOrigins: ['http://[::1]:7071'],
    };
    expect(problemsOf({ ...local, allowedApps: [{ name: 'Blotter', origin: 'http://localhost:7074' }] })).toEqual([]);
  });

  it('takes an org as the embedded one on this machine or where it is listed, and never one of Salesforce', () => {
    const embedded = (orgUrl: string, extraOrgOrigins: string[] = []) =>
      problemsOf({ ...minimal, orgs: [{ orgUrl, consumerKey: 'k', embedded: true }], extraOrgOrigins });
    expect(embedded('http://localhost:7071', ['http://localhost:7071'])).toEqual([]);
    expect(embedded('https://sandbox.bank.example', ['https://sandbox.bank.example'])).toEqual([]);
    for (const listed of [[], ['https://acme.my.salesforce.com']]) {
      expect(embedded('https://acme.my.salesforce.com', listed)).toEqual([
        expect.stringMatching(/^orgs\.0\.embedded: is for the embedded org/),
      ]);
    }
    expect(embedded('https://crm.bank.example')).toContainEqual(expect.stringMatching(/^orgs\.0\.embedded: /));
  });

  const apps = (...allowedApps: object[]) => ({ ...minimal, allowedApps }) as ProviderConfigurationInput;

  it("takes a window's name only beside its page's origin and its application, as a name alone proves nothing", () => {
    const entry = { name: 'Contacts', uuid: 'desk', windowName: 'contacts' };
    expect(problemsOf(apps(entry))).toEqual([
      expect.stringMatching(/^allowedApps\.0\.windowName: proves nothing by itself.*origin/),
    ]);
    expect(
      problemsOf(apps({ name: 'Contacts', origin: 'https://contacts.bank.example', windowName: 'contacts' })),
    ).toEqual([expect.stringMatching(/windowName.*name its uuid too/)]);
    expect(parseConfiguration(apps({ ...entry, origin: 'https://contacts.bank.example' })).allowedApps).toHaveLength(1);
  });

  it('refuses two entries that would be one app: each app needs its own name, app id and origin', () => {
    expect(problemsOf(apps({ name: 'Notes', uuid: 'a' }, { name: 'Notes', uuid: 'b' }))).toEqual([
      expect.stringMatching(/^allowedApps\.1\.name: is that of entry 0 too: each app needs its own/),
    ]);
    expect(problemsOf(apps({ name: 'A', appId: 'x' }, { name: 'B', uuid: 'u' }, { name: 'C', appId: 'x' }))).toEqual([
      expect.stringMatching(/^allowedApps\.2\.appId: is that of entry 0/),
    ]);
    expect(
      problemsOf(apps({ name: 'A', origin: 'https://a.example' }, { name: 'B', origin: 'https://a.example' })),
    ).toEqual([expect.stringMatching(/^allowedApps\.1\.origin: is that of entry 0/)]);
    expect(
      parseConfiguration(
        apps(
          { name: 'A', uuid: 'u', origin: 'https://a.example' },
          { name: 'B', uuid: 'v', origin: 'https://a.example' },
        ),
      ).allowedApps,
    ).toHaveLength(2);
  });

  const withFlow = (flow: string) => ({ ...minimal, orgs: [{ ...minimal.orgs[0], flow }] });

  it('takes the device flow for an org', () => {
    expect(parseConfiguration(withFlow('device')).orgs[0]!.flow).toBe('device');
  });

  it.each([
    ['jwtBearer', /private key, which no page can keep: use the server-side host/],
    ['clientCredentials', /client secret, which no page can keep: use the server-side host/],
    ['implicit', /implicit .* not offered: use webServer$/],
    ['userAgent', /user-agent .* not offered: use webServer$/],
    ['usernamePassword', /username-password .* not offered: use webServer, or device/],
    ['password', /username-password .* not offered: use webServer, or device/],
    ['magic', /must be webServer or device/],
  ])('refuses the flow %s with what to use instead', (flow, sentence) => {
    expect(problemsOf(withFlow(flow))).toEqual([expect.stringMatching(sentence)]);
    expect(problemsOf(withFlow(flow))[0]).toMatch(/^orgs\.0\.flow: /);
  });
});
