import type { SoqlText } from './soqlQuoting.ts';
import { urlSegment } from './urlSegment.ts';

/**
 * Path of a query on the org, with `vXX.X` where the API version goes. One that is too long for a URL is sent as a
 * body.
 *
 * @param statement - made by `soql`, so that no value in it is pasted
 * @example
 * ```ts
 * const { data } = await salesforce.executeApiRequest(queryPath(soql`SELECT Id FROM Contact WHERE Email = ${email}`));
 * ```
 */
export function queryPath(statement: SoqlText): string {
  return `/services/data/vXX.X/query?q=${urlSegment(statement.toString())}`;
}
