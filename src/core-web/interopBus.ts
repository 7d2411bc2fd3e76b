/**
 * `fin.InterApplicationBus.publish/subscribe/unsubscribe` over a Channel. HERE Core Web has no such bus, and the
 * results of FDC3 intents travel on it (`fdc3.raiseIntent(…).getResult()`): without it they never arrive. A message
 * goes only to those who subscribed to its exact topic; the topic of an intent result is a random id.
 */
import type OpenFin from '@openfin/core';
import { z } from '../zod.ts';
import { claimShare } from './clientShare.ts';

type Fin = OpenFin.Fin<'external connection'>;
type Listener = (message: unknown, sender: { uuid: string; name: string }) => void;

const topicRequest = z.object({ topic: z.string().min(1).max(300) });
const publishRequest = topicRequest.extend({ message: z.unknown().optional() });
const delivery = publishRequest.extend({ sender: z.object({ uuid: z.string(), name: z.string() }) });

/** Name of the Channel that carries the bus of a platform. */
export const busChannelName = (platformId: string) => `${platformId}-inter-application-bus`;

/**
 * The platform's end: records who subscribed to which topic, and passes messages on.
 *
 * @param admits decides by its connection payload and its identity whether a client may join.
 * @returns a function that publishes a message in the platform's own name.
 */
export async function provideInteropBus(
  fin: Fin,
  platformId: string,
  admits: (payload: unknown, client: OpenFin.Identity) => boolean,
) {
  const channel = await fin.InterApplicationBus.Channel.create(busChannelName(platformId));
  const topicsOf = new Map<string, { identity: OpenFin.ClientIdentity; topics: Set<string> }>();

  // core-web keeps a refused client on the channel's list of connections, so every action looks the client up among
  // those that were admitted.
  const client = (identity: OpenFin.Identity & { endpointId?: string }) => {
    const found = topicsOf.get(identity.endpointId ?? '');
    // Compares the client too, as an endpoint id alone may be known to other clients.
    if (!found || found.identity.uuid !== identity.uuid || found.identity.name !== identity.name)
      throw new Error('This client is not admitted to the bus.');
    return found;
  };
  channel.onConnection((identity: OpenFin.ClientIdentity, payload: unknown) => {
    if (!admits(payload, identity)) throw new Error('A ticket from the platform page is needed to join the bus.');
    topicsOf.set(identity.endpointId, { identity, topics: new Set() });
  });
  channel.onDisconnection((identity: OpenFin.ClientIdentity) => {
    topicsOf.delete(identity.endpointId);
  });

  function send(topic: string, message: unknown, sender: { uuid: string; name: string }): void {
    for (const { identity, topics } of topicsOf.values()) {
      if (!topics.has(topic)) continue;
      // A subscriber that is just going away must not fail the publisher.
      Promise.resolve(channel.dispatch(identity, 'message', { topic, message, sender })).catch(() => undefined);
    }
  }
  channel.register('subscribe', (payload: unknown, identity) => {
    const { topic } = topicRequest.parse(payload);
    const { topics } = client(identity);
    claimShare(topics, topic, 'subscriptions');
    topics.add(topic);
  });
  channel.register('unsubscribe', (payload: unknown, identity) => {
    client(identity).topics.delete(topicRequest.parse(payload).topic);
  });
  channel.register('publish', (payload: unknown, identity) => {
    client(identity);
    const { topic, message } = publishRequest.parse(payload);
    send(topic, message, { uuid: identity.uuid, name: identity.name });
  });
  const { uuid } = fin.me.identity;
  return (topic: string, message: unknown) => send(topic, message, { uuid, name: uuid });
}

/**
 * An app's end: gives this page's `fin` the bus. Listeners get `(message, sender)`, as in the desktop container.
 * The source of a subscription is always `{ uuid: '*' }`: core-web's ids do not name apps.
 */
export async function joinInteropBus(fin: Fin, platformId: string, ticket: string): Promise<void> {
  const channel = await fin.InterApplicationBus.Channel.connect(busChannelName(platformId), { payload: { ticket } });
  const listeners = new Map<string, Set<Listener>>();
  channel.register('message', (payload: unknown) => {
    const { topic, message, sender } = delivery.parse(payload);
    for (const listener of listeners.get(topic) ?? []) listener(message, sender);
  });

  Object.assign(fin.InterApplicationBus, {
    async publish(topic: string, message: unknown): Promise<void> {
      await channel.dispatch('publish', { topic, message: message ?? null });
    },
    async subscribe(_source: unknown, topic: string, listener: Listener): Promise<void> {
      const known = listeners.get(topic);
      if (known) known.add(listener);
      else listeners.set(topic, new Set([listener]));
      if (!known) await channel.dispatch('subscribe', { topic });
    },
    async unsubscribe(_source: unknown, topic: string, listener: Listener): Promise<void> {
      const known = listeners.get(topic);
      known?.delete(listener);
      if (known?.size === 0) {
        listeners.delete(topic);
        await channel.dispatch('unsubscribe', { topic });
      }
    },
  });
}
