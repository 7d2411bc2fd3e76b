import { homeSettings } from '../home/homeSettings.ts';
import { z } from '../zod.ts';
import { defaultIdentifiers, identifierForms, usualForm, type Identifiers } from '../matching/identifiers.ts';
import { defaultApiVersion } from '../salesforce/apiVersions.ts';
import { isFieldName } from '../salesforce/fieldName.ts';
import { guardedEndpointNames, guardedEndpoints } from '../salesforce/guardedEndpoints.ts';
import { webAddress, webOrigin as origin } from '../webAddress.ts';
import { pipelineSettings } from '../worker/pipeline/pipelineSettings.ts';
import { allowedApps } from './allowedApps.ts';
import { mappedLists } from './mappedListSettings.ts';
import { checkOrgs, orgSettings } from './orgSettings.ts';

const limits = z
  .strictObject({
    requestsAtOnce: z
      .number()
      .int()
      .min(2)
      .max(100)
      .default(20)
      .describe(
        'Requests to an org under way at one time. Orgs speak HTTP/2; where a proxy in between speaks HTTP/1.1 only, a browser opens six connections to a host: then 5 leave one for renewing, revoking and signing out.',
      ),
    requestsAtOncePerApp: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(5)
      .describe(
        'How many of them one app may have. Apps together have one less than all: that one is for record views.',
      ),
    waitingRequestsPerApp: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('Requests of one app that may wait for their turn. Apps take turns.'),
    longestRequestMs: z
      .number()
      .int()
      .positive()
      .max(600_000)
      .default(120_000)
      .describe('Milliseconds that an app may give a request; whoever asks for more gets as many.'),
    signInsPerApp: z
      .number()
      .int()
      .min(1)
      .max(20)
      .default(2)
      .describe('Sign-ins with a window of one app that may be under way or waiting.'),
    recordViewsPerApp: z
      .number()
      .int()
      .min(1)
      .max(50)
      .default(4)
      .describe('Records that intents of one app may have open before the person, or on their way.'),
    recordViews: z.number().int().min(1).max(100).default(12).describe('The same for all apps together.'),
  })
  .prefault({});

const fieldNames = z
  .array(z.string().refine(isFieldName, 'is not the API name of a field, such as LEI__c'))
  .min(1)
  .max(10);

const identifierFields = z.union([
  fieldNames,
  z.strictObject({
    fields: fieldNames,
    form: z
      .enum(identifierForms)
      .optional()
      .describe(
        'How values are brought to one form: `compact` without spaces and hyphens in upper case, `ticker` in upper case and without the exchange, `email`, or `exact`. Left out, as is usual for the identifier.',
      ),
  }),
]);

const identifiersOf = (defaults: Identifiers) =>
  z
    .record(z.string().min(1).max(100), identifierFields)
    .default(() => Object.fromEntries(Object.entries(defaults).map(([member, { fields }]) => [member, [...fields]])))
    .transform((given): Identifiers =>
      Object.fromEntries(
        Object.entries(given).map(([member, value]) => {
          const { fields, form } = Array.isArray(value) ? { fields: value, form: undefined } : value;
          return [member, { fields, form: form ?? usualForm(member) }];
        }),
      ),
    );

const identifiers = z
  .strictObject({
    Account: identifiersOf(defaultIdentifiers.Account).describe(
      'For members of the id of an fdc3.organization or fdc3.instrument, e.g. LEI, PERMID, ISIN or one of your own, the fields of Account that hold the same identifier. Named here, they take the place of the default ones.',
    ),
    Contact: identifiersOf(defaultIdentifiers.Contact).describe(
      'The same for an fdc3.contact and the fields of Contact: email, FDS_ID or one of your own.',
    ),
    Activity: identifiersOf({}).describe(
      'For members of the id of an fdc3.interaction, an external id field of activities that holds it, so that CreateInteraction writes each once for all who log it. Without one, the provider remembers what its own person has written.',
    ),
  })
  .prefault({});

const recordViews = z
  .strictObject({
    userChannel: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe(
        'Id of the FDC3 user channel that a record view joins where the desktop has put it on none, e.g. `green`. Left out, the person chooses one in the view, or none.',
      ),
    broadcasts: z
      .boolean()
      .default(true)
      .describe(
        'Whether a view that is on a user channel tells the other apps there which record the person has opened: its name, id and link, and the e-mail address of a person.',
      ),
    follows: z
      .boolean()
      .default(false)
      .describe(
        'Whether a view shows the contact, organization or record that another app shares on its channel, until the person decides otherwise in the view.',
      ),
  })
  .prefault({});

