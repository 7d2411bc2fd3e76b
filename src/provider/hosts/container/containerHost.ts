import type { DesktopAgent } from '@finos/fdc3';
import { z } from '../../../zod.ts';
import { deferred } from '../../../deferred.ts';
import { failure, success } from '../../../outcomes/failure.ts';
import { outcomeFailure } from '../../../outcomes/outcomes.ts';
import type { UserChannels } from '../../../core-web/channels/userChannels.ts';
import type { Host } from '../host.ts';
import { ownChannelNamed, type OwnChannel } from '../ownChannel.ts';
import { createTickets } from '../web/tickets.ts';
import type { ContainerFin } from './containerFin.ts';
import { closeLeftWindows, openSignInWindow } from './signInWindow.ts';
import { vouchFor } from './vouchFor.ts';

const manifest = z.looseObject({
  platform: z.looseObject({ uuid: z.string() }).optional(),
  customSettings: z.looseObject({ salesforceInterop: z.unknown() }).optional(),
});

/**
 * Reads from the manifest that launched the provider its configuration (`customSettings.salesforceInterop`), and
 * whether this page is the provider of a platform, which then has to be started.
 */
export async function readManifest(fin: ContainerFin): Promise<{ configuration: unknown; isPlatform: boolean }> {
  const { platform, customSettings } = manifest.parse(await fin.Application.getCurrentSync().getManifest());
  return { configuration: customSettings?.['salesforceInterop'], isPlatform: platform?.uuid === fin.me.identity.uuid };
}

/** What the container host needs for lanes. */
export interface ContainerLanes {
  /** Where ticket pages leave the ports. */
  relay: MessagePort;
  /** Whether the browser lets pages of these origins meet. */
  isSameSite: (one: string, other: string) => boolean;
  /** Told why there are none after all. */
  onUnavailable: (cause: unknown) => void;
}

/**
 * The OpenFin desktop container: the runtime vouches for callers, and the provider opens windows itself.
 *
 * @param lanes undefined where there are none
 * @param userChannels those of the platform that the provider is; of another platform it cannot forget anything
 */
export function createContainerHost(
  fin: ContainerFin,
  showSignInWindowAfterMs: number,
  lanes: ContainerLanes | undefined,
  userChannels?: Pick<UserChannels, 'forget'>,
): Host {
  const leftClosed = closeLeftWindows(fin).catch(() => undefined);
  const ownChannel = deferred<OwnChannel>();
  const tickets = lanes && createTickets(ownChannel.promise, lanes.relay);
  let hasLanes = lanes !== undefined;
  return {
    channels: {
      async create(name) {
        const { Channel } = fin.InterApplicationBus;
        const channel = await Channel.create(name);
        // Nobody waits for its id: without it there are no tickets, and so no lanes, and the channel does the same.
        if (lanes)
          ownChannelNamed(Channel, name, fin.me.identity).then(ownChannel.resolve, (cause: unknown) => {
            hasLanes = false;
            lanes.onUnavailable(cause);
          });
        return channel;
      },
    },
    ticketUrl: undefined,
    laneTicketUrl(caller) {
      const { origin, href } = window.location;
      const mayMeet = 'origin' in caller && caller.origin && lanes?.isSameSite(caller.origin, origin);
      return hasLanes && mayMeet ? new URL('/ticket.html', href).href : undefined;
    },
    redeemTicket: (ticket, client) => tickets?.redeem(ticket, client) ?? { refused: 'unknown' },
    vouchFor: (client) => vouchFor(fin, client),
    canSignInSilently: true,

    async openSignInWindow(request, onRedirect) {
      await leftClosed;
      try {
        return success(await openSignInWindow(fin, request, onRedirect, showSignInWindowAfterMs));
      } catch {
        return outcomeFailure({ stage: 'window', event: 'couldNotOpen' });
      }
    },

    async openRecordView({ viewId, url, title }, onClosed) {
      try {
        const window = await fin.Window.create({
          name: `salesforce-record-${viewId}`,
          url,
          autoShow: true,
          waitForPageLoad: true,
          defaultCentered: true,
          defaultWidth: 900,
          defaultHeight: 720,
          saveWindowState: false,
          includeInSnapshots: false,
          customData: { title },
        });
        await window.addListener('closed', onClosed);
        return success({
          bringToFront: () =>
            window
              .show(true)
              .then(() => window.bringToFront())
              .then(
                () => true,
                () => false,
              ),
          close: () => window.close(true).catch(() => undefined),
        });
      } catch {
        return failure('INTERNAL', 'The record view could not be opened.');
      }
    },

    forgetContexts: () => userChannels?.forget(),

    async desktopAgent() {
      const agent = (globalThis as { fdc3?: DesktopAgent }).fdc3;
      return agent ?? ((await fin.me.interop.getFDC3('2.0')) as unknown as DesktopAgent);
    },
  };
}
