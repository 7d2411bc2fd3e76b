import { askOrg, orgUrlOf, startEmbedded, type OrgAccess, type StartEmbeddedOrg } from '../orgAccess.ts';
import type { Terminal } from '../terminal.ts';
import { CommandRefused, UsageError } from '../usageError.ts';
import type { AskOrg } from './describeObjects.ts';
import { signInByDevice } from './signInByDevice.ts';

interface OpenOrg {
  orgUrl: string;
  ask: AskOrg;
  close(): Promise<void>;
}

interface OrgFlags {
  org?: string | undefined;
  'consumer-key'?: string | undefined;
}

interface Surroundings {
  apiVersion: string;
  loadEmbedded: () => Promise<StartEmbeddedOrg | undefined>;
  toldToEnd: () => AbortSignal;
}

/**
 * The org that the flags name: with an access token of the environment, or with the device flow; without a name the
 * embedded org.
 *
 * @throws {UsageError} {@link CommandRefused}
 */
export async function openOrg(
  { org, 'consumer-key': consumerKey }: OrgFlags,
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
  { apiVersion, loadEmbedded, toldToEnd }: Surroundings,
): Promise<OpenOrg> {
  if (org === undefined) {
    if (consumerKey !== undefined)
      throw new UsageError('There is a consumer key and no org: give --org URL too.', 'types');
    const embedded = await startEmbedded(loadEmbedded, { isEmpty: false });
    return { orgUrl: 'the embedded org', ask: askWithToken(embedded, apiVersion), close: () => embedded.close() };
  }
  const orgUrl = orgUrlOf(org, 'types');
  if (consumerKey !== undefined)
    return signInByDevice({ orgUrl, consumerKey: consumerKey.trim(), apiVersion }, terminal, toldToEnd());
  const accessToken = environment['SALESFORCE_ACCESS_TOKEN'];
  if (!accessToken)
    throw new CommandRefused(
      'An org is named and there is no access token: set SALESFORCE_ACCESS_TOKEN (sf org display --verbose prints one), or sign in with --consumer-key KEY.',
    );
  return { orgUrl, ask: askWithToken({ orgUrl, accessToken }, apiVersion), close: async () => undefined };
}

const askWithToken =
  (access: OrgAccess, apiVersion: string): AskOrg =>
  (path) =>
    askOrg(access, path, { apiVersion });
