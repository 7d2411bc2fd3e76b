import { normalizeRecordId } from '../salesforce/recordId.ts';
import { urlSegment } from '../salesforce/urlSegment.ts';

/** Address of a record within this page, so that links, the back button and a reload work. */
export function recordHash(type: string, id: string): string {
  return `#/${urlSegment(type)}/${urlSegment(id)}`;
}

/** The record id that a fragment names; undefined if it names none. */
export function recordIdInHash(hash: string): string | undefined {
  const id = /^#\/\w+\/(\w+)$/.exec(hash)?.[1];
  return id === undefined ? undefined : normalizeRecordId(id);
}
