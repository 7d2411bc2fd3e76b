import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { defaultApiVersion } from '../salesforce/apiVersions.ts';
import { normalizeOrgUrl } from '../salesforce/myDomain.ts';
import { fillApiVersion, fillApiVersionInBody } from '../salesforce/apiVersionPlaceholder.ts';
import { parseJson } from '../channel/parseJson.ts';
import { CommandRefused, UsageError } from './usageError.ts';

/** An org, and a token to ask it with. */
export interface OrgAccess {
  orgUrl: string;
  accessToken: string;
}

/** An embedded org that runs for a command. */
export interface EmbeddedOrg extends OrgAccess {
  close(): Promise<void>;
}

/** Starts one, with sample data or without any. */
export type StartEmbeddedOrg = (options: { isEmpty: boolean }) => Promise<EmbeddedOrg>;

const timeoutMs = 60_000;

interface OrgRequest {
  method?: string;
  body?: unknown;
  /** What `vXX.X` in the path stands for. */
  apiVersion?: string;
}

/** Sends one request to an org, in JSON. */
export async function askOrg(
  { orgUrl, accessToken }: OrgAccess,
  path: string,
  { method = 'GET', body, apiVersion = defaultApiVersion }: OrgRequest = {},
): Promise<Outcome<unknown>> {
  const endpoint = fillApiVersion(path, apiVersion);
  const sent = body === undefined ? undefined : JSON.stringify(fillApiVersionInBody(endpoint, body, apiVersion));
  const headers = {
    Authorization: `Bearer ${accessToken}`,
    ...(sent !== undefined && { 'Content-Type': 'application/json' }),
  };
  try {
    const response = await fetch(new URL(endpoint, orgUrl), {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    const data = text === '' ? undefined : parseJson(text);
    if (response.ok) return success(data);
    return failure('REQUEST_FAILED', `Salesforce answered ${response.status}.`, { status: response.status, data });
  } catch (error) {
    return failure('NETWORK_FAILED', `${orgUrl} cannot be asked: ${(error as Error).message}`);
  }
}

/**
 * Starts an embedded org.
 *
 * @param load What starts one; undefined where the test kit is not installed.
 * @throws {CommandRefused} where it is not
 */
export async function startEmbedded(
  load: () => Promise<StartEmbeddedOrg | undefined>,
  options: { isEmpty: boolean },
): Promise<EmbeddedOrg> {
  const start = await load();
  if (!start)
    throw new CommandRefused(
      'The embedded org is in a package of its own: npm install --save-dev salesforce-interop-testkit. Or name an org with --org.',
    );
  return start(options);
}

/**
 * Reads the address of an org that a flag names.
 *
 * @throws {UsageError} for what is none
 */
export function orgUrlOf(flag: string, command: string): string {
  const url = normalizeOrgUrl(flag);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`--org ${flag} is no URL such as https://acme.my.salesforce.com.`, command);
  return new URL(url).origin;
}
