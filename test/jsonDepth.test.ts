import fc from 'fast-check';
import { deepestJson, isTooDeep, judgeJson } from '../src/jsonDepth.ts';
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

describe('a JSON text that is judged by its bytes', () => {
  const judge = (text: string) => judgeJson(new TextEncoder().encode(text));

  it('is found good, whatever it holds, where JSON.parse takes it', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        expect(judge(text)).toBeUndefined();
      }),
    );
    for (const text of [' \n[1]\t', '"[[["', '"\\\\"', '"\\"["', '\ufeff{}', '-1', 'null'])
      expect(judge(text)).toBeUndefined();
  });

  it('has the same limit as a value', () => {
    for (const levels of [deepestJson, deepestJson + 1]) {
      const text = `${'[{"a":'.repeat(levels / 2)}${levels % 2 ? '[]' : '1'}${'}]'.repeat(levels / 2)}`;
      expect(judge(text)).toBe(isTooDeep(JSON.parse(text)) ? 'tooDeep' : undefined);
    }
    expect(judge('['.repeat(100_000))).toBe('tooDeep');
  });

  it('is broken where it was cut off, or is something else', () => {
    const whole = '{"a":[1,{"b":"x\\"y"}]}';
    for (let length = 0; length < whole.length; length += 1) expect(judge(whole.slice(0, length))).toBe('broken');
    for (const text of ['', ' ', '<html>', 'Bad_OAuth_Token', ']', '{}}', '"a']) expect(judge(text)).toBe('broken');
  });
});
