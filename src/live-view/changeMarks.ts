import { systemTimers, type Timers } from '../time.ts';

/** Milliseconds for which a change is marked: long enough to be found by an eye that was elsewhere. */
const markedForMs = 4_000;

/** What has changed a moment ago, and is marked for a while. */
export class ChangeMarks {
  readonly #onChange: () => void;
  readonly #timers: Timers;
  readonly #marked = new Map<string, () => void>();

  /** @param onChange called when something is marked, or not any more */
  constructor(onChange: () => void, timers: Timers = systemTimers) {
    this.#onChange = onChange;
    this.#timers = timers;
  }

  mark(keys: readonly string[]): void {
    if (keys.length === 0) return;
    for (const key of keys) {
      this.#marked.get(key)?.();
      const unmark = (): void => {
        this.#marked.delete(key);
        this.#onChange();
      };
      this.#marked.set(key, this.#timers.after(markedForMs, unmark));
    }
    this.#onChange();
  }

  has(key: string): boolean {
    return this.#marked.has(key);
  }

  /** Forgets all, and tells nobody. */
  clear(): void {
    for (const callOff of this.#marked.values()) callOff();
    this.#marked.clear();
  }
}
