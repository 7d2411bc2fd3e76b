/** How an app page joins a HERE Core Web platform that runs Salesforce Interop. */
import { connect } from '@openfin/core-web';
import type OpenFin from '@openfin/core';
import { joinInteropBus } from './interopBus.ts';
import { requestTicket } from './platformTickets.ts';

export interface DesktopOptions {
  /** The platform's iframe-broker page. Its origin is the platform page's origin. */
  brokerUrl: string;
  /** The name under which the platform started its interop broker. */
  platformId: string;
  /** User channel to join at once. */
  userChannel?: string;
  /** Default 15 s: without one, core-web waits for ever if the broker page does not answer. */
  timeoutMs?: number;
}

/** Who HERE's shared worker says that this page is. Its type knows no name for a page outside the container; it has one. */
export function ownIdentity({ me: { identity } }: OpenFin.Fin<'external connection'>): { uuid: string; name: string } {
  const { uuid, name = uuid } = identity as { uuid: string; name?: string };
  return { uuid, name };
}

/**
 * Connects this page to the platform whose frame it is (or whose window opened it) and sets `window.fin` and
 * `window.fdc3` (FDC3 2.0, with intent results).
 * @throws Error when the page is on its own, the platform does not know its origin, or nothing answers in time.
 */
export async function connectDesktop(options: DesktopOptions): Promise<OpenFin.Fin<'external connection'>> {
  const { brokerUrl, platformId, userChannel, timeoutMs = 15_000 } = options;
  const platform: Window | null = window.parent === window ? (window.opener as Window | null) : window.parent;
  if (!platform) throw new Error('This page is not part of a desktop. Open it from the platform page.');
  const platformOrigin = new URL(brokerUrl).origin;

  const fin = await connect({ options: { brokerUrl, timeout: timeoutMs } });
  const ask = () => requestTicket(window, { platform, platformOrigin, client: ownIdentity(fin), timeoutMs });
  await joinInteropBus(fin, platformId, await ask());
  const membership = { ticket: await ask(), ...(userChannel === undefined ? {} : { currentContextGroup: userChannel }) };
  fin.me.interop = fin.Interop.connectSync(platformId, membership);
  const fdc3 = fin.me.interop.getFDC3Sync('2.0');
  // The first answer proves that the broker admitted this page; a refusal rejects here and not in some later call.
  await fdc3.getInfo();
  Object.assign(window, { fin, fdc3 });
  return fin;
}
