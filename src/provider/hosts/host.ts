import type { DesktopAgent } from '@finos/fdc3';
import type { OpenFin } from '@openfin/core';
import type { Outcome } from '../../outcomes/failure.ts';
import type { WindowEvent } from '../../outcomes/outcomes.ts';
import type { Notice } from '../../channel/protocol.ts';
import type { CallerIdentity } from '../accessPolicy.ts';
import type { Redeemed, TicketClient } from '../../core-web/ticketDrawer.ts';

export interface SignInWindowRequest {
  signInId: string;
  url: string;
  /** None for a page of the provider's own, which is shown at once. */
  redirectUri: string | undefined;
  orgUrl: string;
  /** Origins besides the org's own that a sign-in may lead through. */
  identityProviders: readonly string[];
  /** False: the window must never become visible (`immediate=true`). */
  visible: boolean;
  width: number;
  height: number;
  /** Window options an app asked for; only the container honours them. */
  options: Record<string, unknown>;
}

export interface SignInWindow {
  /** Settles when the window ends the sign-in: the person closed it or pressed Cancel, or it may not go on. */
  ended: Promise<WindowEvent>;
  /** Origin and path of the page it last showed, where the host can see it. */
  lastPage?: () => string | undefined;
  /** Closes the window and everything that belongs to it. Never fails. */
  close(): Promise<void>;
}

export interface RecordViewWindow {
  /** Closes it, if it is still there. Never fails. */
  close(): Promise<void>;
}

/** Where the provider runs: the desktop container, HERE Core Web, or a server. */
export interface Host {
  channels: { create(name: string): Promise<OpenFin.ChannelProvider> };
  /** Where a client gets a ticket; undefined where the runtime vouches for callers. */
  ticketUrl: string | undefined;
  /** The origin a ticket was issued to, if this client was given it; a ticket is good once. */
  redeemTicket(ticket: string, client: TicketClient): Redeemed;
  /** Who a client of the channel is, where the runtime vouches for that; asked where there is no `ticketUrl`. */
  vouchFor(client: TicketClient): Promise<CallerIdentity>;
  /** True where a sign-in can be tried that no person sees. */
  canSignInSilently: boolean;
  /** True on a server, where no person sits: the worker signs in by itself and nothing is ever shown. */
  isUnattended?: boolean;
  /** Hands `onRedirect` the URL of the redirect where the host can see it. */
  openSignInWindow(request: SignInWindowRequest, onRedirect: (url: string) => void): Promise<Outcome<SignInWindow>>;
  openRecordView(
    view: { viewId: string; url: string; title: string },
    onClosed: () => void,
  ): Promise<Outcome<RecordViewWindow>>;
  /** Shows the person a notice, where the desktop has a place for it. */
  tellPerson?(notice: Notice): Promise<unknown>;
  /** Where intents arrive; absent where there is no desktop. */
  desktopAgent?(): Promise<DesktopAgent>;
}
