import { success } from '../../src/outcomes/failure.ts';
import { until } from '../support/until.ts';
import { deferred } from '../../src/deferred.ts';
import { createRequestQueue, type Rank, type RequestQueue } from '../../src/calls/requestQueue.ts';

let queue: RequestQueue;
let started: string[];
let end: Map<string, () => void>;

beforeEach(() => {
  queue = createRequestQueue({ atOnce: 5, ofAppsAtOnce: 4, perApp: 3, waitingPerApp: 3 });
  [started, end] = [[], new Map()];
});

const never = new AbortController().signal;
function ask(
  name: string,
  { app = name.charAt(0), rank = 'user', signal = never }: { app?: string; rank?: Rank; signal?: AbortSignal } = {},
) {
  return queue.run({ app, rank, signal }, async () => {
    started.push(name);
    const { promise, resolve } = deferred<void>();
    end.set(name, resolve);
    await promise;
    return success(name);
  });
}
const settle = () => new Promise((resolve) => setImmediate(resolve));
async function finish(name: string): Promise<void> {
  end.get(name)!();
  await settle();
}
async function askAll(names: readonly string[], options: { rank?: Rank } = {}): Promise<void> {
  for (const name of names) void ask(name, options);
  await settle();
}

describe('requests', () => {
  it("of one app are bounded, and another app's goes past them", async () => {
    await askAll(['a1', 'a2', 'a3', 'a4', 'a5']);
    await askAll(['b1']);
    expect(started).toEqual(['a1', 'a2', 'a3', 'b1']);
    await finish('a1');
    expect(started).toEqual(['a1', 'a2', 'a3', 'b1', 'a4']);
  });

  it('of apps take turns, whoever came first with however many', async () => {
    await askAll(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
    await askAll(['b1', 'b2', 'c1', 'd1']);
    const before = started.length;
    for (const name of ['a1', 'a2', 'a3', 'b1']) await finish(name);
    expect(started.slice(before)).toEqual(['a4', 'b2', 'c1', 'd1']);
  });

  it("of a person's pages find a place that no app can take", async () => {
    await askAll(['a1', 'a2', 'a3', 'b1', 'c1']);
    await askAll(['view'], { rank: 'person' });
    expect(started).toEqual(['a1', 'a2', 'a3', 'b1', 'view']);
    void ask('view 2', { rank: 'person' });
    await finish('a1');
    expect(started.at(-1)).toBe('view 2');
  });

  it('that nobody waits for go after all others, of the same app too, and never take all places', async () => {
    queue = createRequestQueue({ atOnce: 5, ofAppsAtOnce: 4, perApp: 3, waitingPerApp: 9, backgroundAtOnce: 2 });
    await askAll(['a1', 'b1', 'c1'], { rank: 'background' });
    expect(started).toEqual(['a1', 'b1']);
    await askAll(['c2', 'd1', 'd2']);
    expect(started).toEqual(['a1', 'b1', 'c2', 'd1']);
    await finish('a1');
    expect(started.at(-1)).toBe('d2');
    await finish('d2');
    expect(started.at(-1)).toBe('c1');
  });

  it('that run for long give their places back, but only so many', async () => {
    queue = createRequestQueue({
      atOnce: 3,
      ofAppsAtOnce: 2,
      perApp: 2,
      waitingPerApp: 9,
      long: { afterMs: 50, atOnce: 1 },
    });
    await askAll(['a1', 'a2', 'a3', 'a4']);
    expect(started).toEqual(['a1', 'a2']);
    await until(() => started.length === 3);
    // One counts apart; the other, as long, does not.
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(started).toEqual(['a1', 'a2', 'a3']);
    await finish('a1');
    await finish('a2');
    expect(started).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('never exceed what may be at the org', async () => {
    await askAll(['v1', 'v2', 'v3', 'v4', 'v5', 'v6'], { rank: 'person' });
    expect(started).toHaveLength(5);
  });

  it('beyond those that may wait are refused', async () => {
    await askAll(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
    expect(await ask('a7')).toMatchObject({
      ok: false,
      error: { code: 'TOO_MANY_REQUESTS', message: expect.stringContaining('3 requests of a are waiting') },
    });
    const b = ask('b1');
    await settle();
    await finish('b1');
    expect(await b).toEqual(success('b1'));
  });

  it('that are given up leave their place to the next, waiting or not yet asked', async () => {
    await askAll(['a1', 'a2', 'a3']);
    const giveUp = new AbortController();
    const given = ask('a4', { signal: giveUp.signal });
    void ask('a5');
    giveUp.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    await expect(ask('a6', { signal: giveUp.signal })).rejects.toThrow('given up');
    await finish('a1');
    expect(started).toEqual(['a1', 'a2', 'a3', 'a5']);
  });

  it('that throw make room all the same', async () => {
    await expect(
      queue.run({ app: 'a', rank: 'user', signal: never }, () => Promise.reject(new Error('broken'))),
    ).rejects.toThrow('broken');
    await askAll(['a1', 'a2', 'a3']);
    expect(started).toEqual(['a1', 'a2', 'a3']);
  });
});
