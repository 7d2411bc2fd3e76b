import { parseConfiguration, type OrgConfiguration } from '../../src/provider/configuration.ts';
import { orgOfIntent } from '../../src/provider/orgOfIntent.ts';

const [home, emea] = ['https://home.my.salesforce.com', 'https://emea.my.salesforce.com'];
const configuration = parseConfiguration({
  orgs: [
    { orgUrl: home, consumerKey: 'desk' },
    { orgUrl: emea, consumerKey: 'desk' },
    { orgUrl: emea, consumerKey: 'research' },
  ],
  redirectUri: 'https://crm.bank.example/signed-in.html',
  recordViewUrl: 'https://record.bank.example/',
  allowedApps: [],
});
const connectedTo =
  (...names: string[]) =>
  ({ orgUrl, consumerKey }: OrgConfiguration) =>
    names.includes(`${consumerKey}@${orgUrl}`);

describe('the org of an intent', () => {
  it.each([
    ['the default one, when neither context nor app names any', [], [], home, 'desk'],
    ['the one that its app is connected to', [], [`desk@${emea}`], emea, 'desk'],
    ['the one that its context names, whatever its app is connected to', [emea], [`desk@${home}`], emea, 'desk'],
    [
      "the one with the key of the app's own session, when the context names the org",
      [emea],
      [`research@${emea}`],
      emea,
      'research',
    ],
    [
      'the first that is configured, when its app is connected to several',
      [],
      [`desk@${emea}`, `desk@${home}`],
      home,
      'desk',
    ],
    [
      'the first of those in the context that is configured',
      ['https://elsewhere.my.salesforce.com', emea, home],
      [],
      emea,
      'desk',
    ],
    [
      'as if nothing were named, when the context names an org of others',
      ['https://elsewhere.my.salesforce.com'],
      [`desk@${emea}`],
      emea,
      'desk',
    ],
  ])('is %s', (_what, named, connected, orgUrl, consumerKey) => {
    expect(orgOfIntent(configuration, named, connectedTo(...connected))).toMatchObject({ orgUrl, consumerKey });
  });
});
