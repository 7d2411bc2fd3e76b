import { deepestJson, isTooDeep } from '../src/jsonDepth.ts';
import { executeRequest } from '../src/channel/orgRequests.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
const request = (value: unknown) =>
  executeRequest.safeParse({
    requestId: 'r',
    sessionId: 's',
    endpoint: '/services/data',
    method: 'POST',
    body: { kind: 'json', value },
  });

describe('the depth of bodies', () => {
  it('has a limit, in lists and objects alike', () => {
    expect(isTooDeep(nested(deepestJson))).toBe(false);
    expect(isTooDeep(nested(deepestJson + 1))).toBe(true);
    expect(isTooDeep({ a: { b: [{ c: nested(deepestJson - 3) }] } })).toBe(true);
    expect(isTooDeep(Array.from({ length: 10_000 }, () => ({ a: [1, null, 'text'] })))).toBe(false);
  });

  it('is found out without a stack for it', () => {
    expect(isTooDeep(nested(100_000))).toBe(true);
  });

  it('has an end for values that refer to themselves, once or many times over', () => {
    const circle: unknown[] = [];
    circle.push(circle, circle);
    expect(isTooDeep(circle)).toBe(true);
    let lace: unknown = {};
    for (let level = 0; level < 100; level += 1) lace = [lace, lace];
    expect(isTooDeep(lace)).toBe(true);
  });

  it('is judged where a message comes in', () => {
    expect(request(nested(200)).success).toBe(true);
    const refused = request(nested(3_000));
    expect(refused.error?.issues).toMatchObject([
      { path: ['body', 'value'], message: 'is nested more than 256 levels deep' },
    ]);
  });
});
