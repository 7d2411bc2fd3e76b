import { appOfOrigin, declaredIntents, readAppDirectory, type AppRecord } from '../../src/core-web/appDirectory.ts';
import { describeIntents } from '../../src/intents/describeIntents.ts';
import { appDirectory, clearsAtSignOut, providerRecordOf2_0 } from '../../src/sites/appDirectory.ts';
import { legacyProviderRecord } from '../../src/sites/legacyAppDirectory.ts';
import {
  appConfiguration,
  appConfigurationFor,
  platformConfiguration,
  platformConfigurationFor,
} from '../../src/sites/pageConfiguration.ts';
import { bankDesktop, bankDesktopFile } from './bankDesktop.ts';

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

describe('the types of the results of intents', () => {
  const types = Object.entries(describeIntents()).flatMap(([name, { resultType }]) =>
    resultType === undefined ? [] : [[name, resultType] as const],
  );

  it('are said to directories of FDC3 2.2, 2.0 and 1.2 alike', () => {
    const of2 = (record: AppRecord | undefined) =>
      Object.entries(record?.interop?.intents?.listensFor ?? {}).flatMap(([name, { resultType }]) =>
        resultType === undefined ? [] : [[name, resultType]],
      );
    const of12 = legacyProviderRecord(desktop).intents.flatMap(({ name, customConfig }) =>
      customConfig ? [[name, customConfig.resultType]] : [],
    );
    const provider = appDirectory(desktop).applications.find(({ appId }) => appId === 'salesforce-interop');
    expect(of2(provider)).toEqual(types);
    expect(of2(providerRecordOf2_0(desktop))).toEqual(types);
    expect(of12).toEqual(types);
  });

  it('are said of ViewHoldings too, which is in no directory unless an object is mapped to it', () => {
    const mapped = bankDesktop({
      salesforce: {
        ...bankDesktopFile.salesforce,
        intents: { ViewHoldings: { object: 'Holding__c', label: 'Holdings', Account: 'Account__c' } },
      },
    });
    const contexts = ['fdc3.contact', 'fdc3.organization', 'fdc3.instrument'];
    const declared = { contexts, resultType: 'fdc3.organization' };
    const provider = appDirectory(mapped).applications.find(({ appId }) => appId === 'salesforce-interop');
    expect(provider?.interop?.intents?.listensFor?.['ViewHoldings']).toEqual(declared);
    expect(providerRecordOf2_0(mapped).interop?.intents?.listensFor?.['ViewHoldings']).toMatchObject(declared);
    expect(legacyProviderRecord(mapped).intents.find(({ name }) => name === 'ViewHoldings')).toMatchObject({
      contexts,
      customConfig: { resultType: 'fdc3.organization' },
    });
    expect(JSON.stringify([appDirectory(desktop), legacyProviderRecord(desktop)])).not.toMatch(
      /ViewHoldings|ViewOrders/,
    );
  });

  it('find the provider, and nobody where it gives another', () => {
    const { applications } = appDirectory(desktop);
    const found = (resultType: string) => declaredIntents(applications, { contextType: 'fdc3.contact', resultType });
    expect(found('fdc3.contact').map(({ intent }) => intent)).toEqual(['ViewContact', 'StartCall']);
    expect(found('fdc3.email').map(({ intent }) => intent)).toEqual(['StartEmail']);
    expect(found('fdc3.chart')).toEqual([]);
  });

  it('come with a name of the app and of each intent for readers of FDC3 2.0', () => {
    const record = providerRecordOf2_0(desktop);
    expect(record['name']).toBe('salesforce-interop');
    for (const [name, { displayName }] of Object.entries(record.interop?.intents?.listensFor ?? {}))
      expect(displayName).toBe(name);
    expect(readAppDirectory({ applications: [record] }, (problem) => expect(problem).toBeUndefined())).toEqual([
      record,
    ]);
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
