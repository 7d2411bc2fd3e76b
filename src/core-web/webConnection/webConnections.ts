/**
 * Lets pages join that look for a desktop agent by the standard's `getAgent()`, and know nothing of HERE Core Web. The
 * browser vouches for each: it tells the origin of the page that asks, and hands the port to that origin only.
 *
 * @see https://fdc3.finos.org/docs/2.2/api/specs/webConnectionProtocol
 */
import { systemTimers } from '../../time.ts';
import type { AppRecord } from '../appDirectory.ts';
import { appOfUrl } from '../appIdentity.ts';
import type { AppInstance } from '../appInstances.ts';
import { answerApp } from './serveApp.ts';
import type { WebDesktop } from './answering.ts';
import { createAnswers, implementationMetadata } from './answers.ts';
import { AppPort } from './appPort.ts';
import { ConnectedWindows } from './connectedWindows.ts';
import { isGone, untilGone } from './signsOfLife.ts';
import { goodbye, hello, validateIdentity, type WcpAnswer } from './wcpMessages.ts';

/** For the platform's log. */
export interface RefusedPage {
  origin: string;
  reason: string;
}

interface WebConnectionsOptions extends WebDesktop {
  /** The platform page. */
  page: Window;
  directory: readonly AppRecord[];
  /** Told of every page that was refused, and of what an app has asked for in vain, for the platform team. */
  onRefused: (refused: RefusedPage) => void;
}

/** `getAgent()` gives up an identity that is not validated after five seconds (`@finos/fdc3` 2.2). */
const identityLimitMs = 10_000;
/** How long core-web may take to tell that a page has left its window, in which another one asks. */
const leaveLimitMs = 5_000;
/** Pages of one origin that have got a port and not said yet who they are. */
const unidentifiedOfOrigin = 20;
/**
 * How long an app waits for an intent or an app to start: no shorter than a person may take to choose. An agent's other
 * answers take no time.
 */
const appLaunchTimeout = 600_000;
const messageExchangeTimeout = 20_000;

interface Asking {
  window: MessageEventSource;
  origin: string;
  connectionAttemptUuid: string;
}

