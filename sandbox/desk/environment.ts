import { z } from 'zod';
import { OptionError, describeOption, parseOptions } from '../org/optionError.ts';
import { orgOptionsSchema } from '../org/orgOptions.ts';
import { myDomainHint, normalizeOrgUrl } from '../../src/salesforce/myDomain.ts';
import type { DesktopAppInput, DesktopConfigurationInput } from '../../src/sites/desktopConfiguration.ts';
import { judgeOrgUrl } from '../../src/salesforce/orgHosts.ts';

/** A start that cannot go on; the message says in one sentence what to do. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}

const flows = ['webServer', 'device'] as const;
type SignInFlow = (typeof flows)[number];

/**
 * An app on the desktop besides the samples: it is served at its `url` by whoever wrote it, or by the desk from the
 * folder of its built files, on an origin of its own, with a policy that fits and a `config.json` that says how to
 * join.
 */
export type AddedApp = DesktopAppInput | (Omit<DesktopAppInput, 'url'> & { folder: string });

export interface DeskEnvironment {
  /** Port of the platform page; the provider and the apps take the ports after the org's. */
  port: number;
  orgPort: number;
  /** A real org to use instead of the embedded one. */
  realOrg: { orgUrl: string; consumerKey: string } | undefined;
  /** How people sign in; the provider's default when nothing is said. */
  flow?: SignInFlow | undefined;
  /** Whether a reloaded platform page needs no sign-in. */
  rememberSession?: boolean;
  /** Enables the embedded org's control interface, for tests and measurements. */
  control: boolean;
  /** Contacts in the embedded org's sample data. */
  contacts: number | undefined;
  /** Whether it ends with its standard input, for tests: one that is killed cannot stop what it has started. */
  endsWithParent?: boolean;
  /** Whether the sample apps are on the desktop; they are when nothing is said. */
  samples?: boolean;
  /** Apps on the desktop besides the samples. */
  apps?: readonly AddedApp[];
  /** Where the documentation is served, if it is. */
  documentationUrl?: string | undefined;
  /** Further options of the embedded org, for tests and measurements. */
  orgOptions: Record<string, unknown>;
  /** Further members of the provider's configuration, for tests. */
  providerOptions: Record<string, unknown>;
  /** App directories of others, for tests. */
  directories?: DesktopConfigurationInput['directories'];
}

const port = z.coerce.number().int().min(1).max(65_000);

/**
 * Reads the variables `npm start` knows.
 *
 * @throws {OptionError} naming the variable, what was given and what is wanted.
 */
export function readEnvironment(variables: Record<string, string | undefined>): DeskEnvironment {
  const platformPort = readPort(variables, 'PORT', 7070);
  const orgPort = readPort(variables, 'ORG_PORT', platformPort + 1);
  if (platformPort === orgPort)
    throw new OptionError(`PORT and ORG_PORT are both ${orgPort}: give them different ports.`);
  return {
    port: platformPort,
    orgPort,
    realOrg: readRealOrg(variables['SALESFORCE_ORG_URL'], variables['SALESFORCE_CONSUMER_KEY']),
    flow: readFlow(variables['SALESFORCE_FLOW']),
    rememberSession: readSwitch(variables, 'SALESFORCE_REMEMBER_SESSION'),
    control: readSwitch(variables, 'SANDBOX_CONTROL'),
    endsWithParent: readSwitch(variables, 'SANDBOX_EXIT_WITH_PARENT'),
    contacts: readContacts(variables),
    orgOptions: readOrgOptions(variables),
    providerOptions: readJson(variables, 'SANDBOX_PROVIDER_OPTIONS'),
    directories: readDirectories(variables),
  };
}

function readPort(variables: Record<string, string | undefined>, name: string, fallback: number): number {
  const text = variables[name];
  if (text === undefined || text === '') return fallback;
  const parsed = port.safeParse(text);
  if (!parsed.success) throw new OptionError(`${name}=${text} is not a port: use a whole number from 1 to 65000.`);
  return parsed.data;
}

function readSwitch(variables: Record<string, string | undefined>, name: string): boolean {
  const text = variables[name];
  if (text === undefined || text === '' || text === '0') return false;
  if (text !== '1') throw new OptionError(`${name}=${text} is neither on nor off: use 1, or leave it out.`);
  return true;
}

function readContacts({ SANDBOX_CONTACTS: text }: Record<string, string | undefined>): number | undefined {
  if (text === undefined || text === '') return undefined;
  return parseOptions(orgOptionsSchema.shape.contacts, Number(text), () => `SANDBOX_CONTACTS=${text}`);
}

function readOrgOptions(variables: Record<string, string | undefined>): Record<string, unknown> {
  const options = readJson(variables, 'SANDBOX_ORG_OPTIONS');
  parseOptions(orgOptionsSchema, options, (path, given) => `${describeOption(path, given)} in SANDBOX_ORG_OPTIONS`);
  return options;
}

/** Address of each directory, and the origins of the apps that may come from there. */
function readDirectories(variables: Record<string, string | undefined>): DeskEnvironment['directories'] {
  return Object.entries(readJson(variables, 'SANDBOX_DIRECTORIES')).map(([url, appOrigins]) => ({
    url,
    appOrigins: z.array(z.string()).parse(appOrigins),
  }));
}

function readFlow(text: string | undefined): SignInFlow | undefined {
  if (!text) return undefined;
  const flow = flows.find((name) => name === text);
  if (!flow) throw new OptionError(`SALESFORCE_FLOW=${text} is not a way to sign in here: use ${flows.join(' or ')}.`);
  return flow;
}

function readRealOrg(orgUrl: string | undefined, consumerKey: string | undefined): DeskEnvironment['realOrg'] {
  if (!orgUrl && !consumerKey) return undefined;
  if (!orgUrl)
    throw new OptionError(
      'SALESFORCE_CONSUMER_KEY is set but SALESFORCE_ORG_URL is not: set both, or neither to use the embedded org.',
    );
  if (!consumerKey)
    throw new OptionError(
      'SALESFORCE_ORG_URL is set but SALESFORCE_CONSUMER_KEY is not: set both, or neither to use the embedded org.',
    );
  const verdict = judgeOrgUrl(normalizeOrgUrl(orgUrl));
  if (verdict.kind === 'loginHost') {
    throw new OptionError(
      `SALESFORCE_ORG_URL=${verdict.origin} is a shared login host, which answers no browser: use your My Domain URL, such as https://acme.my.salesforce.com (Setup > My Domain).`,
    );
  }
  const hint = myDomainHint(orgUrl);
  if (hint) throw new OptionError(`SALESFORCE_ORG_URL is no org: ${hint}.`);
  if (verdict.kind === 'refused') {
    // A URL may hold a password, which must not be printed.
    const shown = orgUrl.includes('@') ? '' : `=${orgUrl}`;
    throw new OptionError(
      `SALESFORCE_ORG_URL${shown} is not the https address of a Salesforce org: use your My Domain URL, such as https://acme.my.salesforce.com (Setup > My Domain).`,
    );
  }
  return { orgUrl: verdict.origin, consumerKey: consumerKey.trim() };
}

function readJson(variables: Record<string, string | undefined>, name: string): Record<string, unknown> {
  const text = variables[name];
  if (!text) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new OptionError(`${name}=${text.slice(0, 20)} is not a JSON object: use one such as {}.`);
  }
}
