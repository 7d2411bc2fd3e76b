/** How many URLs are remembered for which the cache holds no answer. */
const cleanLimit = 2_000;

/**
 * Decides how requests use the browser's HTTP cache. The cache finds an answer by its URL alone, whichever user asked
 * for it, and outlives sessions and restarts: one user's record could be given to another. Salesforce sends `no-store`
 * with its REST answers. Bypassing the cache costs a CORS preflight in Chromium, which the first request to a URL costs
 * anyway. So the first request bypasses the cache and removes what it may hold (`reload`; an answer with `no-store`
 * leaves nothing behind, RFC 9111, 5.2.2.5), and later ones may use it. Once an org has sent an answer that may be
 * stored, no request uses the cache any more.
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
      // An error may come from a proxy, and tells nothing of the org.
      if (!ok) return;
      if (!storesNothing) mayStore = true;
      else if (clean.size < cleanLimit) clean.add(href);
      else clean.clear();
    },
  };
}
