import { keyPrefixOf } from '../salesforce/recordId.ts';
import type { RecordContext } from './contexts.ts';
import { enrichRecord } from './enrichContext.ts';
import { fdc3Errors, IntentError, malformedContext } from './intentError.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';
import { readRecord, type AnyRow } from './readRecord.ts';
import { recordIdsInContext } from './recordIdsInContext.ts';
import { showMatch } from './showMatch.ts';

const notFound = 'The record that was asked for is not in this org, or you may not see it.';

/** The objects that the record view can search in, by key prefix. */
const searchedObjects: Readonly<Record<string, 'Contact' | 'Account'>> = { '003': 'Contact', '001': 'Account' };

/** @throws IntentError `MalformedContext` where the context has no id of a Salesforce record. */
export function requireIdentifiedRecord({ id }: RecordContext): void {
  if (recordIdsInContext(id).length === 0)
    throw malformedContext('The record has no Salesforce id of 15 or 18 characters in `id.SALESFORCE_ID`');
}

/**
 * Shows any record by its id.
 *
 * @returns The context, with the record's name, object, 18-character id and link.
 * @throws IntentError see {@link showMatch}; `IntentHandlerRejected` where the record is not to be had and its object
 * is none that could be searched in instead; `MalformedContext` where there is no id.
 */
export async function viewRecord(
  services: IntentServices,
  session: IntentSession,
  context: RecordContext,
): Promise<RecordContext> {
  requireIdentifiedRecord(context);
  const ids = recordIdsInContext(context.id);
  const read = (id: string): Promise<AnyRow | undefined> => readRecord(services, session, id);
  let found: AnyRow | undefined;
  for (const id of ids) found ??= await read(id);
  const type = searchedObjects[keyPrefixOf(ids[0]!)];
  if (found === undefined && type === undefined)
    throw new IntentError(fdc3Errors.handlerRejected, 'REQUEST_FAILED', notFound);
  const row = await showMatch(
    services,
    session,
    { beyondDoubt: found, candidates: [], hasMore: false },
    {
      type: type ?? 'Contact',
      query: context.name ?? '',
      suggested: {},
      says: notFound,
      summary: ({ Id, Name, object }) => ({ type: object, id: Id, name: Name, details: [] }),
      read,
    },
  );
  return enrichRecord(context, row, session.orgUrl);
}
