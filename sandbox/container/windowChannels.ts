import { ChannelBus, type ClientIdentity, type FakeChannelClient, type FakeChannelProvider } from './channelBus.ts';
import type { ContainerWindow } from './containerWindow.ts';

type End = { provider: FakeChannelProvider; client?: undefined } | { client: FakeChannelClient; provider?: undefined };

/** The Channel API of pages: each end that a page holds has its counterpart on the runtime's channel bus. */
export class WindowChannels {
  readonly #bus = new ChannelBus();
  readonly #ends = new Map<ContainerWindow, Map<string, End>>();

  async create(window: ContainerWindow, endId: string, channelName: string): Promise<unknown> {
    const provider = await this.#channel(window).create(channelName);
    provider.setDefaultAction((action, payload, identity) =>
      window.ask('channel.action', { endId, action, payload, identity }),
    );
    provider.onConnection((identity: ClientIdentity, payload) =>
      window.ask('channel.connection', { endId, identity, payload }),
    );
    provider.onDisconnection((identity: ClientIdentity) => window.tell('channel.disconnection', { endId, identity }));
    this.#keep(window, endId, { provider });
    return provider.providerIdentity;
  }

  all(): unknown {
    return this.#bus.all();
  }

  async connect(
    window: ContainerWindow,
    endId: string,
    channelName: string,
    options: { wait?: boolean; payload?: unknown },
  ): Promise<unknown> {
    const client = await this.#channel(window).connect(channelName, options);
    client.setDefaultAction((action, payload, identity) =>
      window.ask('channel.action', { endId, action, payload, identity }),
    );
    client.onDisconnection((identity) => window.tell('channel.disconnection', { endId, identity }));
    this.#keep(window, endId, { client });
    return client.providerIdentity;
  }

  dispatch(
    window: ContainerWindow,
    endId: string,
    action: string,
    payload: unknown,
    to: ClientIdentity | undefined,
  ): Promise<unknown> {
    const end = this.#ends.get(window)?.get(endId);
    if (end?.client) return end.client.dispatch(action, payload);
    if (end?.provider && to) return end.provider.dispatch(to, action, payload);
    throw new Error('This end of the channel is closed.');
  }

  clients(window: ContainerWindow, endId: string): Promise<unknown> | undefined {
    return this.#ends.get(window)?.get(endId)?.provider?.getAllClientInfo();
  }

  async close(window: ContainerWindow, endId: string): Promise<void> {
    const end = this.#ends.get(window)?.get(endId);
    this.#ends.get(window)?.delete(endId);
    await (end?.provider?.destroy() ?? end?.client?.disconnect());
  }

  /** The window's document is gone: the other ends are told. */
  async closeAll(window: ContainerWindow): Promise<void> {
    await Promise.all([...(this.#ends.get(window)?.keys() ?? [])].map((endId) => this.close(window, endId)));
  }

  #channel(window: ContainerWindow) {
    return this.#bus.runtime(window.identity, window.url).InterApplicationBus.Channel;
  }

  #keep(window: ContainerWindow, endId: string, end: End): void {
    const ends = this.#ends.get(window) ?? new Map<string, End>();
    this.#ends.set(window, ends.set(endId, end));
  }
}
