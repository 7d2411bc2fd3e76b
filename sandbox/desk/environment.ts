import { z } from 'zod';
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
  /** Opens the embedded org's control door, for tests and measurements. */
  control: boolean;
  /** Contacts in the embedded org's sample data. */
  contacts: number | undefined;
  /** Further options of the embedded org, for tests and measurements. */
  orgOptions: Record<string, unknown>;
  /** Further members of the provider's configuration, for tests. */
  providerOptions: Record<string, unknown>;
}

const port = z.coerce.number().int().min(1).max(65_000);

/**
 * Reads the variables `npm start` knows.
 *
 * @throws {StartError} naming the variable and what is wrong with it.
 */
export function readEnvironment(variables: Record<string, string | undefined>): DeskEnvironment {
  const platformPort = readPort(variables, 'PORT', 7070);
  const orgPort = readPort(variables, 'ORG_PORT', platformPort + 1);
  if (platformPort === orgPort) throw new StartError(`PORT and ORG_PORT are both ${orgPort}: give them different ports.`);
  return {
    port: platformPort,
    orgPort,
    realOrg: readRealOrg(variables['SALESFORCE_ORG_URL'], variables['SALESFORCE_CONSUMER_KEY']),
    flow: readFlow(variables['SALESFORCE_FLOW']),
    rememberSession: variables['SALESFORCE_REMEMBER_SESSION'] === '1',
    control: variables['SANDBOX_CONTROL'] === '1',
    contacts: variables['SANDBOX_CONTACTS'] ? Number(variables['SANDBOX_CONTACTS']) : undefined,
    orgOptions: readJson(variables, 'SANDBOX_ORG_OPTIONS'),
    providerOptions: readJson(variables, 'SANDBOX_PROVIDER_OPTIONS'),
  };
}

function readPort(variables: Record<string, string | undefined>, name: string, fallback: number): number {
  const text = variables[name];
  if (text === undefined || text === '') return fallback;
  const parsed = port.safeParse(text);
  if (!parsed.success) throw new StartError(`${name}=${text} is not a port: use a whole number from 1 to 65000.`);
  return parsed.data;
}

function readFlow(text: string | undefined): SignInFlow | undefined {
  if (!text) return undefined;
  const flow = flows.find((name) => name === text);
  if (!flow) throw new StartError(`SALESFORCE_FLOW=${text} is not a way to sign in here: use ${flows.join(' or ')}.`);
  return flow;
}

function readRealOrg(orgUrl: string | undefined, consumerKey: string | undefined): DeskEnvironment['realOrg'] {
  if (!orgUrl && !consumerKey) return undefined;
  if (!orgUrl) throw new StartError('SALESFORCE_CONSUMER_KEY is set but SALESFORCE_ORG_URL is not: set both, or neither to use the embedded org.');
  if (!consumerKey) throw new StartError('SALESFORCE_ORG_URL is set but SALESFORCE_CONSUMER_KEY is not: set both, or neither to use the embedded org.');
  const verdict = judgeOrgUrl(orgUrl);
  if (verdict.kind === 'loginHost') {
    throw new StartError(`SALESFORCE_ORG_URL=${verdict.origin} is a shared login host, which answers no browser: use your My Domain URL, such as https://acme.my.salesforce.com (Setup > My Domain).`);
  }
  if (verdict.kind === 'refused') {
    throw new StartError('SALESFORCE_ORG_URL is not the https address of a Salesforce org: use your My Domain URL, such as https://acme.my.salesforce.com (Setup > My Domain).');
  }
  return { orgUrl: verdict.origin, consumerKey: consumerKey.trim() };
}

function readJson(variables: Record<string, string | undefined>, name: string): Record<string, unknown> {
  const text = variables[name];
  if (!text) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new StartError(`${name} is not a JSON object.`);
  }
}
