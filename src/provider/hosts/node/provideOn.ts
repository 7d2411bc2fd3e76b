import type { ServerGrant } from '../../../worker/serverGrant.ts';
import { createTokenWorker, type TokenWorker } from '../../../worker/tokenWorker.ts';
import type { AuditTrail } from '../../audit.ts';
import { defaultOrg, type ProviderConfiguration } from '../../configuration.ts';
import { createSignedOutMark } from '../../signedOutMark.ts';
import { startProvider } from '../../startProvider.ts';
import { systemTimers, type Timers } from '../../../time.ts';
import type { Host } from '../host.ts';
import type { RunningProvider } from './keepProviding.ts';
import { createNodeHost } from './nodeHost.ts';

interface ProvideOptions {
  configuration: ProviderConfiguration;
  serverGrant: ServerGrant;
  audit: AuditTrail;
}

/**
 * Starts the provider on a runtime's channels, with a token worker of its own.
 *
 * @throws Error when the channel is taken by another provider.
 */
export async function provideOn(
  channels: Host['channels'],
  { configuration, serverGrant, audit }: ProvideOptions,
): Promise<RunningProvider> {
  const { orgUrl } = defaultOrg(configuration);
  const { worker, signedIn } = watchSignIns(createTokenWorker({ serverGrant, serverTime: () => timeOf(orgUrl) }));
  const timers = endableTimers();
  const endpoint = await startProvider({
    configuration,
    host: createNodeHost(channels),
    worker,
    audit,
    timers,
    signedOut: createSignedOutMark(),
  });
  return {
    async close() {
      timers.end();
      await endpoint.close();
      await signedIn();
      await worker.shutDown();
    },
  };
}

/** The org's own time, against which assertions are checked. A server can read it; no page can. */
async function timeOf(orgUrl: string): Promise<number | undefined> {
  const answer = await fetch(new URL('/services/data', orgUrl), {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  const time = Date.parse(answer?.headers.get('date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Keeps track of sign-ins under way, so that the end can wait for them: a token that comes later would never be
 * revoked.
 */
function watchSignIns(watched: TokenWorker): { worker: TokenWorker; signedIn(): Promise<unknown> } {
  const running = new Set<Promise<unknown>>();
  const worker: TokenWorker = {
    ...watched,
    signInAsServer(...request) {
      const signingIn = watched.signInAsServer(...request).finally(() => running.delete(signingIn));
      running.add(signingIn);
      return signingIn;
    },
  };
  return { worker, signedIn: () => Promise.allSettled([...running]) };
}

/** Timers that can be ended all at once, as another provider may follow in this process. */
function endableTimers(): Timers & { end(): void } {
  const waiting = new Set<() => void>();
  let isOver = false;
  return {
    after(milliseconds, work) {
      if (isOver) return () => undefined;
      const callOff = systemTimers.after(milliseconds, () => {
        waiting.delete(callOff);
        work();
      });
      waiting.add(callOff);
      return () => {
        waiting.delete(callOff);
        callOff();
      };
    },
    end() {
      isOver = true;
      for (const callOff of waiting) callOff();
    },
  };
}
