import { deferred } from '../deferred.ts';

/** Who asks for a window: an app, or the person by a click on the platform's own page. */
export interface Asker {
  app: string;
  isPersons: boolean;
}

interface Waiting extends Asker {
  begin: () => void;
}

/**
 * Asks a person one thing at a time: first what they have asked for themselves, then what apps ask for, in the order
 * they came. The number for each app is limited.
 */
export class WindowTurns {
  readonly #perApp: number;
  readonly #waiting: Waiting[] = [];
  #current: Waiting | undefined;

  constructor(perApp: number) {
    this.#perApp = perApp;
  }

  /** Whether this app has as many sign-ins under way or waiting as it may have. */
  isFull({ app, isPersons }: Asker): boolean {
    return (
      !isPersons &&
      [this.#current, ...this.#waiting].filter((one) => one?.app === app && !one.isPersons).length >= this.#perApp
    );
  }

  /**
   * Waits for a turn.
   *
   * @returns `begun`, which resolves when the turn has come, and `end`, which has to be called when it is over or not
   *   wanted any more.
   */
  take(asker: Asker): { begun: Promise<void>; end(): void } {
    const { promise: begun, resolve } = deferred<void>();
    const entry: Waiting = { ...asker, begin: resolve };
    const firstOfApps = this.#waiting.findIndex(({ isPersons }) => !isPersons);
    this.#waiting.splice(asker.isPersons && firstOfApps >= 0 ? firstOfApps : this.#waiting.length, 0, entry);
    this.#next();
    return {
      begun,
      end: () => {
        const at = this.#waiting.indexOf(entry);
        if (at >= 0) this.#waiting.splice(at, 1);
        if (this.#current !== entry) return;
        this.#current = undefined;
        this.#next();
      },
    };
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#waiting.shift();
    this.#current?.begin();
  }
}
