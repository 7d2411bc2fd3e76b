import { createCacheRule } from '../../src/worker/cacheRule.ts';

const answer = (cacheControl?: string, ok = true) => ({ ok, headers: new Headers(cacheControl === undefined ? {} : { 'cache-control': cacheControl }) });

describe('the use of the HTTP cache', () => {
  it('bypasses it until the org has said that nothing is stored', () => {
    const rule = createCacheRule();
    expect(rule.mode()).toBe('no-store');
    rule.learn(answer('no-cache,must-revalidate,max-age=0,no-store,private'));
    expect(rule.mode()).toBe('default');
  });

  it.each([['max-age=3600'], ['private'], [undefined], ['x-no-store']])('bypasses it for good after an answer with %s', (cacheControl) => {
    const rule = createCacheRule();
    rule.learn(answer('no-store'));
    rule.learn(answer(cacheControl));
    rule.learn(answer('no-store'));
    expect(rule.mode()).toBe('no-store');
  });

  it('learns nothing from errors, which proxies may answer', () => {
    const rule = createCacheRule();
    rule.learn(answer('no-store', false));
    expect(rule.mode()).toBe('no-store');
  });
});
