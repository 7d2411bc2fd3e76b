import {
  identityKey,
  isSameChannel,
  type ChannelIdentity,
  type ChannelRoute,
  type OutboundMessage,
} from './wireMessages.ts';

/** Most connections of one client to one channel at a time. Further ones are not passed on. */
const connectionLimit = 500;

type Client = { uuid: string; name: string; endpointId: string };

/** The channels that one page has created, with their clients, and its own connections to other channels. */
export class PageChannels {
  readonly #own = new Map<string, ChannelIdentity>();
  /** By channel id: the clients that are connected to this page's channel, each with its endpoint ids. */
  readonly #clients = new Map<string, Map<string, Set<string>>>();
  /** By endpoint id: this page's connections to the channels of others. */
  readonly #connections = new Map<string, ChannelRoute>();

  made(channel: ChannelIdentity): void {
    this.#own.set(channel.channelId, channel);
  }

  isOwn(channelId: string): boolean {
    return this.#own.has(channelId);
  }

  ownOfName(channelName: string | undefined): ChannelIdentity | undefined {
    return [...this.#own.values()].find((own) => own.channelName === channelName);
  }

  destroyed({ channelId }: ChannelIdentity): void {
    this.#own.delete(channelId);
    this.#clients.delete(channelId);
  }

  connected(endpointId: string, connection: ChannelRoute): void {
    this.#connections.set(endpointId, connection);
  }

  isConnection(endpointId: string): boolean {
    return this.#connections.has(endpointId);
  }

  /** Without an endpoint id the shared worker ends all connections to channels of that name. */
  disconnect({ channelName, endpointId }: { channelName: string; endpointId?: string | undefined }): void {
    if (endpointId !== undefined) this.#connections.delete(endpointId);
    else this.#forgetConnections((connection) => connection.channelName === channelName);
  }

  /** A channel of another page is gone. */
  channelGone(channelId: string | undefined): void {
    this.#forgetConnections((connection) => connection.channelId === channelId);
  }

  /** @returns false when this client has too many connections to the channel. */
  admit(channelId: string, client: Client): boolean {
    const ofChannel = this.#clients.get(channelId) ?? new Map<string, Set<string>>();
    const endpoints = ofChannel.get(identityKey(client)) ?? new Set<string>();
    if (endpoints.size >= connectionLimit) return false;
    this.#clients.set(channelId, ofChannel.set(identityKey(client), endpoints.add(client.endpointId)));
    return true;
  }

  dismiss({ channelId }: ChannelIdentity, endpointId: string): void {
    const ofChannel = this.#clients.get(channelId);
    for (const [client, endpoints] of ofChannel ?? [])
      if (endpoints.delete(endpointId) && endpoints.size === 0) ofChannel!.delete(client);
  }

  /**
   * A message to a provider names the channel by its id; one to a client does not, and names its own channel as sender.
   */
  mayRoute({
    uuid,
    name,
    channelId,
    endpointId,
    providerIdentity,
  }: Extract<OutboundMessage, { action: 'send-channel-message' }>['payload']): boolean {
    if (endpointId === undefined) return false;
    const receiver = identityKey({ uuid, name });
    if (channelId === undefined) {
      const own = this.#own.get(providerIdentity.channelId);
      return (
        own !== undefined &&
        isSameChannel(own, providerIdentity) &&
        this.#clients.get(own.channelId)?.get(receiver)?.has(endpointId) === true
      );
    }
    const connection = this.#connections.get(endpointId);
    return (
      connection !== undefined &&
      connection.channelId === channelId &&
      isSameChannel(connection, providerIdentity) &&
      identityKey(connection) === receiver
    );
  }

  #forgetConnections(isGone: (connection: ChannelRoute) => boolean): void {
    for (const [endpointId, connection] of this.#connections)
      if (isGone(connection)) this.#connections.delete(endpointId);
  }
}
