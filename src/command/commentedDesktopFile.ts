import type { DesktopConfigurationInput } from '../sites/desktopConfiguration.ts';

/** Path of the schema in the installed package, from the folder of the file. */
const schema = './node_modules/salesforce-interop/configuration.schema.json';

const indented = (value: unknown, by: string): string => JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`);

/** Writes a desktop's configuration with a comment on each part. */
export function commentedDesktopFile({
  platform,
  provider,
  recordView,
  salesforce,
  apps,
  directories = [],
}: DesktopConfigurationInput): string {
  return `{
  "$schema": ${JSON.stringify(schema)},

  // The platform page. Every part of the desktop has an origin of its own, all of one site, so that a script error in
  // one cannot reach what another holds.
  "platform": ${indented(platform, '  ')},

  // The provider holds the sign-in. Nothing else is served from its origin. Register as callback URL in Salesforce:
  // ${provider.origin}/signed-in.html
  // and allow its origin under Setup > CORS, with "Enable CORS for OAuth endpoints".
  "provider": ${indented(provider, '  ')},

  // The page that shows a record when an app raises ViewContact or ViewAccount.
  "recordView": ${indented(recordView, '  ')},

  // The orgs, and how the provider works; docs/configuration.md lists all there is. Keys are no secrets; a client
  // secret has no place here.
  "salesforce": ${indented(salesforce, '  ')},

  // Apps that may join. Only those with "usesSalesforce" may use the connection. One more looks like this:
  // { "appId": "blotter", "title": "Blotter", "url": "https://blotter.bank.example/", "usesSalesforce": true }
  "apps": ${indented(apps, '  ')}${directories.length > 0 ? `,\n\n  // App directories of others.\n  "directories": ${indented(directories, '  ')}` : ''}
}
`;
}
