import type { Context } from 'koa';
import type { FaultRequest } from '../controlProtocol.ts';
import { endpointOf } from './endpoints.ts';

export type Fault = FaultRequest['fault'];

/** A fault that waits for its requests. */
export interface PlannedFault {
  readonly id: string;
  readonly fault: Fault;
  /** Settles when the fault is cleared: what hangs goes on. */
  readonly cleared: Promise<void>;
}

interface Entry extends PlannedFault {
  left: number;
  matches(ctx: Context): boolean;
  clear(): void;
}

/** Which requests are to meet which fault, oldest plan first. */
export class FaultPlan {
  readonly #entries = new Map<string, Entry>();
  #serial = 0;

  /** @returns The id by which it can be cleared. */
  add({ fault, path, endpoint, method, times }: FaultRequest): string {
    const id = `fault-${(this.#serial += 1)}`;
    let clear = (): void => undefined;
    const cleared = new Promise<void>((resolve) => (clear = resolve));
    const pattern = path === undefined ? undefined : new RegExp(path, 'u');
    this.#entries.set(id, {
      id,
      fault,
      cleared,
      clear,
      left: times === 'always' ? Infinity : times,
      matches: (ctx) =>
        (pattern?.test(ctx.path) ?? true) &&
        (endpoint === undefined || endpointOf(ctx.path) === endpoint) &&
        (method === undefined || method === ctx.method),
    });
    return id;
  }

  /** The fault this request meets; that counts as one of its times. */
  take(ctx: Context, concerns: (fault: Fault) => boolean): PlannedFault | undefined {
    for (const entry of this.#entries.values()) {
      if (entry.left <= 0 || !concerns(entry.fault) || !entry.matches(ctx)) continue;
      entry.left -= 1;
      return entry;
    }
    return undefined;
  }

  /** Ends one fault, or all. */
  clear(id?: string): void {
    for (const entry of this.#entries.values()) {
      if (id !== undefined && id !== entry.id) continue;
      entry.clear();
      this.#entries.delete(entry.id);
    }
  }
}
