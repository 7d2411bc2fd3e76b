import type { Endpoint } from 'comlink';
import { exposeMethods } from './exposeMethods.ts';
import { hasRememberedSessions, openRememberedSessions } from './rememberedSessions.ts';
import { createTokenWorker } from './tokenWorker.ts';

/** Milliseconds. Longer than a busy machine delays a timer, and shorter than any sleep that matters. */
const heartbeatMs = 15_000;
const sleepMs = 60_000;

/** By a message, as timers wait for longer than one takes. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
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
