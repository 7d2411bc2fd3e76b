/** How many URLs are known at a time to be free of stored answers. */
const cleanLimit = 2_000;

/**
 * How requests may use the browser's HTTP cache. A cached answer is found by its URL alone, whoever asked for it, and
 * outlives sessions and restarts: one user's record could be given to another. Salesforce says `no-store` on its REST
 * answers. Bypassing the cache costs a CORS preflight in Chromium, which the first request to a URL costs anyway; so
 * that one goes past the cache and drops what the cache may hold (`reload`; an answer with `no-store` leaves nothing
 * behind, RFC 9111, 5.2.2.5), and the next ones may use it. Once an org has let answers be stored, nothing uses the
 * cache any more.
 */
export function createCacheRule() {
  const clean = new Set<string>();
  let mayStore = false;

  return {
    /** @param alone whether no other user's requests go to the same instance now */
    mode({ href }: URL, alone: boolean): RequestCache {
      if (mayStore) return 'no-store';
      return alone && clean.has(href) ? 'default' : 'reload';
    },
    learn({ href }: URL, { ok, headers }: Pick<Response, 'ok' | 'headers'>): void {
      const storesNothing = /(^|,)\s*no-store\s*(,|$)/i.test(headers.get('cache-control') ?? '');
      clean.delete(href);
      // An error may be the answer of a proxy.
      if (!ok) return;
      if (!storesNothing) mayStore = true;
      else if (clean.size < cleanLimit) clean.add(href);
      else clean.clear();
    },
  };
}
