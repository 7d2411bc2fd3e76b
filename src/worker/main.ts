import type { Endpoint } from 'comlink';
import { exposeMethods } from './exposeMethods.ts';
import { hasRememberedSessions, openRememberedSessions } from './rememberedSessions.ts';
import { createTokenWorker } from './tokenWorker.ts';

/** Milliseconds. Longer than a busy machine delays a timer, and shorter than any sleep that matters. */
const heartbeatMs = 15_000;
const sleepMs = 60_000;

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()!();

/** By a message, as timers wait for longer than one takes; always over the same port, as a new one costs as much. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}

const worker = createTokenWorker({
  isOnline: () => navigator.onLine,
  hasPreflights: true,
  nextTask,
  alone: (name, work) => navigator.locks.request(name, work),
  async serverTime() {
    // The provider's own server, as no other lets a page read its time.
    const response = await fetch(self.location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
    const time = Date.parse(response?.headers.get('date') ?? '');
    return Number.isNaN(time) ? undefined : time;
  },
  openRememberedSessions,
  hasRememberedSessions,
  scriptUrl: self.location.href,
  openSignInReturnChannel: (name) => new BroadcastChannel(name),
});

self.addEventListener('online', () => void worker.checkSessions());
let lastBeat = Date.now();
setInterval(() => {
  const slept = Date.now() - lastBeat > sleepMs;
  lastBeat = Date.now();
  void (slept ? worker.checkSessions() : worker.renewOwed());
}, heartbeatMs);

exposeMethods(worker, self as unknown as Endpoint, ['configure']);
