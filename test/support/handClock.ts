interface Waiting {
  at: number;
  resolve: () => void;
}

/** Time that passes when a test says so. */
export function handClock(start = Date.now()) {
  let now = start;
  const waiting = new Set<Waiting>();

  function fire(): void {
    for (const one of [...waiting].sort((a, b) => a.at - b.at)) if (one.at <= now) one.resolve();
  }

  return {
    now: (): number => now,

    /** Waits so many milliseconds, or until the signal is aborted. */
    delay(milliseconds: number, signal: AbortSignal): Promise<void> {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const one: Waiting = {
          at: now + milliseconds,
          resolve() {
            waiting.delete(one);
            signal.removeEventListener('abort', one.resolve);
            resolve();
          },
        };
        waiting.add(one);
        signal.addEventListener('abort', one.resolve);
      });
    },

    /** When whoever waits is next due; undefined while nobody waits. */
    nextAt: (): number | undefined => [...waiting].map(({ at }) => at).sort((a, b) => a - b)[0],

    /** Time passes, and whoever waits goes on when it is due. */
    pass(milliseconds: number): void {
      now += milliseconds;
      fire();
    },

    /** The machine sleeps: the clock goes on, and no timer does. */
    sleep(milliseconds: number): void {
      now += milliseconds;
      for (const one of waiting) one.at += milliseconds;
    },

    /** The clock is set, which no timer notices. */
    set(milliseconds: number): void {
      for (const one of waiting) one.at += milliseconds - now;
      now = milliseconds;
    },
  };
}
