import { delay } from '../time.ts';

/** The time that an edit goes by. It only ever measures how long ago something was. */
export interface EditClock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Waits; when the signal is aborted, no longer. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: EditClock = { now: () => performance.now(), wait: delay };
