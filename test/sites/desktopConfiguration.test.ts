import { parseConfiguration, ConfigurationError } from '../../src/provider/configuration.ts';
import {
  containerProviderConfiguration,
  parseDesktopConfiguration,
  webProviderConfiguration,
  type DesktopConfigurationInput,
} from '../../src/sites/desktopConfiguration.ts';
import { bankDesktop, bankDesktopFile } from './bankDesktop.ts';

const [blotter, chat] = bankDesktopFile.apps;

function problemsOf(changes: Partial<DesktopConfigurationInput>): readonly string[] {
  try {
    parseDesktopConfiguration({ ...bankDesktopFile, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

describe("a desktop's configuration", () => {
  it("makes a provider's configuration that lets in the apps that may use Salesforce, by origin in a browser", () => {
    const { allowedApps, redirectUri, recordViewUrl } = parseConfiguration(webProviderConfiguration(bankDesktop()));
    expect(allowedApps.map(({ name, origin, role }) => [name, origin, role])).toEqual([
      ['Platform', 'https://desk.bank.example', 'platform'],
      ['Record view', 'https://record.bank.example', 'recordView'],
      ['Blotter', 'https://blotter.bank.example', 'app'],
      ['Archive', 'https://archive.bank.example', 'app'],
    ]);
    expect(allowedApps.find(({ appId }) => appId === 'archive')?.scopes).toEqual(['id']);
    expect([redirectUri, recordViewUrl]).toEqual([
      'https://crm.bank.example/signed-in.html',
      'https://record.bank.example/',
    ]);
  });

  it('makes one for the container, where an app is known by its own uuid, or by its view and the origin of its page', () => {
    const { allowedApps } = parseConfiguration(containerProviderConfiguration(bankDesktop()));
    expect(allowedApps.map(({ appId, uuid, windowName, origin }) => [appId, uuid, windowName, origin])).toEqual([
      ['blotter', 'blotter-app', undefined, 'https://blotter.bank.example'],
      ['archive', 'salesforce-interop', 'archive', 'https://archive.bank.example'],
      [undefined, 'salesforce-interop', 'salesforce-record-*', 'https://record.bank.example'],
    ]);
  });

  it('leaves to the provider what the file does not say', () => {
    expect(webProviderConfiguration(bankDesktop())).not.toHaveProperty('requestTimeoutMs');
  });

  it.each<[string, Partial<DesktopConfigurationInput>, string]>([
    [
      'two apps on one origin',
      { apps: [blotter!, { ...chat!, url: 'https://blotter.bank.example/chat' }] },
      'apps.1.url: has the origin of apps.0.url too',
    ],
    [
      "an app on the provider's origin",
      { apps: [{ ...blotter!, url: 'https://crm.bank.example/app' }] },
      'apps.0.url: has the origin of provider.origin too',
    ],
    [
      'two apps with one id',
      { apps: [blotter!, { ...chat!, appId: 'blotter' }] },
      'apps.1.appId: is that of apps.0 too',
    ],
    [
      'an app that calls itself the provider',
      { apps: [{ ...blotter!, appId: 'salesforce-interop' }] },
      "apps.0.appId: is the id of one of the desktop's own pages",
    ],
    [
      'a page of another site',
      { recordView: { origin: 'https://record.other.example' } },
      'recordView.origin: is of another site than https://desk.bank.example',
    ],
    [
      'an app over http',
      { apps: [{ ...blotter!, url: 'http://blotter.bank.example/' }] },
      'apps.0.url: must be an https address',
    ],
    [
      'a login host for an org',
      { salesforce: { orgs: [{ orgUrl: 'https://login.salesforce.com', consumerKey: 'key' }] } },
      'salesforce.orgs.0.orgUrl: is a shared login host',
    ],
    [
      "another's directory that describes an app of the desktop's own",
      { directories: [{ url: 'https://apps.other.example/v2/apps', appOrigins: ['https://blotter.bank.example'] }] },
      'directories.0.appOrigins.0: is that of apps.0.url',
    ],
    [
      "another's directory that is trusted with no app",
      { directories: [{ url: 'https://apps.other.example/v2/apps', appOrigins: [] }] },
      'directories.0.appOrigins: ',
    ],
    [
      'an origin with a path',
      { provider: { origin: 'https://crm.bank.example/provider' } },
      'provider.origin: must be an origin',
    ],
    [
      'a setting that follows from the rest',
      { salesforce: { ...bankDesktopFile.salesforce, redirectUri: 'https://evil.example/' } as never },
      'salesforce: Unrecognized key: "redirectUri"',
    ],
  ])('refuses %s and names the place', (_case, changes, problem) => {
    expect(problemsOf(changes)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  it('takes a desktop on one machine, with a port for each page', () => {
    const at = (port: number) => ({ origin: `http://localhost:${port}` });
    expect(
      problemsOf({
        platform: at(7070),
        provider: at(7072),
        recordView: at(7076),
        apps: [{ ...chat!, url: 'http://localhost:5173' }],
      }),
    ).toEqual([]);
    expect(
      problemsOf({
        platform: at(7070),
        provider: at(7072),
        recordView: at(7076),
        apps: [{ ...chat!, url: 'http://127.0.0.1:5173' }],
      }),
    ).toHaveLength(1);
  });
});
