/**
 * How requests may use the browser's HTTP cache. A cached answer is found by its URL alone, whoever asked for it, so one
 * user's record could be given to another. Salesforce says `no-store` on its REST answers; as long as an org does, the
 * cache holds nothing and need not be bypassed, which in Chromium would cost a CORS preflight for every request. Until an
 * org has shown it, and for good once it has not, every request bypasses the cache.
 */
export function createCacheRule() {
  let storesNothing: boolean | undefined;

  return {
    mode: (): RequestCache => (storesNothing ? 'default' : 'no-store'),
    learn({ ok, headers }: Pick<Response, 'ok' | 'headers'>): void {
      if (!ok) return;
      const says = /(^|,)\s*no-store\s*(,|$)/i.test(headers.get('cache-control') ?? '');
      storesNothing = says && storesNothing !== false;
    },
  };
}
