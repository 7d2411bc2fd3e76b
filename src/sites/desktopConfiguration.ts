/** The configuration of a desktop in one file, from which pages, servers, app directory and manifest are configured. */
import { z } from '../zod.ts';
import { appRecord } from '../core-web/appDirectory.ts';
import { parseSettings, settings, type ProviderConfigurationInput } from '../provider/configuration.ts';
import { checkOrgs } from '../provider/orgSettings.ts';
import { webAddress, webOrigin } from '../webAddress.ts';

export const desktopApp = z.strictObject({
  appId: z.string().min(1).describe('FDC3: the id of the app in the directory, and of its view in the container.'),
  title: z.string().min(1).describe('Shown to people and in the audit trail.'),
  url: webAddress.describe('The page of the app. Each app has an origin of its own.'),
  usesSalesforce: z
    .boolean()
    .default(false)
    .describe(
      'Whether the app may use the Salesforce connection, by the channel and by intents. All others are refused.',
    ),
  scopes: z
    .array(z.string().min(1))
    .default([])
    .describe('OAuth scopes that the app may ask for besides those of the org.'),
  opens: z.boolean().default(true).describe('Whether the desktop opens the app when it starts.'),
  clearsAtSignOut: z
    .boolean()
    .default(false)
    .describe(
      'Whether the app forgets by itself what it has shown when somebody signs out (`onStateChange`). The sample platform loads all others anew.',
    ),
  singleInstance: z
    .boolean()
    .default(false)
    .describe(
      'Whether there is one instance of the app at most: it is shown again where FDC3 `open` asks for it, instead of another being started.',
    ),
  container: z
    .strictObject({
      uuid: z.string().min(1).describe('uuid of the application that the app is, or is a view of.'),
      windowName: z
        .string()
        .min(1)
        .optional()
        .describe('Name of its window or view, where the application holds several apps.'),
    })
    .optional()
    .describe(
      'Desktop container: where the app runs as an application of its own. Without it the manifest opens the app as a view beside the provider.',
    ),
  description: z.string().optional(),
  icon: webAddress.optional(),
  categories: z.array(z.string()).optional(),
  interop: appRecord.shape.interop.describe(
    'FDC3 2.2 app directory: `interop` of the record, such as the intents that the app listens for.',
  ),
});

const connection = settings.omit({ redirectUri: true, recordViewUrl: true, allowedApps: true });

const served = (what: string) =>
  z.strictObject({ origin: webOrigin.describe(`Origin that ${what} is served from, and nothing else.`) });

const otherDirectory = z.strictObject({
  url: webAddress.describe(
    'Address of a list of apps as FDC3 2.x has it, such as `https://apps.bank.example/v2/apps`. It has to let pages of the platform read it (CORS).',
  ),
  appOrigins: z
    .array(webOrigin)
    .min(1)
    .describe('Origins of the apps that may come from there. A record of another origin is left out.'),
});

/** Ids and origins of the desktop's own sites, besides those of the apps. */
export const ownAppIds = { provider: 'salesforce-interop', recordView: 'record-view' } as const;

