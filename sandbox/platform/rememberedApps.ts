/** Which app a person wants for an intent, as they have said when they chose it. */
import { z } from '../../src/zod.ts';

const remembered = z.record(z.string(), z.object({ appId: z.string(), intent: z.string() }));
type Remembered = z.infer<typeof remembered>;

const prefix = 'salesforce-interop.apps-for-intents.';

/**
 * Keeps it for each person by themselves: under a digest of who they are, so that nobody else gets it or reads whose it
 * is. While nobody is signed in it is kept in memory, until somebody is or has left.
 *
 * @param person who is here now; undefined: nobody whom the desktop knows
 */
export class RememberedApps {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #person: () => string | undefined;
  #ofNobody: Remembered = {};

  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, person: () => string | undefined) {
    this.#storage = storage;
    this.#person = person;
  }

  async recall(question: string): Promise<Remembered[string] | undefined> {
    const all = await this.#all();
    return Object.hasOwn(all, question) ? all[question] : undefined;
  }

  async keep(question: string, { appId, intent }: Remembered[string]): Promise<void> {
    const key = await this.#key();
    const all = { ...this.#read(key), [question]: { appId, intent } };
    if (key === undefined) this.#ofNobody = all;
    else this.#storage.setItem(key, JSON.stringify(all));
  }

  async count(): Promise<number> {
    return Object.keys(await this.#all()).length;
  }

  /** Whoever is here is asked again. */
  async forget(): Promise<void> {
    const key = await this.#key();
    this.#ofNobody = {};
    if (key !== undefined) this.#storage.removeItem(key);
  }

  /** What was said while nobody was signed in is not for the next person. */
  personLeft(): void {
    this.#ofNobody = {};
  }

  async #all(): Promise<Remembered> {
    return this.#read(await this.#key());
  }

  #read(key: string | undefined): Remembered {
    if (key === undefined) return this.#ofNobody;
    try {
      return remembered.parse(JSON.parse(this.#storage.getItem(key) ?? '{}'));
    } catch {
      return {};
    }
  }

  async #key(): Promise<string | undefined> {
    const person = this.#person();
    if (person === undefined) return undefined;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(person));
    return prefix + Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
