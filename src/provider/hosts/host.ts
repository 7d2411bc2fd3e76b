import type { DesktopAgent } from '@finos/fdc3';
import type { OpenFin } from '@openfin/core';
import type { Outcome } from '../../outcomes/failure.ts';
import type { WindowEvent } from '../../outcomes/outcomes.ts';
import type { Notice } from '../../channel/protocol.ts';
import type { CallerIdentity } from '../accessPolicy.ts';
import type { Redeemed, TicketClient } from '../../core-web/ticketStore.ts';

export interface SignInWindowRequest {
  signInId: string;
  url: string;
  /** Undefined for a page of the provider's own, which is shown at once. */
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
  /** Shows it to the person once more. @returns whether it is still there */
  bringToFront(): Promise<boolean>;
  /** Closes it, if it is still there. Never fails. */
  close(): Promise<void>;
}

/**
 * What redeeming a ticket has come to. `lane`: the port that came with the ticket, for the requests of the client that
 * has redeemed it; it may still be on its way, or never come.
 */
export type RedeemedTicket =
  | { origin: string; refused?: undefined; lane?: Promise<MessagePort> | undefined }
  | Exclude<Redeemed, { refused?: undefined }>;

/** The part of an OpenFin channel that the provider uses. */
export type ProvidedChannel = Pick<OpenFin.ChannelProvider, 'register' | 'dispatch' | 'onDisconnection' | 'destroy'>;

/** Where the provider runs: the desktop container, HERE Core Web, an FDC3 desktop agent of others, or a server. */
export interface Host {
  channels: { create(name: string): Promise<ProvidedChannel> };
  /** Address of the ticket page; undefined where the runtime vouches for callers. */
  ticketUrl: string | undefined;
  /** Which frame of the desktop's page the provider's page is now, where apps can ask that for tickets. */
  ticketFrame?(): number | undefined;
  /**
   * Address of the ticket page for a caller that the runtime has vouched for: a ticket gets it a lane, and nothing
   * else. Undefined where it could have none.
   */
  laneTicketUrl?(caller: CallerIdentity): string | undefined;
  /** The origin that a ticket was issued to, if it was issued to this client. A ticket can be redeemed once. */
  redeemTicket(ticket: string, client: TicketClient): RedeemedTicket;
  /** Identity of a client of the channel, where runtime or browser vouches for it: asked without a `ticketUrl`. */
  vouchFor(client: TicketClient): Promise<CallerIdentity>;
  /** Whether a sign-in can be tried without showing anything. */
  canSignInSilently: boolean;
  /** True on a server, where there is no person: the worker signs in by itself and nothing is ever shown. */
  isUnattended?: boolean;
  /** Opens the sign-in window. Calls `onRedirect` with the URL of the redirect where the host can see it. */
  openSignInWindow(request: SignInWindowRequest, onRedirect: (url: string) => void): Promise<Outcome<SignInWindow>>;
  openRecordView(
    view: { viewId: string; url: string; title: string },
    onClosed: () => void,
  ): Promise<Outcome<RecordViewWindow>>;
  /** Shows the person a notice, where the desktop has a place for it. */
  tellPerson?(notice: Notice): Promise<unknown>;
  /**
   * Removes what was shared on the user channels of the desktop, for the next person; absent where the platform page
   * does that.
   */
  forgetContexts?(): void;
  /** Where intents arrive; absent where there is no desktop. */
  desktopAgent?(): Promise<DesktopAgent>;
  /** What the desktop agent says of itself, where it is of another maker. */
  describeAgent?(): Promise<{ name: string; namesSource: boolean }>;
  /**
   * True where an app that has raised an intent never hears that its handler has rejected: it is answered without a
   * result then.
   */
  losesRejections?: boolean;
}
