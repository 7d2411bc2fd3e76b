/**
 * Script of a SharedWorker on the provider's origin. It hands a port from the ticket page, which an app has framed, to
 * the provider's page: a BroadcastChannel carries no ports. Only pages of the provider's own origin can connect to it
 * (HTML, "SharedWorker": same origin and storage partition), and the ticket page has parsed what came from the app. So
 * it looks at an order's id only, and needs no schema library, which would be most of its start.
 */
import { systemTimers } from '../../../time.ts';

/** An order's id names one page's port; whoever takes it knows the id from the order. */
interface Waiting {
  port: MessagePort;
  end: () => void;
}

/** A ticket page waits for its ticket for some seconds. */
const keptMs = 60_000;
/** More than the pages of a desktop leave while their provider starts. Beyond it the oldest is closed. */
const mostKept = 1_000;

/** Ports that a ticket page has left, and pages of the provider that wait for one, each by the id of its order. */
const left = new Map<string, Waiting>();
const wanted = new Map<string, Waiting>();

function keep(kept: Map<string, Waiting>, orderId: string, port: MessagePort, drop: () => void): void {
  const forget = (): void => {
    if (kept.delete(orderId)) drop();
  };
  kept.set(orderId, { port, end: systemTimers.after(keptMs, forget) });
  if (kept.size <= mostKept) return;
  const [oldest, { port: dropped, end }] = kept.entries().next().value!;
  end();
  kept.delete(oldest);
  if (kept === left) dropped.close();
}

function take(kept: Map<string, Waiting>, orderId: string): MessagePort | undefined {
  const found = kept.get(orderId);
  found?.end();
  kept.delete(orderId);
  return found?.port;
}

self.addEventListener('connect', (event) => {
  const page = (event as MessageEvent).ports[0]!;
  page.onmessage = ({ data: orderId, ports: [port] }: MessageEvent<unknown>) => {
    if (typeof orderId !== 'string') return;
    const hand = (to: MessagePort, lane: MessagePort): void => to.postMessage(orderId, [lane]);
    if (port) {
      const provider = take(wanted, orderId);
      if (provider) hand(provider, port);
      else if (left.has(orderId)) port.close();
      else keep(left, orderId, port, () => port.close());
      return;
    }
    const lane = take(left, orderId);
    if (lane) hand(page, lane);
    else keep(wanted, orderId, page, () => undefined);
  };
});
