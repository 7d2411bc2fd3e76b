import { deferred } from '../../../src/deferred.ts';
import { createCallRecords } from '../../../src/worker/pipeline/callRecords.ts';
import type { CallRecord } from '../../../src/worker/pipeline/door.ts';

const record = (correlationId: string): CallRecord => ({
  at: '2026-01-31T10:00:00.000Z',
  app: 'Blotter',
  action: 'GET',
  by: 'lane',
  correlationId,
  outcome: 'ok',
});

describe('the records of calls for the audit trail', () => {
  let messages: [string[], unknown][];
  let task: ReturnType<typeof deferred<void>>;
  const records = () =>
    createCallRecords({
      nextTask: () => task.promise,
      deliver: (delivered, cause) => void messages.push([delivered.map(({ correlationId }) => correlationId), cause]),
    });
  const all = () => messages.flatMap(([ids]) => ids);

  beforeEach(() => {
    messages = [];
    task = deferred<void>();
  });

  it('go to the page in one message for all calls that end in the same moment, in their order', async () => {
    const { add } = records();
    const ids = Array.from({ length: 500 }, (_, index) => `id-${index}`);
    for (const id of ids) add(record(id));
    expect(messages).toEqual([]);
    task.resolve();
    await task.promise;
    expect(messages).toEqual([[ids, undefined]]);
  });

  it('are all there, once each, in a burst that does not end', async () => {
    const { add, flush } = records();
    const ids = Array.from({ length: 2_500 }, (_, index) => `id-${index}`);
    for (const id of ids) add(record(id));
    expect(messages).toHaveLength(2);
    await flush();
    task.resolve();
    await task.promise;
    expect(all()).toEqual(ids);
  });

  it('are not held back by what was thrown, which may not be one that can be sent', async () => {
    const { add } = records();
    const cause = new Error('a fault');
    add(record('before'));
    add(record('broken'), cause);
    add(record('after'));
    task.resolve();
    await task.promise;
    expect(messages).toEqual([
      [['before'], undefined],
      [['broken'], cause],
      [['after'], undefined],
    ]);
  });
});
