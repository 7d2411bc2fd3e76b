import { z } from '../../../zod.ts';
import { deferred } from '../../../deferred.ts';
import { failure, success } from '../../../outcomes/failure.ts';
import { outcomeFailure, type WindowEvent } from '../../../outcomes/outcomes.ts';
import type { signInWindowEvent } from '../../../channel/protocol.ts';
import { webAddress } from '../../../webAddress.ts';
import { connectDesktop, ownIdentity } from '../../../core-web/connectDesktop.ts';
import { parseSettings } from '../../configuration.ts';
import type { Host } from '../host.ts';
import { ownChannelNamed, type OwnChannel } from '../ownChannel.ts';
import { answerTicketRequests, frameOf } from './frameTickets.ts';
import type { PlatformPage } from './platformPage.ts';
import { openSilentFrame } from './silentFrame.ts';
import { createTickets } from './tickets.ts';

/**
 * The `config.json` of the provider page: the provider's configuration, and what the page needs to join the desktop.
 */
const webHostSettings = z.object({ brokerUrl: webAddress, platformId: z.string().min(1), provider: z.unknown() });

/** @throws {ConfigurationError} naming every wrong path. */
export function readWebHostSettings(input: unknown): z.output<typeof webHostSettings> {
  return parseSettings(webHostSettings, input);
}

/**
 * HERE Core Web: the provider is a hidden frame without user activation, so the platform page opens sign-in windows and
 * record views for it and reports what the person did with them.
 *
 * @param relay where ticket pages leave the ports for lanes; undefined where there are none
 */
export async function createWebHost(
  settings: z.output<typeof webHostSettings>,
  platformPage: PlatformPage,
  relay: MessagePort | undefined,
) {
  const fin = await connectDesktop({ brokerUrl: settings.brokerUrl, platformId: settings.platformId });
  const identity = ownIdentity(fin);
  const ownChannel = deferred<OwnChannel>();
  const tickets = createTickets(ownChannel.promise, relay);
  answerTicketRequests(window, tickets);
  const signInWindows = new Map<string, (how: WindowEvent) => void>();
  const recordViews = new Map<string, () => void>();

  const host: Host = {
    channels: {
      async create(name) {
        const { Channel } = fin.InterApplicationBus;
        const channel = await Channel.create(name);
        ownChannel.resolve(await ownChannelNamed(Channel, name, identity));
        return channel;
      },
    },
    ticketUrl: new URL('/ticket.html', window.location.href).href,
    ticketFrame: () => frameOf(window),
    redeemTicket: tickets.redeem,
    // HERE's broker vouches for no client, so one without a ticket matches no configured app.
    vouchFor: async ({ uuid: clientUuid, name }) => ({ kind: 'runtime', uuid: clientUuid, name }),
    canSignInSilently: true,

    async openSignInWindow({ signInId, url, orgUrl, width, height, visible }) {
      if (!visible) return success(openSilentFrame(url));
      const ended = deferred<WindowEvent>();
      signInWindows.set(signInId, ended.resolve);
      const opened = await platformPage.send('platform.openSignInWindow', { signInId, url, orgUrl, width, height });
      if (!opened) {
        signInWindows.delete(signInId);
        return outcomeFailure({ stage: 'window', event: 'noPlatformPage' });
      }
      return success({
        ended: ended.promise,
        async close() {
          signInWindows.delete(signInId);
          await platformPage.send('platform.closeSignInWindow', { signInId });
        },
      });
    },

    async openRecordView(view, onClosed) {
      const { viewId } = view;
      recordViews.set(viewId, onClosed);
      const opened = await platformPage.send('platform.openRecordView', view);
      if (opened) {
        return success({
          bringToFront: () => platformPage.send('platform.openRecordView', view),
          async close() {
            recordViews.delete(viewId);
            await platformPage.send('platform.closeRecordView', { viewId });
          },
        });
      }
      recordViews.delete(viewId);
      return failure(
        'INTERACTION_REQUIRED',
        'Showing a record needs the platform page, and none is connected. Open it and try again.',
      );
    },

    tellPerson: (notice) => platformPage.send('platform.notice', notice),

    desktopAgent: async () =>
      (await fin.me.interop.getFDC3('2.0')) as unknown as Awaited<ReturnType<NonNullable<Host['desktopAgent']>>>,
  };

  return {
    host,
    signInWindow({ signInId, event }: z.output<typeof signInWindowEvent>): void {
      if (event === 'closed' || event === 'cancelled') signInWindows.get(signInId)?.(event);
    },
    recordViewClosed(viewId: string): void {
      recordViews.get(viewId)?.();
      recordViews.delete(viewId);
    },
  };
}
