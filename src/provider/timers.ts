/** How the provider waits; a simulated day passes its own. */
export interface Timers {
  /** Does the work once, after so many milliseconds. @returns what calls it off. */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
