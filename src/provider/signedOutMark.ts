import { z } from '../zod.ts';

/**
 * The place that a mark is for: the org, or signing in to it on another device. Who does that says nothing of whom this
 * browser's org session still is.
 */
export function signInPlace({ orgUrl, flow }: { orgUrl: string; flow?: string | undefined }): string {
  return flow === 'device' ? `${orgUrl} (device)` : orgUrl;
}

/** Where nobody may be signed in unseen, because the last thing a person did was to sign out. Holds no secret. */
export interface SignedOutMark {
  /** Whether nobody has signed in at this place by a window since the last "Sign out". */
  isSet(place: string): boolean;
  /** "Sign out": holds for all places until somebody signs in there. */
  set(places: readonly string[]): void;
  /** A person has signed in, and was asked who they are. */
  clear(place: string): void;
}

const storageKey = 'salesforce-interop.signedOut';
const storedPlaces = z.array(z.string());

/**
 * Keeps the mark in storage that outlives the page and its tab. One mark an org: who signs in to one org says nothing
 * of whom another org still knows. Where the storage cannot be read, somebody may have signed out: an org then counts
 * as signed out until somebody signs in on this page.
 *
 * @param storage `localStorage` of the provider's origin, asked for at each use as a browser may refuse it; absent
 *   where the host keeps nothing.
 */
export function createSignedOutMark(
  storage?: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): SignedOutMark {
  /** What was done on this page, which holds even when it could not be stored. */
  const here = new Map<string, 'signedOut' | 'signedIn'>();

  function stored(): string[] | undefined {
    if (!storage) return [];
    try {
      return storedPlaces.parse(JSON.parse(storage().getItem(storageKey) ?? '[]'));
    } catch {
      return undefined;
    }
  }

  function store(places: readonly string[]): void {
    try {
      if (places.length > 0) storage?.().setItem(storageKey, JSON.stringify([...new Set(places)]));
      else storage?.().removeItem(storageKey);
    } catch {
      // Full or forbidden: `here` has it for as long as this page lives.
    }
  }

  return {
    isSet(place) {
      if (here.get(place) === 'signedOut') return true;
      return stored()?.includes(place) ?? here.get(place) !== 'signedIn';
    },
    set(places) {
      for (const place of places) here.set(place, 'signedOut');
      store([...(stored() ?? []), ...places]);
    },
    clear(place) {
      here.set(place, 'signedIn');
      store((stored() ?? []).filter((other) => other !== place));
    },
  };
}
