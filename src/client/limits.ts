import { readOptionNames, request, type ReadOptions } from './apiRequest.ts';
import { checkConnection, checkOptions, type Connection } from './checks.ts';

/** How much of something the org may use, and how much of it is left. */
export interface OrgLimit {
  Max: number;
  Remaining: number;
}

/**
 * What the org may use and what is left of it, by name: `DailyApiRequests` and many more. Which there are hangs on the
 * org.
 *
 * @throws as `request`; it asks for a permission ("View Setup and Configuration" for some of them)
 * @see REST API Developer Guide, "Limits"
 */
export async function limits(
  connection: Connection,
  options: ReadOptions = {},
): Promise<Record<string, OrgLimit | undefined>> {
  checkConnection(connection);
  checkOptions(options, readOptionNames);
  const { data } = await request<Record<string, OrgLimit>>(connection, '/services/data/vXX.X/limits', options);
  return data ?? {};
}
