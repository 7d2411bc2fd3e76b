/**
 * `fin.InterApplicationBus.publish/subscribe/unsubscribe` over a Channel. HERE Core Web has no such bus, and the
 * results of FDC3 intents travel on it (`fdc3.raiseIntent(…).getResult()`): without it they never arrive. A message
 * goes only to those who subscribed to its exact topic; the topic of an intent result is a random id, on which the
 * platform alone publishes. The same Channel carries what apps ask the platform besides, such as FDC3 channels.
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

export interface InteropBus {
  /** Publishes in the platform's own name. */
  publish(topic: string, message: unknown): void;
  /** From now on nobody else may publish on a topic. @returns what ends that */
  reserve(topic: string): () => void;
  /** Registers what answers an action of an admitted client. */
  answer(action: string, work: (payload: unknown, client: OpenFin.ClientIdentity) => unknown): void;
  /** Sends a client a message; nothing happens if it has gone. */
  send(client: { uuid: string; name: string }, action: string, message: object): void;
}

/**
 * The platform's end: records who subscribed to which topic, and passes messages on.
 *
 * @param admits decides by its connection payload and its identity whether a client may join.
 */
export async function provideInteropBus(
  fin: Fin,
  platformId: string,
  admits: (payload: unknown, client: OpenFin.Identity) => boolean,
): Promise<InteropBus> {
  const channel = await fin.InterApplicationBus.Channel.create(busChannelName(platformId));
  const clients = new Map<string, { identity: OpenFin.ClientIdentity; topics: Set<string> }>();
  const reserved = new Set<string>();

  // core-web keeps a refused client on the channel's list of connections, so every action looks the client up among
  // those that were admitted.
  const admitted = (identity: OpenFin.Identity & { endpointId?: string }) => {
    const found = clients.get(identity.endpointId ?? '');
    // Compares the client too, as an endpoint id alone may be known to other clients.
    if (!found || found.identity.uuid !== identity.uuid || found.identity.name !== identity.name)
      throw new Error('This client is not admitted to the bus.');
    return found;
  };
  channel.onConnection((identity: OpenFin.ClientIdentity, payload: unknown) => {
    if (!admits(payload, identity)) throw new Error('A ticket from the platform page is needed to join the bus.');
    clients.set(identity.endpointId, { identity, topics: new Set() });
  });
  channel.onDisconnection((identity: OpenFin.ClientIdentity) => {
    clients.delete(identity.endpointId);
  });

  // A client that is just going away must not fail whoever sends to it.
  const sendTo = (identity: OpenFin.ClientIdentity, action: string, message: object) =>
    void Promise.resolve(channel.dispatch(identity, action, message)).catch(() => undefined);
  function publish(topic: string, message: unknown, sender: { uuid: string; name: string }): void {
    for (const { identity, topics } of clients.values())
      if (topics.has(topic)) sendTo(identity, 'message', { topic, message, sender });
  }
  const answer: InteropBus['answer'] = (action, work) =>
    void channel.register(action, (payload: unknown, identity) => work(payload, admitted(identity).identity));

  answer('subscribe', (payload, identity) => {
    const { topic } = topicRequest.parse(payload);
    const { topics } = admitted(identity);
    claimShare(topics, topic, 'subscriptions');
    topics.add(topic);
  });
  answer('unsubscribe', (payload, identity) => {
    admitted(identity).topics.delete(topicRequest.parse(payload).topic);
  });
  answer('publish', (payload, { uuid, name }) => {
    const { topic, message } = publishRequest.parse(payload);
    if (reserved.has(topic)) throw new Error('Only the platform publishes on this topic.');
    publish(topic, message, { uuid, name });
  });
  const { uuid } = fin.me.identity;
  return {
    publish: (topic, message) => publish(topic, message, { uuid, name: uuid }),
    reserve(topic) {
      reserved.add(topic);
      return () => reserved.delete(topic);
    },
    answer,
    send(client, action, message) {
      const newest = [...clients.values()].findLast(
        ({ identity }) => identity.uuid === client.uuid && identity.name === client.name,
      );
      if (newest) sendTo(newest.identity, action, message);
    },
  };
}

/** An app's end of the Channel, for what is not the bus. */
export interface PlatformLink {
  ask(action: string, payload: object): Promise<unknown>;
  on(action: string, listener: (message: unknown) => void): void;
}

/**
 * An app's end: gives this page's `fin` the bus. Listeners get `(message, sender)`, as in the desktop container.
 * The source of a subscription is always `{ uuid: '*' }`: core-web's ids do not name apps.
 */
export async function joinInteropBus(fin: Fin, platformId: string, ticket: string): Promise<PlatformLink> {
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
  return {
    ask: (action, payload) => channel.dispatch(action, payload),
    on: (action, listener) => void channel.register(action, listener),
  };
}
