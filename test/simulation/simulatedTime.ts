import type { Timers } from '../../src/time.ts';

interface Timer {
  dueAt: number;
  work: () => void;
}

/**
 * A desk's time that passes when it is told to. Timers count the time awake, the clock goes on during a sleep as well,
 * as on a real machine. Real time passes along, for the org's clock does so too.
 */
export class SimulatedTime {
  readonly #move: (milliseconds: number) => Promise<unknown>;
  readonly #settled: () => Promise<void>;
  readonly #timers = new Set<Timer>();
  #ahead = 0;
  #awake = 0;

  /**
   * @param move Moves the org's clock. @param settled Waits for what is on its way, such as what a timer has set off.
   */
  constructor(move: (milliseconds: number) => Promise<unknown>, settled: () => Promise<void>) {
    this.#move = move;
    this.#settled = settled;
  }

  readonly now = (): number => Date.now() + this.#ahead;

  readonly timers: Timers = {
    after: (milliseconds, work) => {
      const timer = { dueAt: this.#awake + milliseconds, work };
      this.#timers.add(timer);
      return () => void this.#timers.delete(timer);
    },
  };

  /** Time passes at work: timers do what they have to, each at its time. */
  async pass(milliseconds: number): Promise<void> {
    // Desk and org move one after the other: a request on its way between them would see two times.
    await this.#settled();
    const end = this.#awake + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].sort((one, other) => one.dueAt - other.dueAt);
      if (!next || next.dueAt > end) break;
      await this.#advance(Math.max(0, next.dueAt - this.#awake));
      this.#timers.delete(next);
      next.work();
      await this.#settled();
    }
    await this.#advance(end - this.#awake);
  }

  /** The machine sleeps: the clocks go on, and no timer does. */
  async sleep(milliseconds: number): Promise<void> {
    this.#ahead += milliseconds;
    await this.#move(milliseconds);
  }

  async #advance(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    this.#awake += milliseconds;
    await this.sleep(milliseconds);
  }
}
