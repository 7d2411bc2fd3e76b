/**
 * # Find what somebody types
 *
 * The org's own search knows accents and parts of names. Each letter gives up the search before it.
 */
import { search, sosl, type SalesforceConnection } from 'salesforce-interop-client';

export interface Found {
  Id: string;
  Name: string;
}

/** A search for a field with suggestions: call it with each text, and show what it gives unless it is undefined. */
export function suggestions(salesforce: SalesforceConnection): (words: string) => Promise<Found[] | undefined> {
  let underWay = new AbortController();
  return async (words) => {
    underWay.abort();
    if (words.trim().length < 2) return [];
    const { signal } = (underWay = new AbortController());
    try {
      const statement = sosl`FIND {${words}*} IN NAME FIELDS RETURNING Contact(Id, Name LIMIT 10), Account(Id, Name LIMIT 10)`;
      return await search<Found>(salesforce, statement, { signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  };
}
