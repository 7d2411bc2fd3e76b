import { deferred } from '../../../../src/deferred.ts';
import { keepProviding } from '../../../../src/provider/hosts/node/keepProviding.ts';
import { RuntimeUnreachable, type RuntimeConnection } from '../../../../src/provider/hosts/node/runtimeConnection.ts';
import { until } from '../../../support/until.ts';

/** Connections succeed or fail as the test says, and pauses take no time. */
function stage() {
  const told: string[] = [];
  const pauses: number[] = [];
  const failures: Error[] = [];
  const connections: (() => void)[] = [];
  const stop = new AbortController();
  const done = keepProviding({
    async connect() {
      const failure = failures.shift();
      if (failure) throw failure;
      const lost = deferred<void>();
      connections.push(lost.resolve);
      return { channels: {} as RuntimeConnection['channels'], lost: lost.promise };
    },
    async provide() {
      const number = connections.length;
      told.push(`provides ${number}`);
      return { close: async () => void told.push(`closes ${number}`) };
    },
    say: (sentence) => told.push(sentence),
    delay: async (ms) => void pauses.push(ms),
    stop: stop.signal,
  });
  return { told, pauses, failures, connections, stop, done };
}

const unreachable = (message = 'There is no runtime.') => new RuntimeUnreachable(message);
const ready = 'The Salesforce provider is ready.';
const gone = expect.stringContaining('has gone') as string;

describe('a provider on a runtime that comes and goes', () => {
  it('ends when it is told to, and takes back what it started', async () => {
    const { told, connections, stop, done } = stage();
    await until(() => connections.length === 1);
    stop.abort();
    await done;
    expect(told).toEqual(['provides 1', ready, 'closes 1']);
  });

  it('starts anew on a runtime that came back, and ends what was before', async () => {
    const { told, failures, pauses, connections, stop, done } = stage();
    await until(() => told.includes(ready));
    failures.push(...Array.from({ length: 7 }, () => unreachable()));
    connections[0]!();
    await until(() => connections.length === 2);
    stop.abort();
    await done;
    expect(told).toEqual([
      'provides 1',
      ready,
      gone,
      'closes 1',
      'There is no runtime. Trying again until it is there.',
      'provides 2',
      ready,
      'closes 2',
    ]);
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('says each other way to fail once', async () => {
    const { told, failures, connections, stop, done } = stage();
    await until(() => told.includes(ready));
    failures.push(unreachable('A.'), unreachable('A.'), unreachable('B.'));
    connections[0]!();
    await until(() => connections.length === 2);
    stop.abort();
    await done;
    expect(told.filter((sentence) => sentence.includes('Trying'))).toEqual([
      'A. Trying again until it is there.',
      'B. Trying again until it is there.',
    ]);
  });

  it('ends while it waits for a runtime, and while it connects', async () => {
    for (const connect of [
      async () => {
        throw unreachable();
      },
      () => new Promise<never>(() => undefined),
    ]) {
      const stop = new AbortController();
      const delayed = deferred<void>();
      const done = keepProviding({
        connect,
        provide: async () => {
          throw new Error('there is nothing to provide on');
        },
        say: () => undefined,
        delay: (_ms, signal) =>
          new Promise((resolve) => {
            delayed.resolve();
            signal.addEventListener('abort', () => resolve());
          }),
        stop: stop.signal,
      });
      await Promise.race([delayed.promise, new Promise((resolve) => setImmediate(resolve))]);
      stop.abort();
      await done;
    }
  });

  it('does not go on where the provider cannot start, or for another reason than an absent runtime', async () => {
    const options = { say: () => undefined, delay: async () => undefined, stop: new AbortController().signal };
    const connection = { channels: {} as RuntimeConnection['channels'], lost: new Promise<void>(() => undefined) };
    await expect(
      keepProviding({
        ...options,
        connect: async () => connection,
        provide: async () => {
          throw new Error('channel taken');
        },
      }),
    ).rejects.toThrow('channel taken');
    await expect(
      keepProviding({
        ...options,
        connect: async () => {
          throw new Error('a defect');
        },
        provide: async () => ({ close: async () => undefined }),
      }),
    ).rejects.toThrow('a defect');
  });
});
