/** Starts the platform's half of a HERE Core Web desktop in the platform page. */
import { connect } from '@openfin/core-web';
import type OpenFin from '@openfin/core';
import { appOfOrigin, type AppRecord } from './appDirectory.ts';
import type { HandlerRejected } from './router/routerOptions.ts';
import { createDesktopRouter } from './router/desktopRouter.ts';
import { AppInstances, type AppInstance } from './appInstances.ts';
import { intentListenerGone } from './intentMessages.ts';
import { provideInteropBus } from './interopBus.ts';
import type { AppOpener, IntentRoutingOptions } from './intentRouting.ts';
import { interopBrokerOverride } from './interopBroker.ts';
import { startTicketIssuer, type TicketIssuerOptions } from './platformTickets.ts';
import { ContextChannels } from './channels/contextChannels.ts';
import { serveChannels } from './channels/serveChannels.ts';
import { UserChannels } from './channels/userChannels.ts';
import { acceptWebConnections, type RefusedPage } from './webConnection/webConnections.ts';
import { clientName, clientVersion } from '../client/version.ts';

export interface PlatformOptions {
  /** The iframe-broker page, on this page's own origin. */
  brokerUrl: string;
  platformId: string;
  /** Pages of these apps' origins may join, and no others. */
  directory: readonly AppRecord[];
  /** Starts an app, or shows it where it is there already; says which. */
  openApp: AppOpener;
  /**
   * Asks the person which of several apps or instances shall act: those that run come before the app as a new one.
   *
   * @returns null: they decided against all of them
   */
  choose: IntentRoutingOptions['choose'];
  /** Told of every client that was refused, for the platform team. */
  onRefused?: TicketIssuerOptions['onRefused'];
  /** Told of every page that has looked for a desktop agent and was refused, and what it has asked for in vain. */
  onPageRefused?: (refused: RefusedPage) => void;
  /**
   * Told why an app has not done what an intent asked it for, for the platform team: the app that has raised the intent
   * learns no more than `IntentHandlerRejected`.
   */
  onHandlerRejected?: (rejected: HandlerRejected) => void;
  timeoutMs?: number;
}

export interface Platform {
  fin: OpenFin.Fin<'external connection'>;
  /** Apps that are connected now. */
  instances: AppInstances;
  /** Removes the contexts that were shared on channels, when the person who shared them has left. */
  forgetContexts(): void;
}

/** FDC3 2.1: an agent allows an app at least 15 s after its launch to register listeners. */
const listenerTimeoutMs = 20_000;

/**
 * Connects this page and starts the bus, the ticket issuer and the interop broker. Apps may be loaded afterwards.
 * @throws Error when the broker page does not answer in time, or another tab runs the same desktop.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const {
    brokerUrl,
    platformId,
    directory,
    openApp,
    choose,
    onRefused,
    onPageRefused = () => undefined,
    onHandlerRejected = () => undefined,
    timeoutMs = 15_000,
  } = options;
  const fin = await connect({ options: { brokerUrl, timeout: timeoutMs } });
  const mayJoin = (origin: string) => appOfOrigin(directory, origin) !== undefined;
  const tickets = startTicketIssuer(window, { mayJoin, ...(onRefused && { onRefused }) });
  const instances = new AppInstances();
  const bus = await provideInteropBus(
    fin,
    platformId,
    (payload, client) => tickets.redeem(payload, client) !== undefined,
  ).catch(() => {
    // All tabs of the browser share core-web's worker, and a channel's name is given once.
    throw new Error(
      'This desktop is open in another tab or window of this browser already. Go on there, or close it and try again.',
    );
  });
  const userChannels = new UserChannels();
  const channels = new ContextChannels({ userChannels });
  const answer = (action: string, work: (payload: unknown, caller: AppInstance) => unknown): void =>
    bus.answer(action, (payload, client) => {
      const caller = instances.ofPage(client);
      if (!caller) throw new Error('This client has not joined the desktop agent.');
      return work(payload, caller);
    });
  serveChannels(channels, userChannels, answer);
  answer(intentListenerGone.action, (payload, { intents }) => {
    intents.delete(intentListenerGone.payload.parse(payload).intent);
    instances.notify();
  });
  const router = createDesktopRouter({
    directory,
    instances,
    channels,
    openApp,
    choose,
    onHandlerRejected,
    listenerTimeoutMs,
  });
  const override = interopBrokerOverride({
    directory,
    instances,
    router,
    tickets,
    channels,
    userChannels,
    bus,
    listenerTimeoutMs,
  });
  await fin.Interop.init(platformId, [override as unknown as OpenFin.ConstructorOverride<OpenFin.InteropBroker>]);
  acceptWebConnections({
    page: window,
    directory,
    instances,
    router,
    channels,
    userChannels,
    provider: { name: clientName, version: clientVersion },
    onRefused: onPageRefused,
  });
  return { fin, instances, forgetContexts: () => channels.forget() };
}
