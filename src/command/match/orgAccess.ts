import { failure, success, type Outcome } from '../../outcomes/failure.ts';
import { defaultApiVersion } from '../../salesforce/apiVersions.ts';
import { fillApiVersion, fillApiVersionInBody } from '../../salesforce/apiVersionPlaceholder.ts';
import { parseJson } from '../../channel/parseJson.ts';
import { CommandRefused } from '../usageError.ts';
import type { GivenRecord } from './matchFile.ts';

/** An org, and a token to ask it with. */
export interface OrgAccess {
  orgUrl: string;
  accessToken: string;
}

const timeoutMs = 60_000;

/** Sends one request to an org, in JSON. */
export async function askOrg(
  { orgUrl, accessToken }: OrgAccess,
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
): Promise<Outcome<unknown>> {
  const endpoint = fillApiVersion(path, defaultApiVersion);
  const sent = body === undefined ? undefined : JSON.stringify(fillApiVersionInBody(endpoint, body, defaultApiVersion));
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
 * Writes records into an org, one after the other; a reference such as `A1` in a field stands for that record's id.
 *
 * @throws {CommandRefused} for a record that the org does not take
 */
export async function writeRecords(org: OrgAccess, records: readonly GivenRecord[]): Promise<void> {
  const ids = new Map<string, string>();
  for (const { ref, type, fields } of records) {
    const values = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        typeof value === 'string' ? (ids.get(value) ?? value) : value,
      ]),
    );
    const path = `/services/data/vXX.X/sobjects/${encodeURIComponent(type)}`;
    const outcome = await askOrg(org, path, { method: 'POST', body: values });
    if (!outcome.ok) {
      const { message, data } = outcome.error;
      const named = ref ?? JSON.stringify(fields);
      throw new CommandRefused(`The record ${named} was not taken: ${message} ${JSON.stringify(data ?? '')}`);
    }
    if (ref !== undefined) ids.set(ref, (outcome.data as { id: string }).id);
  }
}
