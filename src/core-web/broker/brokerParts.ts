import type OpenFin from '@openfin/core';
import { z } from '../../zod.ts';
import type { AppInstance } from '../appInstances.ts';
import { intentTarget, type IntentRoutingOptions } from '../intentRouting.ts';
import type { TicketIssuer } from '../platformTickets.ts';
import type { ContextChannels } from '../channels/contextChannels.ts';
import type { UserChannels } from '../channels/userChannels.ts';
import type { InteropBus } from '../interopBus.ts';

export type Broker = OpenFin.InteropBroker;
/**
 * The arguments are passed on unread: those of core-web are three stand-ins that log a warning when a member is read.
 */
export type BrokerConstructor = new (...args: unknown[]) => Broker;

/** For the platform's log. */
export interface HandlerRejected {
  intent: string;
  appId: string;
  instanceId: string;
  reason: string;
}

export interface InteropBrokerOptions extends IntentRoutingOptions {
  tickets: TicketIssuer;
  channels: ContextChannels;
  userChannels: UserChannels;
  /** Brings the result of an intent to the app that has raised it. */
  bus: Pick<InteropBus, 'publish' | 'reserve'>;
  /** Told why a handler has not done what it was asked for: the raiser learns no more than that. */
  onHandlerRejected: (rejected: HandlerRejected) => void;
}

export const intentMetadata = z.looseObject({
  target: intentTarget.optional(),
  intentResolutionResultId: z.string().optional(),
  resultType: z.string().optional(),
});

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
