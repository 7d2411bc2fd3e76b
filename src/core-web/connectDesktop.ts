/** How an app page joins a HERE Core Web platform that runs Salesforce Interop. */
import { connect } from '@openfin/core-web';
import type OpenFin from '@openfin/core';
import { inTime } from '../time.ts';
import { desktopAgent } from './agent/desktopAgent.ts';
import { joinInteropBus } from './interopBus.ts';
import { requestTicket } from './platformTickets.ts';

export interface DesktopOptions {
  /** The platform's iframe-broker page. Its origin is the platform page's origin. */
  brokerUrl: string;
  /** The name under which the platform started its interop broker. */
  platformId: string;
  /** User channel to join at once. */
  userChannel?: string;
  /**
   * Milliseconds for one attempt; default 15 s. Without a limit core-web waits for ever if the broker page does not
   * answer.
   */
  timeoutMs?: number;
}

/**
 * An attempt without an answer is repeated: the broker page may have failed to load, or a message to it may be lost.
 */
const attempts = 3;

/**
 * Identity of this page, as HERE's shared worker knows it. core-web's type has no `name` outside the container,
 * although there is one.
 */
export function ownIdentity({ me: { identity } }: OpenFin.Fin<'external connection'>): { uuid: string; name: string } {
  const { uuid, name = uuid } = identity as { uuid: string; name?: string };
  return { uuid, name };
}

/**
 * Connects this page to the platform whose frame it is (or whose window opened it) and sets `window.fin` and
 * `window.fdc3` (FDC3 2.0, with intent results).
 *
 * @throws Error when the page is on its own, the platform does not know its origin, or nothing answers in time, three
 *   times.
 */
export async function connectDesktop({
  timeoutMs = 15_000,
  ...options
}: DesktopOptions): Promise<OpenFin.Fin<'external connection'>> {
  const platform: Window | null = window.parent === window ? (window.opener as Window | null) : window.parent;
  if (!platform) throw new Error('This page is not part of a desktop. Open it from the platform page.');
  for (let attempt = 1; ; attempt += 1) {
    const before = brokerFrames();
    const startedAt = performance.now();
    try {
      return await join({ ...options, timeoutMs }, platform);
    } catch (error) {
      for (const frame of brokerFrames()) if (!before.includes(frame)) frame.remove();
      // An error before the time limit is a refusal, which another attempt would not change.
      if (attempt === attempts || performance.now() - startedAt < timeoutMs) throw error;
    }
  }
}

/** The broker frames that core-web has put on this page, one for each connection (core-web 0.40.51). */
const brokerFrames = (): Element[] => [...document.querySelectorAll('iframe[name^="of-broker<"]')];

async function join(
  { brokerUrl, platformId, userChannel, timeoutMs }: DesktopOptions & { timeoutMs: number },
  platform: Window,
): Promise<OpenFin.Fin<'external connection'>> {
  const platformOrigin = new URL(brokerUrl).origin;
  const late = (): never => {
    throw new Error(`The platform did not answer within ${timeoutMs} ms.`);
  };
  const fin = await connect({ options: { brokerUrl, timeout: timeoutMs } });
  const ask = () => requestTicket(window, { platform, platformOrigin, client: ownIdentity(fin), timeoutMs });
  const [busTicket, ticket] = await Promise.all([ask(), ask()]);
  // Both connections are made at the same time: an app that an intent has started is waited for.
  const membership = { ticket, ...(userChannel === undefined ? {} : { currentContextGroup: userChannel }) };
  const interop = fin.Interop.connectSync(platformId, membership);
  const link = await inTime(joinInteropBus(fin, platformId, busTicket), timeoutMs, late);
  const fdc3 = desktopAgent(fin, interop, link);
  // The first answer proves that the broker admitted this page; a refusal rejects here and not in some later call.
  await inTime(fdc3.getInfo(), timeoutMs, late);
  const ofCoreWeb = interop.getFDC3Sync.bind(interop);
  // Whoever asks `fin` for the agent gets this one too; `getFDC3` calls this.
  interop.getFDC3Sync = ((version: '2.0') => (version === '2.0' ? fdc3 : ofCoreWeb(version))) as typeof ofCoreWeb;
  fin.me.interop = interop;
  Object.assign(window, { fin, fdc3 });
  // FDC3 2.2, "Preload Desktop Agents": tells pages that look for the agent before it is there.
  window.dispatchEvent(new Event('fdc3Ready'));
  return fin;
}
