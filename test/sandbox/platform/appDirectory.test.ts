import { readAppDirectory, appOfOrigin, declaredIntents } from '../../../src/core-web/appDirectory.ts';
import { appDirectory } from '../../../sandbox/platform/appDirectory.ts';
import { appConfiguration, appConfigurationFor, platformConfiguration, platformConfigurationFor } from '../../../sandbox/pages/desktopConfiguration.ts';

const at = (port: number) => `http://localhost:${port}`;
const origins = { platform: at(1), org: at(2), provider: at(3), contacts: at(4), account360: at(5), intentRaiser: at(6), recordView: at(7) };

describe('the desktop\'s app directory', () => {
  const problems: string[] = [];
  const applications = readAppDirectory(appDirectory(origins), (problem) => problems.push(problem));

  it('is right in every record', () => {
    expect(problems).toEqual([]);
    expect(applications).toEqual(appDirectory(origins).applications);
  });

  it('leads ViewContact, ViewAccount and ViewProfile to the provider', () => {
    for (const [intent, contextType] of [
      ['ViewContact', 'fdc3.contact'], ['ViewContact', 'fdc3.contactList'], ['ViewAccount', 'fdc3.organization'],
      ['ViewAccount', 'fdc3.contact'], ['ViewProfile', 'fdc3.contact'], ['ViewProfile', 'fdc3.organization'],
    ] as const) {
      expect(declaredIntents(applications, { intent, contextType }).map(({ app }) => app.appId)).toEqual(['salesforce-interop']);
    }
  });

  it('knows each app by its origin alone', () => {
    expect(appOfOrigin(applications, origins.contacts)?.appId).toBe('contacts');
    expect(appOfOrigin(applications, at(99))).toBeUndefined();
  });
});

describe('the pages\' configuration', () => {
  it('fits what the pages read', () => {
    const platform = platformConfiguration.parse(platformConfigurationFor(origins));
    expect(appConfiguration.parse(appConfigurationFor(origins))).toEqual({ platformId: platform.platformId, brokerUrl: platform.brokerUrl, providerOrigin: origins.provider });
  });

  it('opens only apps that the directory has', () => {
    const ids = appDirectory(origins).applications.map(({ appId }) => appId);
    expect(ids).toEqual(expect.arrayContaining(platformConfigurationFor(origins).openApps));
  });
});
