import type { Middleware } from 'koa';
import { setTimeout as sleep } from 'node:timers/promises';
import { applyFault, isOfTheNetwork } from './faults/applyFault.ts';
import { FaultPlan } from './faults/faultPlan.ts';
import { TrafficCounts } from './trafficCounts.ts';

/** Counts requests and, on demand, slows them or lets them meet a fault. */
export class TrafficControl {
  readonly counts = new TrafficCounts();
  readonly faults = new FaultPlan();
  #latencyMs = 0;

  setLatency(milliseconds: number): void {
    this.#latencyMs = milliseconds;
  }

  /** Ends latency and faults. */
  clearFaults(): void {
    this.#latencyMs = 0;
    this.faults.clear();
  }

  /** Comes before everything else: counts and delays requests, and lets them meet the faults of a network. */
  readonly onArrival: Middleware = async (ctx, next) => {
    this.counts.countRequest(ctx);
    if (this.#latencyMs > 0) await sleep(this.#latencyMs);
    const planned = this.faults.take(ctx, isOfTheNetwork);
    await (planned ? applyFault(planned, ctx, next) : next());
  };

  /** Comes after CORS: the wrong answers of an org carry its CORS headers, so that a page can read them. */
  readonly inOrg: Middleware = async (ctx, next) => {
    const planned = this.faults.take(ctx, (fault) => !isOfTheNetwork(fault));
    await (planned ? applyFault(planned, ctx, next) : next());
  };
}
