import { parseConfiguration } from '../../src/provider/configuration.ts';
import { createAccessPolicy } from '../../src/provider/accessPolicy.ts';
import { describeSites } from '../../src/sites/describeSites.ts';
import type { DesktopConfigurationInput } from '../../src/sites/desktopConfiguration.ts';
import { bankDesktop } from './bankDesktop.ts';

const sitesOf = (platform: Partial<DesktopConfigurationInput['platform']> = {}) =>
  describeSites(bankDesktop({ platform: { origin: 'https://desk.other.example', agent: 'fdc3', ...platform } }));
const documentsOf = (name: string, platform = {}) => sitesOf(platform).find((site) => site.name === name)!.documents;
const policyOf = (platform = {}) => {
  const { provider } = documentsOf('provider', platform)['/config.json'] as { provider: unknown };
  return createAccessPolicy(parseConfiguration(provider).allowedApps);
};

it("is served provider and record view only: the page is the other maker's, and may be of another site", () => {
  expect(sitesOf().map(({ name, origin }) => [name, origin])).toEqual([
    ['provider', 'https://crm.bank.example'],
    ['record-view', 'https://record.bank.example'],
  ]);
});

it('gets a record for its app directory that names intents, contexts and types of results', () => {
  expect(documentsOf('provider')['/appd.json']).toMatchObject({
    applications: [
      {
        appId: 'salesforce-interop',
        type: 'web',
        details: { url: 'https://crm.bank.example/app.html' },
        interop: { intents: { listensFor: { ViewContact: { resultType: 'fdc3.contact' } } } },
      },
    ],
  });
});

it("knows its apps by the ids of the agent, and the provider's own pages by their origins", () => {
  const allowed = policyOf();
  expect(allowed({ kind: 'fdc3', appId: 'blotter' })).toMatchObject({ ok: true, data: { role: 'app' } });
  expect(allowed({ kind: 'origin', origin: 'https://crm.bank.example' })).toMatchObject({ data: { role: 'platform' } });
  expect(allowed({ kind: 'origin', origin: 'https://record.bank.example' })).toMatchObject({
    data: { role: 'recordView' },
  });
  for (const identity of [
    { kind: 'fdc3', appId: 'chat' },
    { kind: 'fdc3', appId: undefined },
    { kind: 'origin', origin: 'https://blotter.bank.example' },
    { kind: 'origin', origin: 'https://desk.other.example' },
  ] as const)
    expect(allowed(identity)).toMatchObject({ ok: false });
});

it('answers intents without a source where the configuration says so', () => {
  expect(policyOf({ namesNoApps: true })({ kind: 'fdc3', appId: undefined })).toMatchObject({
    ok: true,
    data: { name: 'Any app of this desktop', role: 'app' },
  });
});
