import { OrgError } from '../database/orgError.ts';

/** A statement that is not SOSL. */
export function malformedSearch(sentence: string): OrgError {
  return new OrgError(400, 'MALFORMED_SEARCH', sentence);
}

/** A search term SOSL does not accept. */
export function invalidSearch(sentence: string): OrgError {
  return new OrgError(400, 'INVALID_SEARCH', sentence);
}
