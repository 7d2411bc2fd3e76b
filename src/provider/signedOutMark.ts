import { z } from '../zod.ts';

/**
 * The key of a mark: the org, or the device flow of the org. Signing in on another device does not change which person
 * this browser's session at the org belongs to.
 */
export function signInPlace({ orgUrl, flow }: { orgUrl: string; flow?: string | undefined }): string {
  return flow === 'device' ? `${orgUrl} (device)` : orgUrl;
}

/**
 * Remembers where no silent sign-in may be tried, because the last thing a person did was to sign out. Holds no secret.
 */
export interface SignedOutMark {
  /** Whether nobody has signed in at this place in a window since the last "Sign out". */
  isSet(place: string): boolean;
  /** Sets the mark at "Sign out", for all places until somebody signs in there. */
  set(places: readonly string[]): void;
  /** Removes the mark when a person has signed in who was asked for their user. */
  clear(place: string): void;
}

const storageKey = 'salesforce-interop.signedOut';
const storedPlaces = z.array(z.string());

/**
 * Keeps the marks in storage that outlives the page and its tab, one for each org: signing in to one org does not show
 * which person another org still has a session of. Where the storage cannot be read, somebody may have signed out, so
 * an org counts as signed out until somebody signs in on this page.
 *
 * @param storage `localStorage` of the provider's origin, asked for at each use as a browser may refuse it; absent
 *   where the host keeps nothing.
 */
export function createSignedOutMark(
  storage?: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): SignedOutMark {
  /** Marks set and removed on this page. They hold even if they could not be stored. */
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
      // The storage is full or forbidden: `here` holds the mark for as long as this page lives.
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
