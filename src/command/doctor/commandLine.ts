import { parseArgs } from 'node:util';
import { defaultApiVersion } from '../../salesforce/apiVersions.ts';
import { normalizeOrgUrl } from '../../salesforce/myDomain.ts';
import { UsageError } from '../usageError.ts';

export interface SetUp {
  orgUrl: string;
  consumerKey: string;
  redirectUri: string;
  origin: string;
  scopes: string[];
  identityProviders: string[];
  dpop: 'off' | 'preferred' | 'required';
  flow: 'webServer' | 'device';
  isCustomDomain: boolean;
  apiVersion: string;
}

export type Command = { kind: 'help' } | { kind: 'check'; json: boolean; setUp: SetUp | 'embedded' };

const postures = ['off', 'preferred', 'required'] as const;
const flows = ['webServer', 'device'] as const;
const defaultRedirectUri = 'http://localhost:7072/signed-in.html';

/**
 * Reads flags and variables.
 *
 * @throws {UsageError} naming the flag and what is wrong with it.
 */
export function readCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const flags = parse(args);
  if (flags.help) return { kind: 'help' };
  const json = flags.json ?? false;
  const org = flags.org ?? (environment['SALESFORCE_ORG_URL'] || undefined);
  const consumerKey = flags['consumer-key'] ?? (environment['SALESFORCE_CONSUMER_KEY'] || undefined);
  if (org === undefined && consumerKey === undefined) {
    const needless = (
      ['redirect-uri', 'origin', 'scope', 'identity-provider', 'dpop', 'flow', 'custom-domain', 'api-version'] as const
    ).find((name) => flags[name] !== undefined);
    if (needless)
      throw new UsageError(
        `--${needless} says something of an org that is not named: give --org and --consumer-key too.`,
        'doctor',
      );
    return { kind: 'check', json, setUp: 'embedded' };
  }
  if (org === undefined) throw new UsageError('There is a consumer key and no org: give --org URL too.', 'doctor');
  if (consumerKey === undefined)
    throw new UsageError('There is an org and no consumer key: give --consumer-key KEY too.', 'doctor');
  const redirectUri = urlOf('redirect-uri', flags['redirect-uri'] ?? defaultRedirectUri).href;
  const dpop = postures.find((word) => word === (flags.dpop ?? 'preferred'));
  if (!dpop) throw new UsageError(`--dpop ${flags.dpop} is not known: use ${postures.join(', ')}.`, 'doctor');
  const flow = flows.find((word) => word === (flags.flow ?? 'webServer'));
  if (!flow) throw new UsageError(`--flow ${flags.flow} is not known: use ${flows.join(' or ')}.`, 'doctor');
  const apiVersion = flags['api-version'] ?? defaultApiVersion;
  if (!/^\d{2,3}\.0$/.test(apiVersion))
    throw new UsageError(`--api-version ${apiVersion} is no version such as ${defaultApiVersion}.`, 'doctor');
  return {
    kind: 'check',
    json,
    setUp: {
      orgUrl: urlOf('org', normalizeOrgUrl(org)).origin,
      consumerKey: consumerKey.trim(),
      redirectUri,
      dpop,
      flow,
      origin: flags.origin === undefined ? new URL(redirectUri).origin : urlOf('origin', flags.origin).origin,
      scopes: flags.scope ?? ['api', 'refresh_token'],
      identityProviders: (flags['identity-provider'] ?? []).map((text) => urlOf('identity-provider', text).origin),
      isCustomDomain: flags['custom-domain'] ?? false,
      apiVersion,
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        org: { type: 'string' },
        'consumer-key': { type: 'string' },
        'redirect-uri': { type: 'string' },
        origin: { type: 'string' },
        scope: { type: 'string', multiple: true },
        'identity-provider': { type: 'string', multiple: true },
        dpop: { type: 'string' },
        flow: { type: 'string' },
        'api-version': { type: 'string' },
        'custom-domain': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('.', 1)[0]}.`, 'doctor');
  }
}

function urlOf(flag: string, text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--${flag} ${text} is not a URL such as https://acme.my.salesforce.com.`, 'doctor');
  if (url.username || url.password)
    throw new UsageError(`--${flag} names a user, which no such address does.`, 'doctor');
  return url;
}
