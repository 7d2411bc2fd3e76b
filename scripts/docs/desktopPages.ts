import { readEnvironment } from '../../sandbox/desk/environment.ts';
import { sampleDesktop } from '../../sandbox/desk/sites.ts';
import { appDirectory } from '../../src/sites/appDirectory.ts';
import { containerManifest } from '../../src/sites/containerManifest.ts';
import { desktopConfiguration, ownAppIds, parseDesktopConfiguration } from '../../src/sites/desktopConfiguration.ts';
import { jsonSchema } from './jsonSchema.ts';
import { configurationRows } from './schemaTable.ts';

const sample = parseDesktopConfiguration(sampleDesktop(readEnvironment({}), 'http://localhost:7071'));
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The manifest of the sample desktop, on the ports of `npm start`. */
export const sampleManifest = (): string => json(containerManifest(sample));

/** The provider's record in an app directory, for platforms that start apps from one. */
export function sampleDirectory(): string {
  return json({ applications: appDirectory(sample).applications.filter(({ appId }) => appId === ownAppIds.provider) });
}

/** The page about the desktop's configuration, made from its schema. */
export function desktopConfigurationPage(): string {
  const schema = jsonSchema(desktopConfiguration);
  const { $schema: _forEditors, salesforce, ...properties } = schema.properties!;
  const { orgs } = salesforce!.properties!;
  const shown = {
    ...schema,
    properties: { ...properties, salesforce: { ...salesforce!, properties: { orgs: { ...orgs!, items: {} } } } },
  };
  return `# The desktop's configuration

<!-- Generated from src/sites/desktopConfiguration.ts by \`npm run docs\`. -->

One file, JSON with comments, says what a desktop consists of. \`salesforce-interop init\` writes one to begin with,
\`salesforce-interop check\` says what is wrong with it, and \`build\` and \`serve\` make of it what the sites serve: the provider's own
[configuration](configuration.md), the app directory, \`app.json\` for the container and the [response headers](headers.md).

Adding an app is one entry under \`apps\`. An app that is not listed cannot join; one without \`usesSalesforce\` joins and may raise
intents, and is refused by the Salesforce provider.

| path | type | default | meaning |
| --- | --- | --- | --- |
${configurationRows(shown).join('\n')}

Under \`salesforce\` stands whatever [configuration](configuration.md) lists, but for \`redirectUri\`, \`recordViewUrl\` and
\`allowedApps\`, which follow from the rest.
`;
}
