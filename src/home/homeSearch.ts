import type { SearchItem, SearchReply } from '../channel/searchMessages.ts';
import type { Failure } from '../outcomes/failure.ts';
import { MINIMUM_SOSL_TERM_LENGTH } from '../salesforce/soslQuoting.ts';
import type { HomeServices, HomeSession } from './homeServices.ts';
import type { SearchedObject } from './mappings.ts';
import { createOrgSearch, type OrgSearch } from './orgSearch.ts';
import { readReferences } from './references.ts';
import { scoreOf } from './rank.ts';
import type { FoundRow } from './rows.ts';
import { searchItemOf } from './searchItem.ts';

/** Keys of what is no record. */
export const itemKeys = { signIn: 'salesforce-sign-in', failure: 'salesforce-failure' } as const;

const mostRecent = 10;
/** Failures after which a person has to sign in. */
const wantSignIn: readonly Failure['code'][] = ['SIGN_IN_REQUIRED', 'SESSION_ENDED', 'INTERACTION_REQUIRED'];

export interface HomeSearchOptions {
  objects: readonly SearchedObject[];
  /** Addresses of icons by the keys that mappings name. */
  icons?: Readonly<Record<string, string>>;
}

export interface SearchOptions {
  /** Labels of the objects to search; all when it is left out. */
  only?: readonly string[] | undefined;
  signal: AbortSignal;
  /** Characters below which nothing is searched: SOSL wants two. */
  shortest?: number;
}

const nothing: SearchReply = { items: [], objects: [] };

/**
 * The search behind Workspace Home, the search bar of the desktop and the module for platforms of the starter family.
 * What stands in its way is a result too. It holds nothing of what was found: only, for as long as a session is the
 * same, which fields its person may not see.
 */
export function createHomeSearch(services: HomeServices, { objects, icons = {} }: HomeSearchOptions) {
  let known: { sessionId: string; search: OrgSearch } | undefined;

  function searchIn(session: HomeSession): OrgSearch {
    if (known?.sessionId !== session.sessionId)
      known = { sessionId: session.sessionId, search: createOrgSearch(services, session) };
    return known.search;
  }

  return {
    /**
     * What a person finds by what they have typed, best first; with an empty query, what they have viewed of late.
     * Never rejects.
     */
    async search(
      query: string,
      { only, signal, shortest = MINIMUM_SOSL_TERM_LENGTH }: SearchOptions,
    ): Promise<SearchReply> {
      const session = await services.session();
      if (signal.aborted) return nothing;
      if (!session.ok) return standsInTheWay(session.error);
      if (!session.data) return { items: [signInItem()], objects: [] };
      const term = query.trim();
      if (term !== '' && ([...term].length < shortest || !/[\p{L}\p{N}]/u.test(term))) return nothing;
      const search = searchIn(session.data);
      const chosen = objects.filter(({ label }) => !only || only.includes(label));
      const found = await (term === '' ? search.recent(chosen, mostRecent, signal) : search.find(term, chosen, signal));
      if (signal.aborted) return nothing;
      if (!found.ok) return standsInTheWay(found.error);
      const references = await readReferences(search, found.data, signal);
      if (signal.aborted) return nothing;
      const options = { session: session.data, references, icons };
      const items = found.data.map((row, at) =>
        searchItemOf(row, { ...options, score: (title) => (term === '' ? at : scoreOf(term, title, at)) }),
      );
      return { items: items.toSorted((one, other) => one.score - other.score), objects: labelsOf(found.data) };
    },
  };
}

/** In the order of the mappings. */
const labelsOf = (found: readonly FoundRow[]): string[] => [...new Set(found.map(({ object }) => object.label))];

function signInItem(message?: string): SearchItem {
  return {
    key: itemKeys.signIn,
    kind: 'signIn',
    title: 'Sign in to Salesforce',
    subtitle: message ?? 'Nobody is signed in, so that nothing can be found.',
    fields: [],
    actions: [{ name: 'Sign in', hotkey: 'enter', does: { kind: 'signIn' } }],
    score: 0,
  };
}

function standsInTheWay({ code, message }: Failure): SearchReply {
  if (wantSignIn.includes(code)) return { items: [signInItem(message)], objects: [] };
  const item: SearchItem = {
    key: itemKeys.failure,
    kind: 'failure',
    title: 'Salesforce could not be searched',
    subtitle: message,
    fields: [],
    actions: [{ name: 'Search again', hotkey: 'enter', does: { kind: 'again' } }],
    score: 0,
  };
  return { items: [item], objects: [] };
}
