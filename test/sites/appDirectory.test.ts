import { appOfOrigin, declaredIntents, readAppDirectory } from '../../src/core-web/appDirectory.ts';
import { describeIntents } from '../../src/intents/describeIntents.ts';
import { appDirectory, clearsAtSignOut, legacyProviderRecord } from '../../src/sites/appDirectory.ts';
import {
  appConfiguration,
  appConfigurationFor,
  platformConfiguration,
  platformConfigurationFor,
} from '../../src/sites/pageConfiguration.ts';
import { bankDesktop } from './bankDesktop.ts';

const desktop = bankDesktop();

describe("the desktop's app directory", () => {
  const problems: string[] = [];
  const applications = readAppDirectory(appDirectory(desktop), (problem) => problems.push(problem));

  it('is right in every record', () => {
    expect(problems).toEqual([]);
    expect(applications).toEqual(appDirectory(desktop).applications);
  });

  it('leads every intent with each of its contexts to the provider', () => {
    for (const [intent, contextType] of [
      ['ViewContact', 'fdc3.contact'],
      ['ViewContact', 'fdc3.contactList'],
      ['ViewAccount', 'fdc3.organization'],
      ['ViewAccount', 'fdc3.contact'],
      ['ViewProfile', 'fdc3.contact'],
      ['ViewProfile', 'fdc3.organization'],
      ['ViewInteractions', 'fdc3.contact'],
      ['ViewInteractions', 'fdc3.organization'],
      ['StartCall', 'fdc3.contact'],
      ['StartEmail', 'fdc3.email'],
      ['salesforce.ViewRecord', 'salesforce.record'],
      ['CreateInteraction', 'fdc3.interaction'],
      ['CreateInteraction', 'fdc3.contactList'],
      ['CreateInteraction', 'fdc3.contact'],
      ['CreateOrUpdateProfile', 'fdc3.contact'],
      ['CreateOrUpdateProfile', 'fdc3.organization'],
    ] as const) {
      expect(declaredIntents(applications, { intent, contextType }).map(({ app }) => app.appId)).toEqual([
        'salesforce-interop',
      ]);
    }
  });

  it('knows each app by its origin alone', () => {
    expect(appOfOrigin(applications, 'https://blotter.bank.example')?.appId).toBe('blotter');
    expect(appOfOrigin(applications, 'https://other.bank.example')).toBeUndefined();
  });

  it('says of an app that it forgets at sign-out only where the configuration does', () => {
    expect(applications.filter(clearsAtSignOut).map(({ appId }) => appId)).toEqual(['blotter']);
  });

  it('has the provider for directories of FDC3 1.2 too, with the same intents', () => {
    const { intents, manifest } = legacyProviderRecord(desktop);
    expect(manifest).toBe('https://desk.bank.example/app.json');
    expect(Object.fromEntries(intents.map(({ name, contexts }) => [name, contexts]))).toEqual(
      Object.fromEntries(Object.entries(describeIntents()).map(([name, { contexts }]) => [name, contexts])),
    );
  });
});

describe("the pages' configuration", () => {
  it('fits what the pages read', () => {
    const platform = platformConfiguration.parse(platformConfigurationFor(desktop));
    expect(appConfiguration.parse(appConfigurationFor(desktop))).toEqual({
      platformId: platform.platformId,
      brokerUrl: platform.brokerUrl,
      providerOrigin: 'https://crm.bank.example',
    });
  });

  it('opens the apps that shall open, in their order', () => {
    expect(platformConfigurationFor(desktop).openApps).toEqual(['blotter', 'chat']);
  });
});
