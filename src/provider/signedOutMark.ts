import { z } from '../zod.ts';

/** Where nobody may be signed in unseen, because the last thing a person did was to sign out. Holds no secret. */
export interface SignedOutMark {
  /** Whether nobody has signed in to this org by a window since the last "Sign out". */
  isSet(orgUrl: string): boolean;
  /** "Sign out": holds for all orgs until somebody signs in there. */
  set(orgUrls: readonly string[]): void;
  /** A person has signed in, and was asked who they are. */
  clear(orgUrl: string): void;
}

const storageKey = 'salesforce-interop.signedOut';
const storedOrgs = z.array(z.string());

/**
 * Keeps the mark in storage that outlives the page and its tab. One mark an org: who signs in to one org says nothing of
 * whom another org still knows. Where the storage cannot be read, somebody may have signed out: an org then counts as
 * signed out until somebody signs in on this page.
 *
 * @param storage `localStorage` of the provider's origin, asked for at each use as a browser may refuse it; absent where the
 *   host keeps nothing.
 */
export function createSignedOutMark(storage?: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): SignedOutMark {
  /** What was done on this page, which holds even when it could not be stored. */
  const here = new Map<string, 'signedOut' | 'signedIn'>();

  function stored(): string[] | undefined {
    if (!storage) return [];
    try {
      return storedOrgs.parse(JSON.parse(storage().getItem(storageKey) ?? '[]'));
    } catch {
      return undefined;
    }
  }

  function store(orgUrls: readonly string[]): void {
    try {
      if (orgUrls.length > 0) storage?.().setItem(storageKey, JSON.stringify([...new Set(orgUrls)]));
      else storage?.().removeItem(storageKey);
    } catch {
      // Full or forbidden: `here` has it for as long as this page lives.
    }
  }

  return {
    isSet(orgUrl) {
      if (here.get(orgUrl) === 'signedOut') return true;
      return stored()?.includes(orgUrl) ?? here.get(orgUrl) !== 'signedIn';
    },
    set(orgUrls) {
      for (const orgUrl of orgUrls) here.set(orgUrl, 'signedOut');
      store([...(stored() ?? []), ...orgUrls]);
    },
    clear(orgUrl) {
      here.set(orgUrl, 'signedIn');
      store((stored() ?? []).filter((other) => other !== orgUrl));
    },
  };
}
