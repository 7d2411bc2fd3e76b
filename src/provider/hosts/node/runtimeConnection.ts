import { connect } from '@openfin/node-adapter';
import { inTime } from '../../../time.ts';
import type { Host } from '../host.ts';

/** The runtime to connect to: one that runs at an address, or the one of a manifest, which is started if need be. */
export type RuntimeTarget = { address: string } | { manifestUrl: string };

/** A connection to a HERE Core runtime, as far as the provider uses it. */
export interface RuntimeConnection {
  channels: Host['channels'];
  /** Settles when the connection is lost. */
  lost: Promise<void>;
}

/** No runtime answered; the message is a sentence for a person. */
export class RuntimeUnreachable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RuntimeUnreachable';
  }
}

/** Milliseconds to wait: a running runtime authorizes at once, and one that is started first takes longer. */
const patienceMs = 15_000;
const startingMs = 120_000;

/**
 * @param uuid Names this connection in the runtime; two at the same time need two.
 * @throws {RuntimeUnreachable}
 */
export async function connectRuntime(target: RuntimeTarget, uuid: string): Promise<RuntimeConnection> {
  // The runtime may end although the provider is connected.
  const connecting = connect({ ...target, uuid, nonPersistent: true });
  try {
    const fin = await inTime(connecting, 'address' in target ? patienceMs : startingMs, () => {
      throw new Error('no answer in time');
    });
    return {
      channels: fin.InterApplicationBus.Channel,
      lost: new Promise((resolve) => fin.once('disconnected', () => resolve())),
    };
  } catch (error) {
    throw new RuntimeUnreachable(sentenceOf(error, target));
  }
}

/** The adapter rejects with the socket's error event, an error, a text or a refusal of the runtime. */
function sentenceOf(error: unknown, target: RuntimeTarget): string {
  const { message = String(error), reason } = error as { message?: string; reason?: string };
  const why = (reason ?? message).split('\n', 1)[0]!;
  if ('manifestUrl' in target) return `The HERE Core runtime of ${target.manifestUrl} could not be reached (${why}).`;
  const { address } = target;
  if (/ECONNREFUSED|ENOTFOUND|ECONNRESET|EHOSTUNREACH/.test(why))
    return `There is no HERE Core runtime at ${address} (${why}). Start it, or name its port with --port.`;
  if (/Unexpected server response/.test(why))
    return `What answers at ${address} is no HERE Core runtime (${why}). Name the port of the runtime with --port.`;
  return `The HERE Core runtime at ${address} did not let this provider in (${why}). Each connection needs a --uuid of its own.`;
}
