/** What the parts of the token worker need of the environment in which it runs. */
export interface Environment {
  fetch: typeof fetch;
  /** Milliseconds since 1970, by the clock of this machine. */
  now: () => number;
  /** False only where the system knows that there is no network. */
  isOnline: () => boolean;
  /** Waits so many milliseconds. When the signal is aborted, resolves at once. */
  delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Settles once the messages are read that have arrived already. */
  nextTask: () => Promise<void>;
  /** Whether each new URL costs a request before it (CORS preflight): in a browser. */
  hasPreflights: boolean;
  /** Runs the work alone among all workers of this origin (Web Locks), or simply runs it where there are none. */
  alone: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** A trusted server's time in milliseconds since 1970, for machines whose clock is wrong. */
  serverTime: () => Promise<number | undefined>;
}
