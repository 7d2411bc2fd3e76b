import type { ServerGrant } from '../../../worker/serverGrant.ts';
import { createTokenWorker } from '../../../worker/tokenWorker.ts';
import type { AuditRecord } from '../../audit.ts';
import type { ProviderConfiguration } from '../../configuration.ts';
import { startProvider } from '../../startProvider.ts';
import { systemTimers, type Timers } from '../../timers.ts';
import type { Host } from '../host.ts';
import type { RunningProvider } from './keepProviding.ts';
import { createNodeHost } from './nodeHost.ts';

interface ProvideOptions {
  configuration: ProviderConfiguration;
  serverGrant: ServerGrant;
  writeAudit: (record: AuditRecord) => void;
}

/**
 * Starts the provider on a runtime's channels, with a token worker of its own.
 *
 * @throws Error when the channel is taken by another provider.
 */
export async function provideOn(channels: Host['channels'], { configuration, serverGrant, writeAudit }: ProvideOptions): Promise<RunningProvider> {
  const orgUrl = configuration.orgs[0]!.orgUrl;
  const worker = createTokenWorker({ serverGrant, serverTime: () => timeOf(orgUrl) });
  const timers = endableTimers();
  let isSignedOut = false;
  const endpoint = await startProvider({
    configuration, host: createNodeHost(channels), worker, writeAudit, timers,
    signedOut: { get: () => isSignedOut, set: (is) => void (isSignedOut = is) },
  });
  return {
    async close() {
      timers.end();
      await endpoint.close();
      await worker.shutDown();
    },
  };
}

/** The org's own time, which an assertion is checked against; no page may read it, a server may. */
async function timeOf(orgUrl: string): Promise<number | undefined> {
  const answer = await fetch(new URL('/services/data', orgUrl), { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  const time = Date.parse(answer?.headers.get('date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Another provider may follow in this process: nothing of this one may still be waiting then. */
function endableTimers(): Timers & { end(): void } {
  const waiting = new Set<() => void>();
  return {
    after(milliseconds, work) {
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
    end: () => waiting.forEach((callOff) => callOff()),
  };
}
