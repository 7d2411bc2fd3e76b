import { createCacheRule } from '../../src/worker/cacheRule.ts';

const answer = (cacheControl?: string, ok = true) => ({
  ok,
  headers: new Headers(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
});
const record = new URL('https://acme.my.salesforce.com/services/data/v66.0/sobjects/Account/1');
const limits = new URL('https://acme.my.salesforce.com/services/data/v66.0/limits');
const salesforces = answer('no-cache,must-revalidate,max-age=0,no-store,private');

describe('the use of the HTTP cache', () => {
  it('begins at each URL by dropping what may be stored there, and goes on with it once nothing is', () => {
    const rule = createCacheRule();
    expect(rule.mode(record, true)).toBe('reload');
    rule.learn(record, salesforces);
    expect([rule.mode(record, true), rule.mode(limits, true)]).toEqual(['default', 'reload']);
  });

  it('takes nothing from it while another user asks the same instance', () => {
    const rule = createCacheRule();
    rule.learn(record, salesforces);
    expect([rule.mode(record, false), rule.mode(record, true)]).toEqual(['reload', 'default']);
  });

  it.each([['max-age=3600'], ['private'], [undefined], ['x-no-store']])(
    'ends for good, and stores nothing more, after an answer with %s',
    (cacheControl) => {
      const rule = createCacheRule();
      rule.learn(limits, salesforces);
      rule.learn(record, answer(cacheControl));
      rule.learn(limits, salesforces);
      expect([rule.mode(record, true), rule.mode(limits, true)]).toEqual(['no-store', 'no-store']);
    },
  );

  it('learns nothing good and nothing bad of the org from errors, which proxies may answer', () => {
    const rule = createCacheRule();
    rule.learn(record, salesforces);
    rule.learn(record, answer('max-age=60', false));
    rule.learn(limits, answer('no-store', false));
    expect([rule.mode(record, true), rule.mode(limits, true)]).toEqual(['reload', 'reload']);
  });

  it('forgets URLs rather than growing for ever', () => {
    const rule = createCacheRule();
    for (let index = 0; index <= 2_000; index += 1) rule.learn(new URL(`?${index}`, record), salesforces);
    expect(rule.mode(new URL('?0', record), true)).toBe('reload');
  });
});