/** The settings, each checked by itself. Rules between settings are added by the schemas that are made from them. */
export const settings = z.strictObject({
  orgs: z.array(orgSettings).min(1).describe('The orgs that apps may connect to.'),
  redirectUri: webAddress.describe(
    "The provider's own sign-in return page, exactly as registered as callback URL in the org.",
  ),
  recordViewUrl: webAddress.describe(
    'Page that shows a record for ViewContact and ViewAccount, on an origin of its own.',
  ),
  recordViews: recordViews.describe('What record views share with other apps of the desktop, by FDC3 user channels.'),
  allowedApps: allowedApps.describe('Apps that may use the provider. All others are refused.'),
  pipeline: pipelineSettings.describe(
    'How requests go to an org: what they share, and what is kept. Each step can be switched off.',
  ),
  limits: limits.describe('How much one app may ask for at a time.'),
  lanes: z
    .boolean()
    .default(true)
    .describe(
      "Requests of apps and their answers go past the channel, by a port from the app's page to the token worker. In the container for apps of the provider's own site; their frame-src has to allow the provider's origin.",
    ),
  identifiers: identifiers.describe(
    'By object, the fields that hold identifiers of other systems, by which intents find records. A field that the org lacks, or the person may not see, is passed over.',
  ),
  home: homeSettings.describe(
    'The search of the desktop: what it finds, and whether OpenFin Workspace Home offers it.',
  ),
  intents: mappedLists.describe(
    'Objects of the org that hold orders and holdings, by the intent that shows them. An intent without one is neither declared nor answered.',
  ),
  apiVersion: z
    .string()
    .regex(/^\d{2,3}\.0$/)
    .default(defaultApiVersion)
    .describe('REST API version put where an endpoint says vXX.X.'),
  extraOrgOrigins: z
    .array(origin)
    .default([])
    .describe("Origins outside Salesforce's own domains that count as orgs: custom domains, an embedded org."),
  endpointPrefixes: z
    .array(z.string().startsWith('/'))
    .min(1)
    .default(['/services/data', '/services/apexrest', '/services/oauth2/userinfo'])
    .describe('Path prefixes that apps may request.'),
  dangerouslyAllowedEndpoints: z
    .array(z.enum(guardedEndpointNames))
    .default([])
    .describe(
      `Endpoints under the allowed prefixes that are refused all the same unless listed here, as each lets an app do what this provider cannot bound. ${guardedEndpointNames.map((name) => `${name}: ${guardedEndpoints[name].why}`).join('; ')}.`,
    ),
  signInTimeoutMs: z
    .number()
    .int()
    .positive()
    .default(300_000)
    .describe(
      'Milliseconds a person has to sign in; in the device flow, where the code has a life of its own, to ask for a new one.',
    ),
  showSignInWindowAfterMs: z
    .number()
    .int()
    .nonnegative()
    .default(2_000)
    .describe(
      'Container: the hidden sign-in window is shown after this many milliseconds, or at once on a login page.',
    ),
  requestTimeoutMs: z
    .number()
    .int()
    .positive()
    .default(30_000)
    .describe('Milliseconds until a request to Salesforce is given up.'),
  lingerMs: z
    .number()
    .int()
    .nonnegative()
    .default(600_000)
    .describe(
      'Milliseconds a session is kept after the last app that uses it has disconnected or gone, e.g. to reload.',
    ),
  silentSignIn: z
    .boolean()
    .default(true)
    .describe(
      'Try to sign in without a visible page, at start and for getConnection(), for a person whom the org still knows.',
    ),
  silentSignInTimeoutMs: z
    .number()
    .int()
    .positive()
    .default(10_000)
    .describe('Milliseconds until a sign-in without a visible page is given up.'),
  rememberSession: z
    .boolean()
    .default(false)
    .describe(
      "Keep the refresh token, encrypted, on the provider's origin, so that a restarted provider needs no sign-in. See docs/security.md for what that means.",
    ),
  rememberForMs: z
    .number()
    .int()
    .positive()
    .max(7 * 86_400_000)
    .default(86_400_000)
    .describe(
      'Milliseconds after signing in for which a session may be remembered; renewing it does not extend them. At most a week.',
    ),
  signInWindow: z
    .strictObject({ width: z.number().int().min(300).default(560), height: z.number().int().min(300).default(720) })
    .prefault({})
    .describe('Size of the sign-in window in CSS pixels.'),
});

/** The provider's whole configuration; `docs/configuration.md` is generated from it. */
export const providerConfiguration = settings.superRefine((configuration, context) =>
  checkOrgs(configuration, context),
);

/** A placeholder for addresses that this host never uses: a name that cannot exist (RFC 2606, 2). */
const nowhere = 'https://unused.invalid/';

/**
 * The configuration of the server-side host. The pages of a desktop may be left out; an org may be named by the login
 * host that it shares; and there is one org, as key or secret belong to one app of one org.
 */
export const serverConfiguration = settings
  .extend({
    orgs: settings.shape.orgs.max(1, 'must be one org: the key or secret of this host belongs to one app of one org'),
    redirectUri: settings.shape.redirectUri.default(nowhere),
    recordViewUrl: settings.shape.recordViewUrl.default(nowhere),
  })
  .superRefine((configuration, context) => checkOrgs(configuration, context, { mayShareHost: true }));
export type ProviderConfiguration = z.output<typeof providerConfiguration>;
export type ProviderConfigurationInput = z.input<typeof providerConfiguration>;
export type OrgConfiguration = ProviderConfiguration['orgs'][number];
export type AllowedApp = ProviderConfiguration['allowedApps'][number];

/** The org for callers that name none: the first in the configuration. */
export function defaultOrg({ orgs }: Pick<ProviderConfiguration, 'orgs'>): OrgConfiguration {
  return orgs[0]!;
}

/** Thrown when the configuration is wrong; `problems` names each wrong path with what is wrong there. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The provider's configuration is wrong: ${problems.join('; ')}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/**
 * Parses a configuration, from the manifest's `customSettings.salesforceInterop` or the provider page's own file.
 *
 * @throws {ConfigurationError} naming every wrong path.
 */
export function parseConfiguration(input: unknown): ProviderConfiguration {
  return parseSettings(providerConfiguration, input);
}

/** @throws {ConfigurationError} naming every path of `input` that the schema refuses. */
export function parseSettings<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues.map(
      (issue) => `${issue.path.length > 0 ? issue.path.join('.') : '(configuration)'}: ${issue.message}`,
    ),
  );
}