const desktop = z.strictObject({
  $schema: z.string().optional().describe('Where editors find the schema of this file.'),
  platform: served('the platform page').extend({
    agent: z
      .enum(['core-web', 'fdc3'])
      .default('core-web')
      .describe(
        "Whose desktop agent it is in a browser. core-web: this desktop's own, on HERE Core Web. fdc3: that of a desktop of another maker, which keeps to FDC3 2.2 and whose page has this origin; provider and record view join it by `getAgent()`.",
      ),
    namesNoApps: z
      .boolean()
      .default(false)
      .describe(
        'fdc3: whether intents are answered that the agent names no source of (`OriginatingAppMetadata`). They are answered for every app of that desktop then, as none can be told from another.',
      ),
    id: z
      .string()
      .regex(/^[\w.-]+$/, 'must consist of letters, digits, dots, hyphens and underscores')
      .default('salesforce-desktop')
      .describe('HERE Core Web: id under which apps join the platform.'),
    title: z.string().min(1).default('Desktop').describe('Heading of the platform page.'),
    company: z
      .string()
      .min(1)
      .default('Desktop')
      .describe('Container: whose the platform is, in shortcut and support information.'),
    supportEmail: z.email().optional().describe('Container: where people turn to for help.'),
    licenseKey: z.string().default('<your HERE Core licence key>').describe('Container: HERE Core licence key.'),
  }),
  provider: served("the provider's page").extend({
    uuid: z
      .string()
      .min(1)
      .default('salesforce-interop')
      .describe('Container: uuid of the provider, which is a platform of its own.'),
  }),
  recordView: served('the page that shows a record'),
  salesforce: connection.describe(
    "The orgs, and how the provider works: the provider's configuration without what follows from the rest of this file (`redirectUri`, `recordViewUrl`, `allowedApps`).",
  ),
  apps: z.array(desktopApp).describe('Apps that may join the desktop.'),
  directories: z
    .array(otherDirectory)
    .default([])
    .describe(
      'HERE Core Web: app directories of others, whose apps may join the desktop too. None of them gets Salesforce.',
    ),
});

/**
 * HERE's shared broker can only be shared by frames of one site: one scheme, and one registrable domain. Ports may
 * differ.
 */
function siteProblem(
  origins: readonly { path: (string | number)[]; origin: string }[],
): { path: (string | number)[]; message: string } | undefined {
  const [platform, ...others] = origins;
  const labels = (origin: string): string[] => new URL(origin).hostname.split('.').reverse();
  for (const { path, origin } of others) {
    const of = labels(platform!.origin);
    const own = labels(origin);
    // Hosts that share less than two labels are never of one site, whatever the public suffix list says.
    const sharesSite = of.length === 1 ? own.join() === of.join() : own[0] === of[0] && own[1] === of[1];
    if (!sharesSite)
      return {
        path,
        message: `is of another site than ${platform!.origin}: in HERE Core Web a desktop joins pages of one site only, such as crm.bank.example and desk.bank.example`,
      };
    if (new URL(origin).protocol !== new URL(platform!.origin).protocol)
      return { path, message: `is served otherwise than ${platform!.origin}: use https for both` };
  }
  return undefined;
}

/** The schema of the file; `configuration.schema.json` is made from it. */
export const desktopConfiguration = desktop.superRefine((configuration, context) => {
  const { platform, provider, recordView, apps, directories, salesforce } = configuration;
  const origins = [
    { path: ['platform', 'origin'], origin: platform.origin },
    { path: ['provider', 'origin'], origin: provider.origin },
    { path: ['recordView', 'origin'], origin: recordView.origin },
    ...apps.map(({ url }, index) => ({
      path: ['apps', index, 'url'],
      origin: URL.canParse(url) ? new URL(url).origin : '',
    })),
  ].filter(({ origin }) => URL.canParse(origin));
  origins.forEach(({ path, origin }, index) => {
    const first = origins.findIndex((other) => other.origin === origin);
    if (first !== index)
      context.addIssue({
        code: 'custom',
        path,
        message: `has the origin of ${origins[first]!.path.join('.')} too: each needs one of its own, or a script error in one could reach the other`,
      });
  });
  for (const member of ['appId', 'title'] as const) {
    apps.forEach((one, index) => {
      if (member === 'appId' && Object.values<string>(ownAppIds).includes(one.appId))
        context.addIssue({
          code: 'custom',
          path: ['apps', index, 'appId'],
          message: "is the id of one of the desktop's own pages: choose another",
        });
      const first = apps.findIndex((other) => other[member] === one[member]);
      if (first !== index)
        context.addIssue({
          code: 'custom',
          path: ['apps', index, member],
          message: `is that of apps.${first} too: each app needs its own`,
        });
    });
  }
  directories.forEach(({ appOrigins }, index) =>
    appOrigins.forEach((origin, at) => {
      const own = origins.find((one) => one.origin === origin);
      if (own)
        context.addIssue({
          code: 'custom',
          path: ['directories', index, 'appOrigins', at],
          message: `is that of ${own.path.join('.')}: whoever keeps another directory may not describe it`,
        });
    }),
  );
  const problem = platform.agent === 'core-web' ? siteProblem(origins) : undefined;
  if (problem) context.addIssue({ code: 'custom', ...problem });
  checkOrgs(salesforce, context, { path: ['salesforce'] });
});
export type DesktopConfigurationInput = z.input<typeof desktopConfiguration>;
export type DesktopAppInput = z.input<typeof desktopApp>;
export interface DesktopConfiguration extends z.output<typeof desktopConfiguration> {
  /** The settings without defaults, which the provider applies itself. */
  salesforceAsWritten: DesktopConfigurationInput['salesforce'];
}
export type DesktopApp = DesktopConfiguration['apps'][number];

