import type { RecordChoice } from '../intents/intentServices.ts';
import { z } from '../zod.ts';

/**
 * Remembers which record a person has chosen for what an app asks for again and again. Holds record ids and nothing
 * that reads: who chose, and for what, is kept as a digest.
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
const storedChoices = z.array(z.tuple([z.string(), z.object({ type: z.string(), id: z.string() })]));

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
      return all().find(([one]) => one === key)?.[1];
    },
    async remember(person, askedFor, { type, id }) {
      const key = await digestOf(person, askedFor);
      store([...all().filter(([one]) => one !== key), [key, { type, id }]]);
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
