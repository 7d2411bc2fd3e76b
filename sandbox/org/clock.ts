/** The org's clock: real time plus what a test has moved it by. */
export class OrgClock {
  #offset = 0;

  /** Milliseconds since the epoch. */
  readonly now = (): number => Date.now() + this.#offset;

  /** Moves the clock forward (or back) by so many milliseconds. */
  move(milliseconds: number): void {
    this.#offset += milliseconds;
  }
}