/**
 * Parses the file's content.
 *
 * @throws {ConfigurationError} naming every wrong path.
 */
export function parseDesktopConfiguration(input: unknown): DesktopConfiguration {
  const parsed = parseSettings(desktopConfiguration, input);
  return { ...parsed, salesforceAsWritten: (input as DesktopConfigurationInput).salesforce };
}

/** Configures the provider's page in HERE Core Web, where an app is identified by its origin. */
export function webProviderConfiguration(configuration: DesktopConfiguration): ProviderConfigurationInput {
  const { platform, recordView, apps } = configuration;
  return {
    ...commonProviderConfiguration(configuration),
    allowedApps: [
      { name: 'Platform', origin: platform.origin, role: 'platform' },
      { name: 'Record view', origin: recordView.origin, role: 'recordView' },
      ...apps
        .filter(({ usesSalesforce }) => usesSalesforce)
        .map(({ appId, title, url, scopes }) => ({
          name: title,
          origin: new URL(url).origin,
          appId,
          ...(scopes.length > 0 && { scopes }),
        })),
    ],
  };
}

/**
 * Configures the provider's page on the desktop of another agent: that names an app by its `appId` when it raises an
 * intent, and the browser names the origins of the provider's own pages.
 */
export function agentProviderConfiguration(configuration: DesktopConfiguration): ProviderConfigurationInput {
  const { platform, provider, recordView, apps } = configuration;
  return {
    ...commonProviderConfiguration(configuration),
    allowedApps: [
      { name: 'Salesforce', origin: provider.origin, role: 'platform' },
      { name: 'Record view', origin: recordView.origin, role: 'recordView' },
      ...apps
        .filter(({ usesSalesforce }) => usesSalesforce)
        .map(({ appId, title, scopes }) => ({ name: title, appId, ...(scopes.length > 0 && { scopes }) })),
      ...(platform.namesNoApps ? [{ name: 'Any app of this desktop', isUnnamed: true as const }] : []),
    ],
  };
}

/**
 * Configures the provider in the desktop container, where the runtime vouches for the uuid, and for the origin of a
 * view's page.
 */
export function containerProviderConfiguration(configuration: DesktopConfiguration): ProviderConfigurationInput {
  const { provider, recordView, apps } = configuration;
  return {
    ...commonProviderConfiguration(configuration),
    allowedApps: [
      ...apps
        .filter(({ usesSalesforce }) => usesSalesforce)
        .map(({ appId, title, url, scopes, container }) => {
          const place = container ?? { uuid: provider.uuid, windowName: appId };
          return {
            name: title,
            uuid: place.uuid,
            ...(place.windowName !== undefined && { windowName: place.windowName }),
            origin: new URL(url).origin,
            appId,
            ...(scopes.length > 0 && { scopes }),
          };
        }),
      {
        name: 'Record view',
        uuid: provider.uuid,
        windowName: 'salesforce-record-*',
        origin: recordView.origin,
        role: 'recordView',
      },
    ],
  };
}

function commonProviderConfiguration({ provider, recordView, salesforceAsWritten }: DesktopConfiguration) {
  return {
    ...salesforceAsWritten,
    redirectUri: `${provider.origin}/signed-in.html`,
    recordViewUrl: `${recordView.origin}/`,
  };
}
