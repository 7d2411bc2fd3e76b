import type { CallRecord } from './door.ts';

interface CallRecordsOptions {
  /** Settles once the messages are read that have arrived already. */
  nextTask: () => Promise<void>;
  /** Takes records to the provider's audit trail. `cause`: what went wrong here with the only one of them. */
  deliver: (records: readonly CallRecord[], cause?: unknown) => void | Promise<void>;
}

/** More are delivered at once, so that a burst without a pause does not hold them back. */
const mostTogether = 1_000;

/**
 * Delivers the records of calls in their order, those of one moment together: each delivery is a message to the
 * provider's page. What is added is delivered in the next task; nothing waits longer.
 */
export function createCallRecords({ nextTask, deliver }: CallRecordsOptions) {
  let gathered: CallRecord[] = [];

  /** Delivers what has been gathered. @returns settles when it has arrived */
  async function flush(): Promise<void> {
    if (gathered.length === 0) return;
    const records = gathered;
    gathered = [];
    await deliver(records);
  }

  return {
    add(record: CallRecord, cause?: unknown): void {
      if (cause !== undefined) {
        // Whatever was thrown may not be one that can be sent: it must take no other record with it.
        void flush();
        void deliver([record], cause);
        return;
      }
      gathered.push(record);
      if (gathered.length === 1) void nextTask().then(flush);
      if (gathered.length >= mostTogether) void flush();
    },
    flush,
  };
}
