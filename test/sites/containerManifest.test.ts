import { parseConfiguration } from '../../src/provider/configuration.ts';
import { containerManifest } from '../../src/sites/containerManifest.ts';
import { bankDesktop } from './bankDesktop.ts';

describe('the manifest for the container', () => {
  const manifest = containerManifest(bankDesktop());

  it('starts the provider unseen, with a configuration that it takes', () => {
    expect(manifest.platform).toMatchObject({
      autoShow: false,
      preventQuitOnLastWindowClosed: true,
      providerUrl: 'https://crm.bank.example/',
    });
    expect(parseConfiguration(manifest.customSettings.salesforceInterop).orgs[0]!.orgUrl).toBe(
      'https://acme.my.salesforce.com',
    );
  });

  it('takes `fin` from the pages of the org and of its identity providers', () => {
    const [rule] = manifest.platform.domainSettings.rules;
    expect(rule).toMatchObject({ options: { api: { fin: 'none' } } });
    expect(rule!.match).toEqual(
      expect.arrayContaining([
        'https://acme.my.salesforce.com/*',
        'https://login.bank.example/*',
        '*://*.salesforce.com/*',
      ]),
    );
  });

  it('opens as views the apps that open and are no applications of their own', () => {
    expect(JSON.stringify(manifest.snapshot)).toContain('"name":"chat"');
    expect(JSON.stringify(manifest.snapshot)).not.toMatch(/blotter|archive/);
  });
});
