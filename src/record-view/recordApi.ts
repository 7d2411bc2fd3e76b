import type { SalesforceConnection } from '../client/connection.ts';

/** The part of a Salesforce connection this page uses. */
export type RecordApi = Pick<SalesforceConnection, 'orgUrl' | 'executeApiRequest'>;
/** The same, and who writes. */
export type WritingApi = RecordApi & { currentUser: Pick<SalesforceConnection['currentUser'], 'Id'> };

/** Interactive calls: a person is waiting. */
export const REQUEST_TIMEOUT_MS = 30_000;

/**
 * As old, in milliseconds, may be what a view begins with: what the desktop has read of the org within that time is
 * shown at once, and the view's subscription brings what has changed since, within seconds. Nothing of the time before
 * a write through the provider is shown, however young.
 */
export const shownMaxAge = 60_000;

/** Sends a request and returns the body, for a schema to read. */
export async function callApi(
  api: RecordApi,
  path: string,
  { body, signal, maxAge }: { body?: unknown; signal?: AbortSignal | undefined; maxAge?: number | undefined } = {},
): Promise<unknown> {
  const method = body === undefined ? 'GET' : 'POST';
  const options = { timeout: REQUEST_TIMEOUT_MS, signal, maxAge };
  return (await api.executeApiRequest(path, method, body, undefined, true, options)).data;
}
