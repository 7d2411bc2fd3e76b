import { nextPauseMs } from '../../../time.ts';
import { RuntimeUnreachable, type RuntimeConnection } from './runtimeConnection.ts';

/** A provider that runs on one connection. */
export interface RunningProvider {
  /** Revokes its sessions and destroys its channel. */
  close(): Promise<void>;
}

interface KeepProvidingOptions {
  /** @throws {RuntimeUnreachable} */
  connect: () => Promise<RuntimeConnection>;
  provide: (connection: RuntimeConnection) => Promise<RunningProvider>;
  /** Tells the person who watches the console. */
  say: (sentence: string) => void;
  /** Waits so many milliseconds; ends early when the signal is aborted. */
  delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborted when the process is to end. */
  stop: AbortSignal;
}

const backOff = { firstMs: 1_000, longestMs: 30_000 };

/**
 * Runs a provider on each connection for as long as the process lives. After a connection is lost it tries to connect
 * again, in pauses that grow.
 *
 * @throws whatever `provide` throws: a provider that cannot start on a reachable runtime would not start later either.
 */
export async function keepProviding({ connect, provide, say, delay, stop }: KeepProvidingOptions): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve());
  });

  async function connected(): Promise<RuntimeConnection | undefined> {
    let said = '';
    for (let pauseMs = 0; !stop.aborted;) {
      try {
        return await Promise.race([connect(), stopped.then(() => undefined)]);
      } catch (error) {
        if (!(error instanceof RuntimeUnreachable)) throw error;
        // Each failure is told once, while the attempts go on.
        if (error.message !== said) say(`${error.message} Trying again until it is there.`);
        said = error.message;
      }
      pauseMs = nextPauseMs(pauseMs, backOff);
      await delay(pauseMs, stop);
    }
    return undefined;
  }

  for (;;) {
    const connection = await connected();
    if (!connection) return;
    const provider = await provide(connection);
    say('The Salesforce provider is ready.');
    const event = await Promise.race([
      connection.lost.then(() => 'lost' as const),
      stopped.then(() => 'stopped' as const),
    ]);
    if (event === 'lost') say('The HERE Core runtime has gone. Its sessions are revoked; waiting for it to come back.');
    await provider.close();
    if (event === 'stopped') return;
  }
}