/** Answers pages that look for a desktop agent. @returns what ends that */
export function acceptWebConnections(options: WebConnectionsOptions): () => void {
  const { page, directory, instances, router, onRefused } = options;
  const answers = createAnswers(options);
  const windows = new ConnectedWindows();
  const unidentified = new Map<string, number>();
  /** What ends each connection. */
  const open = new Set<() => void>();
  function count(origin: string, by: 1 | -1): void {
    const now = (unidentified.get(origin) ?? 0) + by;
    if (now === 0) unidentified.delete(origin);
    else unidentified.set(origin, now);
  }

  /** Serves one port, from the page's identity to its leave. */
  function serve(channelPort: MessagePort, { window, origin, connectionAttemptUuid }: Asking): void {
    const port = new AppPort(channelPort);
    const meta = () => ({ connectionAttemptUuid, timestamp: new Date() });
    const report = (reason: string) => onRefused({ origin, reason });
    let instance: AppInstance | undefined;
    let stage: 'unidentified' | 'identifying' | 'joined' | 'ended' = 'unidentified';

    const callOff = systemTimers.after(identityLimitMs, end);
    count(origin, 1);
    open.add(end);
    function identifies(): void {
      if (stage !== 'unidentified') return;
      stage = 'identifying';
      callOff();
      count(origin, -1);
    }
    const over = new AbortController();
    function end(): void {
      if (stage === 'ended') return;
      identifies();
      stage = 'ended';
      over.abort();
      open.delete(end);
      windows.left(window, connection);
      if (instance) router.gone(instance);
      instance = undefined;
      port.close();
    }
    const connection = { end, isAlive: (limitMs: number) => port.isAlive(limitMs) };

    async function identify(message: unknown): Promise<void> {
      // What comes before the identity is ignored (FDC3 2.2, Web Connection Protocol, "Determine App Identity").
      if ((message as { type?: unknown } | null)?.type !== 'WCP4ValidateAppIdentity') return;
      identifies();
      const asked = validateIdentity.safeParse(message);
      const found = asked.success
        ? identityOf(asked.data.payload, origin, directory)
        : { reason: 'It tells no address.' };
      if ('reason' in found) {
        report(found.reason);
        port.say({ type: 'WCP5ValidateAppIdentityFailedResponse', meta: meta(), payload: { message: found.reason } });
        return end();
      }
      const { appId } = found.app;
      const ids = await windows.join({ window, origin, appId, connection }, asked.data?.payload.instanceUuid);
      if (stage !== 'identifying') return;
      stage = 'joined';
      instance = instances.add(found.app, port, { instanceId: ids.instanceId, window });
      const payload = { appId, ...ids, implementationMetadata: implementationMetadata(instance, options) };
      port.say({ type: 'WCP5ValidateAppIdentityResponse', meta: meta(), payload });
      void untilGone(window, port, over.signal).then(end);
    }

    channelPort.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isGone(window)) return end();
      if (stage === 'unidentified') return void identify(data);
      if (!instance) return;
      if (goodbye.safeParse(data).success) return end();
      void answerApp(data, { instance, port }, answers, report);
    });
    // HTML, "message ports": told when the other end's document has gone.
    channelPort.addEventListener('close', end);
    channelPort.start();
  }

  function receive({ data, source, origin }: MessageEvent<unknown>): void {
    const asked = hello.safeParse(data);
    if (!asked.success || !source || source === page) return;
    // A frame without an origin of its own cannot be told from others, and a port not handed to it alone.
    if (!URL.canParse(origin)) return onRefused({ origin, reason: 'It has no origin.' });
    windows.changedOrigin(source, origin);
    if ((unidentified.get(origin) ?? 0) >= unidentifiedOfOrigin)
      return onRefused({ origin, reason: 'Too many of its pages have not said who they are.' });
    const asking = { window: source, origin, connectionAttemptUuid: asked.data.meta.connectionAttemptUuid };
    // A page that has joined by core-web has its agent: `getAgent()` finds that, and asks here all the same.
    if (!instances.ofCoreWebIn(source)) return handOver(asking);
    void instances
      .until(() => (instances.ofCoreWebIn(source) ? undefined : true), leaveLimitMs)
      .then((left) => left && handOver(asking));
  }

  /** Hands a page the port on which it says who it is. */
  function handOver(asking: Asking): void {
    const { window: source, origin, connectionAttemptUuid } = asking;
    const { port1, port2 } = new MessageChannel();
    serve(port1, asking);
    source.postMessage(handshake(connectionAttemptUuid), { targetOrigin: origin, transfer: [port2] });
  }
  page.addEventListener('message', receive);
  return () => {
    page.removeEventListener('message', receive);
    for (const end of open) end();
  };
}

/** The platform lets the person choose itself; which channel an app is on is the app's. */
const handshake = (connectionAttemptUuid: string): WcpAnswer => ({
  type: 'WCP3Handshake',
  meta: { connectionAttemptUuid, timestamp: new Date() },
  payload: {
    fdc3Version: '2.2',
    intentResolverUrl: false,
    channelSelectorUrl: false,
    messageExchangeTimeout,
    appLaunchTimeout,
  },
});

/** The app whose page this is; or why it is none. */
function identityOf(
  { identityUrl, actualUrl }: { identityUrl: string; actualUrl: string },
  origin: string,
  directory: readonly AppRecord[],
): { app: AppRecord } | { reason: string } {
  if ([identityUrl, actualUrl].some((url) => new URL(url).origin !== origin))
    return { reason: 'It has told an address of another origin.' };
  const app = appOfUrl(directory, new URL(identityUrl));
  return app ? { app } : { reason: `${origin}${new URL(identityUrl).pathname} is not in the app directory.` };
}
