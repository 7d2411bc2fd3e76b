import type { Context } from '@finos/fdc3';
import type { RecordPage } from './recordPage.ts';

/** What contexts call a Salesforce record; see `src/intents/contexts.ts`. */
const recordIdMembers = ['SALESFORCE', 'SALESFORCE_ID', 'salesforce', 'salesforceId'];

/** The types of context that a record view shares and follows. */
export const sharedTypes = ['fdc3.contact', 'fdc3.organization', 'salesforce.record'] as const;

const contextTypes: Readonly<Record<string, 'fdc3.contact' | 'fdc3.organization'>> = {
  Contact: 'fdc3.contact',
  Lead: 'fdc3.contact',
  Account: 'fdc3.organization',
};

/**
 * A record as other apps are told of it: as this provider's own context, and before that, so that it is the last word,
 * as the standard's one where that has one. No more of it than what finds it again: name, id, link, and the e-mail
 * address of a person.
 */
export function contextsOf({ type, id, name, link, ways }: Pick<RecordPage, 'type' | 'id' | 'name' | 'link' | 'ways'>) {
  const own = { type: 'salesforce.record', name, objectType: type, id: { SALESFORCE_ID: id, URI: link } };
  const standard = contextTypes[type];
  if (standard === undefined) return [own];
  const email = standard === 'fdc3.contact' ? ways.emails[0]?.value : undefined;
  return [own, { type: standard, name, id: { ...(email !== undefined && { email }), SALESFORCE: id, URI: link } }];
}

/** The record that a context names by its id, as it is written there. */
export function recordIdOf({ id }: Context): string | undefined {
  const ids = (typeof id === 'object' ? id : {}) as Record<string, unknown>;
  return recordIdMembers.map((member) => ids[member]).find((value) => typeof value === 'string');
}
