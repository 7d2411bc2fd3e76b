import { jest } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { boundedSignal, delay, inTime, nextPauseMs, systemTimers, timeoutError } from '../src/time.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

/** Whether a promise has settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => void (settled = true);
  promise.then(settle, settle);
  await jest.advanceTimersByTimeAsync(0);
  return settled;
}

describe('a timer', () => {
  it('does its work once, when its time has come', () => {
    const work = jest.fn();
    systemTimers.after(1_000, work);
    jest.advanceTimersByTime(999);
    expect(work).not.toHaveBeenCalled();
    jest.advanceTimersByTime(10_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('does nothing once it was called off', () => {
    const work = jest.fn();
    systemTimers.after(1_000, work)();
    jest.advanceTimersByTime(1_000);
    expect(work).not.toHaveBeenCalled();
  });
});

describe('a pause', () => {
  it('lasts its time', async () => {
    const paused = delay(1_000);
    await jest.advanceTimersByTimeAsync(999);
    expect(await isSettled(paused)).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await isSettled(paused)).toBe(true);
  });

  it('ends early and well when it is not wanted any more, now or from the start', async () => {
    const controller = new AbortController();
    const paused = delay(1_000, controller.signal);
    expect(await isSettled(paused)).toBe(false);
    controller.abort();
    await paused;
    await delay(1_000, controller.signal);
  });
});

describe('a bounded wait', () => {
  it('gives what came in time, value or error', async () => {
    expect(await inTime(Promise.resolve('here'), 1_000, () => 'late')).toBe('here');
    await expect(inTime(Promise.reject(new Error('broken')), 1_000, () => 'late')).rejects.toThrow('broken');
  });

  it('comes to what is said for being late, and throws what that throws', async () => {
    const never = new Promise<string>(() => undefined);
    const waits = [
      inTime(never, 1_000, () => 'late'),
      inTime(never, 1_000, () => Promise.reject(new Error('too late'))),
    ];
    const settled = Promise.allSettled(waits);
    await jest.advanceTimersByTimeAsync(999);
    expect(await isSettled(waits[0]!)).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await settled).toMatchObject([{ value: 'late' }, { reason: { message: 'too late' } }]);
  });

  it('disturbs nobody when the work breaks after its time', async () => {
    let breakWork!: (error: Error) => void;
    const work = new Promise<never>((_resolve, reject) => (breakWork = reject));
    const wait = inTime(work, 1_000, () => 'late');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await wait).toBe('late');
    breakWork(new Error('nobody listens'));
    await jest.advanceTimersByTimeAsync(0);
  });
});

describe('a bounded signal', () => {
  it('aborts when its time is over, with the error made for it', async () => {
    const { signal } = boundedSignal(1_000, () => new Error('too late'));
    jest.advanceTimersByTime(999);
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({ message: 'too late' });
  });

  it.each(['before', 'meanwhile'])('aborts with the signal that it follows, which was aborted %s', (when) => {
    const other = new AbortController();
    const reason = new Error('given up');
    if (when === 'before') other.abort(reason);
    const { signal, end } = boundedSignal(1_000, () => new Error('too late'), other.signal);
    other.abort(reason);
    expect(signal.reason).toBe(reason);
    end();
  });

  it('is left alone once it has ended', () => {
    const other = new AbortController();
    const { signal, end } = boundedSignal(1_000, () => new Error('too late'), other.signal);
    end();
    other.abort();
    jest.advanceTimersByTime(1_000);
    expect(signal.aborted).toBe(false);
  });
});

describe('pauses between tries', () => {
  const pauses = (count: number, bounds: { firstMs: number; longestMs: number }) => {
    const lengths: number[] = [];
    for (let last = 0; lengths.length < count; lengths.push(last)) last = nextPauseMs(last, bounds);
    return lengths;
  };

  it('double from the first to the longest', () => {
    expect(pauses(7, { firstMs: 1_000, longestMs: 30_000 })).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });

  it('come back within their bounds after a pause that somebody else has set', () => {
    expect(nextPauseMs(900_000, { firstMs: 1_000, longestMs: 30_000 })).toBe(30_000);
    expect(nextPauseMs(10, { firstMs: 1_000, longestMs: 30_000 })).toBe(1_000);
  });
});

it('does not take a timeout of a year for none at all, as engines do', () => {
  const { signal, end } = boundedSignal(365 * 24 * 3_600_000, timeoutError);
  jest.advanceTimersByTime(10_000);
  expect(signal.aborted).toBe(false);
  end();
});

it('ends a wait in time although garbage is collected meanwhile', async () => {
  jest.useRealTimers();
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const followed = new AbortController();
  const waiting = new Promise<unknown>((resolve) => {
    const { signal } = boundedSignal(200, timeoutError, followed.signal);
    signal.addEventListener('abort', () => resolve(signal.reason));
  });
  for (let index = 0; index < 3; index += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  expect(await waiting).toMatchObject({ name: 'TimeoutError' });
  jest.useFakeTimers();
});
