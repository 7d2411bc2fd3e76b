import type { DesktopAgent } from '@finos/fdc3';
import type { OpenFin } from '@openfin/core';
import { z } from 'zod';
import { failure, success } from '../../../channel/failure.ts';
import type { Host } from '../host.ts';
import { openSignInWindow } from './signInWindow.ts';

export type ContainerFin = OpenFin.Fin<'window' | 'view'>;

const manifest = z.looseObject({ customSettings: z.looseObject({ salesforceInterop: z.unknown() }).optional() });

/**
 * The provider's part of the manifest that launched it: `customSettings.salesforceInterop`.
 *
 * @returns undefined when the manifest holds none.
 */
export async function manifestConfiguration(fin: ContainerFin): Promise<unknown> {
  const parsed = manifest.safeParse(await fin.Application.getCurrentSync().getManifest());
  return parsed.success ? parsed.data.customSettings?.['salesforceInterop'] : undefined;
}

/** The OpenFin desktop container: the runtime vouches for callers, and the provider opens windows itself. */
export function createContainerHost(fin: ContainerFin, showSignInWindowAfterMs: number): Host {
  return {
    channels: fin.InterApplicationBus.Channel,
    ticketUrl: undefined,
    redeemTicket: () => undefined,
    canSignInSilently: true,

    async openSignInWindow(request, onRedirect) {
      try {
        return success(await openSignInWindow(fin, request, onRedirect, showSignInWindowAfterMs));
      } catch {
        return failure('INTERNAL', 'The sign-in window could not be opened.');
      }
    },

    async openRecordView({ viewId, url, title }, onClosed) {
      try {
        const window = await fin.Window.create({
          name: `salesforce-record-${viewId}`, url, autoShow: true, waitForPageLoad: true, defaultCentered: true,
          defaultWidth: 900, defaultHeight: 720, saveWindowState: false, includeInSnapshots: false, customData: { title },
        });
        await window.addListener('closed', onClosed);
        return success(undefined);
      } catch {
        return failure('INTERNAL', 'The record view could not be opened.');
      }
    },

    async desktopAgent() {
      const agent = (globalThis as { fdc3?: DesktopAgent }).fdc3;
      return agent ?? ((await fin.me.interop.getFDC3('2.0')) as unknown as DesktopAgent);
    },
  };
}
