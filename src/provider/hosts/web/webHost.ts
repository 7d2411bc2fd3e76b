import { z } from '../../../zod.ts';
import { deferred } from '../../../deferred.ts';
import { webAddress } from '../../../webAddress.ts';
import { connectDesktop, ownIdentity } from '../../../core-web/connectDesktop.ts';
import { parseSettings } from '../../configuration.ts';
import type { Host } from '../host.ts';
import { ownChannelNamed, type OwnChannel } from '../ownChannel.ts';
import { answerTicketRequests, frameOf } from './frameTickets.ts';
import type { PlatformPage } from './platformPage.ts';
import { createPlatformWindows } from './platformWindows.ts';
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
  const { opened, ...reports } = createPlatformWindows(platformPage);

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
    ...opened,

    desktopAgent: async () =>
      (await fin.me.interop.getFDC3('2.0')) as unknown as Awaited<ReturnType<NonNullable<Host['desktopAgent']>>>,
  };

  return { host, ...reports };
}
