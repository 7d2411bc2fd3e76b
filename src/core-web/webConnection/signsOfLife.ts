import { deferred } from '../../deferred.ts';
import { delay } from '../../time.ts';
import type { AppPort } from './appPort.ts';

/** How often the platform looks whether an app's window is there, and asks whether its page is. */
const lookMs = 5_000;
/** So long a page may be held up: by a debugger, or by a browser that puts windows to sleep which nobody looks at. */
const answersWithinMs = 120_000;

/** Whether a window was closed, or its frame taken away. */
export const isGone = (window: MessageEventSource): boolean => 'closed' in window && window.closed;

/**
 * Settles once an app's page has gone, or the connection is over. A page that crashes, or whose frame is taken away or
 * led elsewhere, says no goodbye, and not every Chromium tells a port that its other end has gone, as HTML has it.
 * Whatever has the port then is not the app.
 *
 * @see https://fdc3.finos.org/docs/2.2/api/specs/desktopAgentCommunicationProtocol `heartbeatEvent`
 */
export async function untilGone(window: MessageEventSource, port: AppPort, over: AbortSignal): Promise<void> {
  const silent = deferred<void>();
  async function look(): Promise<void> {
    for (;;) {
      await delay(lookMs, over);
      if (over.aborted || isGone(window)) return;
      void port.isAlive(answersWithinMs).then((isAlive) => isAlive || silent.resolve());
    }
  }
  await Promise.race([look(), silent.promise]);
}
