import { apiPaths } from '../salesforce/apiPaths.ts';
import { isRecordId } from '../salesforce/recordId.ts';
import { isSoqlName, soql, soqlId, soqlName } from '../salesforce/soqlQuoting.ts';
import { z } from '../zod.ts';
import type { HomeServices } from './homeServices.ts';

const shownRecord = z.looseObject({
  type: z.literal('salesforce.record'),
  objectType: z.string().refine(isSoqlName),
  id: z.looseObject({ SALESFORCE_ID: z.string().refine(isRecordId) }),
});

/**
 * Tells the org that the person has opened a record, so that it is among those that they have viewed of late. Whatever
 * else is opened is none of its business, and nothing is lost where it fails.
 *
 * @see SOQL and SOSL Reference, "FOR VIEW"
 */
export async function markViewed(services: HomeServices, context: unknown): Promise<void> {
  const shown = shownRecord.safeParse(context);
  const session = shown.success ? await services.session() : undefined;
  if (!shown.success || !session?.ok || !session.data) return;
  const { objectType, id } = shown.data;
  const statement = soql`SELECT Id FROM ${soqlName(objectType)} WHERE Id = ${soqlId(id.SALESFORCE_ID)} FOR VIEW`;
  await services.request(session.data, apiPaths.query(statement), new AbortController().signal);
}
