import type { Context } from 'koa';
import { presentedToken } from '../oauth/accessCheck.ts';
import type { ControlAnswer } from './controlProtocol.ts';

/** Counts what reaches the org. */
export class TrafficCounts {
  readonly #requests = new Map<string, number>();
  readonly #tokenRequests = new Map<string, number>();
  readonly #accessTokens = new Set<string>();

  /** Since the last reset. */
  read(): ControlAnswer<'counts'> {
    return {
      requests: Object.fromEntries(this.#requests),
      tokenRequests: Object.fromEntries(this.#tokenRequests),
      distinctAccessTokens: this.#accessTokens.size,
    };
  }

  reset(): void {
    this.#requests.clear();
    this.#tokenRequests.clear();
    this.#accessTokens.clear();
  }

  countRequest(ctx: Context): void {
    const key = `${ctx.method} ${ctx.path}`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    const token = presentedToken(ctx)?.value;
    if (token !== undefined && ctx.path.startsWith('/services/data')) this.#accessTokens.add(token);
  }

  /** Called by the token endpoint: the grant type is in the form, which nothing else reads. */
  readonly countTokenRequest = (grantType: string): void => {
    this.#tokenRequests.set(grantType, (this.#tokenRequests.get(grantType) ?? 0) + 1);
  };
}
