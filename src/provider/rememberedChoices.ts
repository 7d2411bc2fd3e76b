import type { RecordChoice } from '../intents/intentServices.ts';
import { z } from '../zod.ts';

/**
 * Remembers which record a person has chosen for what an app asks for again and again. What it keeps tells the next
 * person at the desktop nothing: who chose, and for what, is a digest, and the record is sealed by it.
 */
export interface RememberedChoices {
  /** @param person org and user, so that nobody gets another's choice */
  find(person: string, askedFor: string): Promise<RecordChoice | undefined>;
  remember(person: string, askedFor: string, choice: RecordChoice): Promise<void>;
  forget(person: string, askedFor: string): Promise<void>;
}

const storageKey = 'salesforce-interop.choices';
/** The oldest go first. */
const mostChoices = 500;
const choice = z.object({ type: z.string(), id: z.string() });
/** Digest and sealed record. */
const storedChoices = z.array(z.tuple([z.string(), z.string()]));
/** Bytes of an initialization vector of AES-GCM (NIST SP 800-38D, 8.2). */
const vectorLength = 12;

/**
 * Keeps the choices in storage that outlives the page.
 *
 * @param storage `localStorage` of the provider's origin, asked for at each use as a browser may refuse it; absent
 *   where the host keeps nothing, and then they last as long as this page.
 */
export function createRememberedChoices(storage?: () => Pick<Storage, 'getItem' | 'setItem'>): RememberedChoices {
  let here: z.infer<typeof storedChoices> = [];

  function all(): z.infer<typeof storedChoices> {
    try {
      const text = storage?.().getItem(storageKey);
      if (typeof text === 'string') return storedChoices.parse(JSON.parse(text));
    } catch {
      // Forbidden, or written by something else: those of this page are left.
    }
    return here;
  }

  function store(choices: z.infer<typeof storedChoices>): void {
    here = choices.slice(-mostChoices);
    try {
      storage?.().setItem(storageKey, JSON.stringify(here));
    } catch {
      // Full or forbidden: `here` holds them for as long as this page lives.
    }
  }

  return {
    async find(person, askedFor) {
      const key = await digestOf(person, askedFor);
      const sealed = all().find(([one]) => one === key)?.[1];
      return sealed === undefined ? undefined : unseal(sealed, person, askedFor);
    },
    async remember(person, askedFor, { type, id }) {
      const key = await digestOf(person, askedFor);
      const sealed = await seal({ type, id }, person, askedFor);
      store([...all().filter(([one]) => one !== key), [key, sealed]]);
    },
    async forget(person, askedFor) {
      const key = await digestOf(person, askedFor);
      store(all().filter(([one]) => one !== key));
    },
  };
}

async function digestOf(person: string, askedFor: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([person, askedFor]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The key that seals a choice: made of who chose, and for what, which are kept nowhere. */
async function sealingKey(person: string, askedFor: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(JSON.stringify(['sealed', person, askedFor]));
  return crypto.subtle.importKey('raw', await crypto.subtle.digest('SHA-256', bytes), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
}

async function seal(record: RecordChoice, person: string, askedFor: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(vectorLength));
  const bytes = new TextEncoder().encode(JSON.stringify(record));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealingKey(person, askedFor), bytes);
  return btoa(String.fromCharCode(...iv, ...new Uint8Array(sealed)));
}

/** @returns undefined where something else has written it */
async function unseal(sealed: string, person: string, askedFor: string): Promise<RecordChoice | undefined> {
  try {
    const bytes = Uint8Array.from(atob(sealed), (character) => character.charCodeAt(0));
    const iv = bytes.subarray(0, vectorLength);
    const key = await sealingKey(person, askedFor);
    const record = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.subarray(vectorLength));
    return choice.parse(JSON.parse(new TextDecoder().decode(record)));
  } catch {
    return undefined;
  }
}
