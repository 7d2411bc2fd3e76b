import { deferred } from '../../../deferred.ts';
import { systemTimers, type Timers } from '../../../time.ts';
import { ticketLifetimeMs } from '../../../core-web/ticketStore.ts';

interface Held {
  port: Promise<MessagePort>;
  arrived: (port: MessagePort) => void;
  end: () => void;
  isTaken: boolean;
}

/**
 * Ports that came with ticket requests, each with the ticket of its order: whoever redeems the ticket gets the port
 * too. A port is closed when its ticket is presented by anybody else, or has become too old.
 *
 * @param relay connection to the {@link import('./portRelay.ts') port relay}; undefined where there are no lanes
 */
export function createPortDesk(relay: MessagePort | undefined, timers: Timers = systemTimers) {
  const held = new Map<string, Held>();

  function drop(orderId: string): void {
    const found = held.get(orderId);
    held.delete(orderId);
    found?.end();
    void found?.port.then((port) => port.close());
  }

  if (relay) {
    relay.onmessage = ({ data: orderId, ports: [port] }: MessageEvent<unknown>) => {
      const expecting = typeof orderId === 'string' ? held.get(orderId) : undefined;
      if (port && expecting) expecting.arrived(port);
      else port?.close();
    };
  }

  /** Expects the port of an order until its ticket is too old. */
  function hold(orderId: string): Held {
    const { promise: port, resolve: arrived } = deferred<MessagePort>();
    const end = timers.after(ticketLifetimeMs, () => drop(orderId));
    const expected = { port, arrived, isTaken: false, end };
    held.set(orderId, expected);
    return expected;
  }

  return {
    /** Keeps the port that has come together with an order on which a ticket has been issued. */
    keep(orderId: string, port: MessagePort): void {
      if (relay) hold(orderId).arrived(port);
      else port.close();
    },

    /** Sends for the port of an order that a ticket has been issued on. Doing so again changes nothing. */
    fetch(orderId: string): void {
      if (!relay || held.has(orderId)) return;
      hold(orderId);
      relay.postMessage(orderId);
    },

    /** The port of an order whose ticket was redeemed rightly; it may still be on its way, or never come. */
    take(orderId: string): Promise<MessagePort> | undefined {
      const found = held.get(orderId);
      if (!found || found.isTaken) return undefined;
      found.isTaken = true;
      return found.port.then((port) => {
        found.end();
        held.delete(orderId);
        return port;
      });
    },

    drop,

    close(): void {
      for (const orderId of [...held.keys()]) drop(orderId);
      relay?.close();
    },
  };
}
