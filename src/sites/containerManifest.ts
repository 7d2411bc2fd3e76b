import { containerProviderConfiguration, type DesktopConfiguration } from './desktopConfiguration.ts';

/** Hosts of Salesforce, and of identity providers that many orgs use: their pages do not get the `fin` API. */
const foreignHosts = [
  '*.salesforce.com',
  '*.force.com',
  '*.site.com',
  '*.salesforce-setup.com',
  '*.salesforce.mil',
  'login.microsoftonline.com',
  '*.okta.com',
  '*.pingidentity.com',
  'accounts.google.com',
];

const view = (name: string, url: string) => ({
  type: 'stack',
  content: [{ type: 'component', componentName: 'view', componentState: { name, url } }],
});

/**
 * `app.json` for the desktop container: a platform that is the provider, headless, and opens as views the apps that are
 * no applications of their own.
 *
 * @see https://developers.openfin.co/of-docs/docs/application-configuration
 */
export function containerManifest(configuration: DesktopConfiguration) {
  const { platform, provider, salesforce, apps } = configuration;
  const icon = `${platform.origin}/icons/salesforce-interop.svg`;
  const views = apps.filter(({ opens, container }) => opens && !container).map(({ appId, url }) => view(appId, url));
  const signInPages = salesforce.orgs.flatMap(({ orgUrl, identityProviders }) => [orgUrl, ...identityProviders]);
  return {
    licenseKey: platform.licenseKey,
    runtime: { version: 'stable-v40' },
    platform: {
      uuid: provider.uuid,
      name: provider.uuid,
      icon,
      autoShow: false,
      providerUrl: `${provider.origin}/`,
      preventQuitOnLastWindowClosed: true,
      allowLaunchIntoPlatform: false,
      permissions: { System: { openUrlWithBrowser: { enabled: true, protocols: ['mailto', 'tel'] } } },
      defaultWindowOptions: { fdc3InteropApi: '2.0', saveWindowState: false },
      defaultViewOptions: { fdc3InteropApi: '2.0', interop: { currentContextGroup: 'green' } },
      interopBrokerConfiguration: {
        contextGroups: [
          { id: 'green', displayMetadata: { name: 'Green', color: '#00CC88' } },
          { id: 'purple', displayMetadata: { name: 'Purple', color: '#8C61FF' } },
          { id: 'orange', displayMetadata: { name: 'Orange', color: '#FF8C4C' } },
        ],
      },
      domainSettings: {
        rules: [
          {
            match: [...new Set(signInPages)]
              .map((origin) => `${origin}/*`)
              .concat(foreignHosts.map((host) => `*://${host}/*`)),
            options: { api: { fin: 'none' } },
          },
        ],
        multipleMatchBehavior: 'pick-first',
      },
    },
    ...(views.length > 0 && {
      snapshot: {
        windows: [
          {
            name: 'desk',
            defaultWidth: 1440,
            defaultHeight: 900,
            layout: { content: [{ type: 'row', content: views }] },
          },
        ],
      },
    }),
    shortcut: { company: platform.company, name: 'Salesforce Interop', icon },
    supportInformation: {
      company: platform.company,
      product: 'Salesforce Interop',
      ...(platform.supportEmail !== undefined && { email: platform.supportEmail }),
    },
    customSettings: { salesforceInterop: containerProviderConfiguration(configuration) },
  };
}
