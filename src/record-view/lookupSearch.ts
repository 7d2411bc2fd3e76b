import { delay } from '../time.ts';
import { failureNoticeOf } from './failureNotice.ts';
import type { FormField } from './formFields.ts';
import type { LookupState } from './lookupTemplate.ts';
import type { RecordApi } from './recordApi.ts';
import { isSearchable, searchRecords } from './recordSearch.ts';

const typingPauseMs = 300;
const mostResults = 6;

/**
 * Searches, once the person has paused, the records that a lookup field may refer to.
 *
 * @returns what the field is to show; undefined when it was given up.
 */
export async function lookUp(
  api: RecordApi,
  { referenceTo }: FormField,
  term: string,
  signal: AbortSignal,
): Promise<LookupState | undefined> {
  const open = (results: Awaited<ReturnType<typeof searchRecords>>, message: string): LookupState => ({
    kind: 'open',
    results,
    message,
    term,
  });
  if (referenceTo === undefined || !isSearchable(term)) return open([], '');
  await delay(typingPauseMs, signal);
  if (signal.aborted) return undefined;
  try {
    const results = (await searchRecords(api, referenceTo, term, signal)).slice(0, mostResults);
    return signal.aborted ? undefined : open(results, results.length === 0 ? 'Nothing found' : '');
  } catch (error) {
    return signal.aborted ? undefined : open([], failureNoticeOf(error).message);
  }
}
