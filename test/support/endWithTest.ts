import { setMaxListeners } from 'node:events';
import type { Timers } from '../../src/time.ts';
import { plainEnvironment, type WorkerEnvironment } from '../../src/worker/workerEnvironment.ts';

const ofFile = lifetime();
let current = ofFile;

beforeEach(() => {
  current = lifetime();
});
afterEach(() => {
  current.abort();
  current = ofFile;
});
afterAll(() => ofFile.abort());

function lifetime(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Aborted when the running test ends; for what is started in `beforeAll`, when the file does. */
export const testEnd = (): AbortSignal => current.signal;

const never = new Promise<never>(() => undefined);

/**
 * The environment of a worker that is gone with the running test, as with the page of a real one: what it has on its
 * way is given up, and it does nothing more.
 */
export function environmentUntilTestEnd({
  fetch = plainEnvironment.fetch,
  delay = plainEnvironment.delay,
  ...others
}: Partial<WorkerEnvironment>): Partial<WorkerEnvironment> {
  const end = testEnd();
  return {
    ...others,
    async fetch(input, init) {
      if (end.aborted) return never;
      const signal = init?.signal ? AbortSignal.any([init.signal, end]) : end;
      try {
        return await fetch(input, { ...init, signal });
      } catch (error) {
        if (end.aborted) return never;
        throw error;
      }
    },
    async delay(milliseconds, signal) {
      await delay(milliseconds, AbortSignal.any([signal, end]));
      if (end.aborted) await never;
    },
  };
}

/** Timers that can be called off all at once, and are when the running test ends. */
export function timersUntilTestEnd(timers: Timers): Timers & { end: () => void } {
  const pending = new Set<() => void>();
  const end = (): void => {
    for (const callOff of pending) callOff();
    pending.clear();
  };
  testEnd().addEventListener('abort', end);
  return {
    after(milliseconds, work) {
      const callOff = timers.after(milliseconds, () => {
        pending.delete(callOff);
        work();
      });
      pending.add(callOff);
      return () => {
        pending.delete(callOff);
        callOff();
      };
    },
    end,
  };
}
