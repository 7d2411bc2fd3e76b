import type { Middleware } from 'koa';
import { setTimeout as sleep } from 'node:timers/promises';
import { presentedToken } from '../oauth/accessCheck.ts';

/** An answer to give instead of the real one. */
export interface InjectedAnswer {
  /** How many requests get it. */
  times: number;
  /** Matched against the request's path. */
  path: RegExp;
  method?: string | undefined;
  status: number;
  body?: string | undefined;
  contentType: string;
  headers: Readonly<Record<string, string>>;
}

export interface DroppedConnection {
  times: number;
  path: RegExp;
}

export interface TrafficCounts {
  /** Per `METHOD path`. */
  requests: Record<string, number>;
  /** Token endpoint requests per grant type. */
  tokenRequests: Record<string, number>;
  /** Different access tokens that were presented to the REST API. */
  distinctAccessTokens: number;
}

/** Counts requests and, on demand, slows, breaks or replaces their answers. */
export class TrafficControl {
  readonly #requests = new Map<string, number>();
  readonly #tokenRequests = new Map<string, number>();
  readonly #accessTokens = new Set<string>();
  #latencyMs = 0;
  #answers: InjectedAnswer[] = [];
  #drops: DroppedConnection[] = [];

  /** Since the last reset. */
  counts(): TrafficCounts {
    return {
      requests: Object.fromEntries(this.#requests),
      tokenRequests: Object.fromEntries(this.#tokenRequests),
      distinctAccessTokens: this.#accessTokens.size,
    };
  }

  /** Told by the token endpoint, which alone reads the form. */
  readonly countTokenRequest = (grantType: string): void => {
    this.#tokenRequests.set(grantType, (this.#tokenRequests.get(grantType) ?? 0) + 1);
  };

  resetCounts(): void {
    this.#requests.clear();
    this.#tokenRequests.clear();
    this.#accessTokens.clear();
  }

  setLatency(milliseconds: number): void {
    this.#latencyMs = milliseconds;
  }

  inject(answer: InjectedAnswer): void {
    this.#answers.push(answer);
  }

  drop(connections: DroppedConnection): void {
    this.#drops.push(connections);
  }

  /** Ends latency, injected answers and dropped connections. */
  clearFaults(): void {
    this.#latencyMs = 0;
    this.#answers = [];
    this.#drops = [];
  }

  /** Outermost: counts, delays, and cuts connections. */
  readonly onArrival: Middleware = async (ctx, next) => {
    const key = `${ctx.method} ${ctx.path}`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    const token = presentedToken(ctx)?.value;
    if (token !== undefined && ctx.path.startsWith('/services/data')) this.#accessTokens.add(token);
    if (this.#latencyMs > 0) await sleep(this.#latencyMs);
    const drop = this.#drops.find(({ times, path }) => times > 0 && path.test(ctx.path));
    if (drop) {
      drop.times -= 1;
      ctx.respond = false;
      ctx.req.socket.destroy();
      return;
    }
    await next();
  };

  /** After CORS, so that a page can read an injected answer. */
  readonly instead: Middleware = (ctx, next) => {
    const answer = this.#answers.find(
      ({ times, path, method }) => times > 0 && path.test(ctx.path) && (method === undefined || method === ctx.method),
    );
    if (!answer) return next();
    answer.times -= 1;
    ctx.status = answer.status;
    ctx.set({ ...answer.headers });
    ctx.body = answer.body ?? '';
    ctx.set('Content-Type', answer.contentType);
    return undefined;
  };
}
