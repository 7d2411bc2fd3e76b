import type OpenFin from '@openfin/core';
import type { AppRecord } from '../appDirectory.ts';
import type { AppInstance, AppInstances } from '../appInstances.ts';
import type { ContextChannels } from '../channels/contextChannels.ts';
import type { UserChannels } from '../channels/userChannels.ts';
import type { InteropBus } from '../interopBus.ts';
import type { TicketIssuer } from '../platformTickets.ts';
import type { DesktopRouter } from '../router/desktopRouter.ts';

export type Broker = OpenFin.InteropBroker;
/**
 * The arguments are passed on unread: those of core-web are three stand-ins that log a warning when a member is read.
 */
export type BrokerConstructor = new (...args: unknown[]) => Broker;

export interface InteropBrokerOptions {
  directory: readonly AppRecord[];
  instances: AppInstances;
  router: DesktopRouter;
  tickets: TicketIssuer;
  channels: ContextChannels;
  userChannels: UserChannels;
  /** Brings the result of an intent, and what is said on channels, to apps. */
  bus: Pick<InteropBus, 'publish' | 'reserve' | 'send'>;
  /** How long an app may take to get what it is opened with. */
  listenerTimeoutMs: number;
}

/**
 * The app that a client has proved by its ticket to belong to.
 *
 * @throws Error for a client that has presented none.
 */
export function callerOf(
  { instances }: Pick<InteropBrokerOptions, 'instances'>,
  identity: OpenFin.ClientIdentity,
): AppInstance {
  const instance = instances.of(identity);
  if (!instance) throw new Error('This client is not admitted to the platform.');
  return instance;
}
