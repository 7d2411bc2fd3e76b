import type OpenFin from '@openfin/core';
import { z } from '../../zod.ts';
import type { AppInstance } from '../appInstances.ts';
import { intentTarget, type IntentRoutingOptions } from '../intentRouting.ts';
import type { TicketIssuer } from '../platformTickets.ts';
import type { SharedContexts } from '../sharedContexts.ts';

export type Broker = OpenFin.InteropBroker;
/**
 * The arguments are passed on unread: those of core-web are three stand-ins that log a warning when a member is read.
 */
export type BrokerConstructor = new (...args: unknown[]) => Broker;

export interface InteropBrokerOptions extends IntentRoutingOptions {
  tickets: TicketIssuer;
  contexts: SharedContexts;
  /** Publishes an intent's outcome when its handler cannot do so itself. */
  publish: (topic: string, message: unknown) => void;
}

export const contextSchema = z.looseObject({ type: z.string().min(1) });
export type GivenContext = z.infer<typeof contextSchema>;

export const intentMetadata = z.looseObject({
  target: intentTarget.optional(),
  intentResolutionResultId: z.string().optional(),
  resultType: z.string().optional(),
});

/** @throws Error with the given message, which is the FDC3 error string for this case. */
export function parseOr<T>(schema: z.ZodType<T>, value: unknown, message: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(message);
  return parsed.data;
}

/** Apps leave an FDC3 context out as undefined or as null. */
export function contextOrNone(context: unknown): GivenContext | undefined {
  return context === undefined || context === null ? undefined : parseOr(contextSchema, context, 'MalformedContext');
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

/** core-web's own client hands `contextMetadata` to FDC3 2.0 listeners as their second argument. */
export const withSource = (context: GivenContext, { app, instanceId }: AppInstance) =>
  ({ ...context, contextMetadata: { source: { appId: app.appId, instanceId } } }) as OpenFin.Context;
