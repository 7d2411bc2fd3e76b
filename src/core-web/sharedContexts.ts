import type OpenFin from '@openfin/core';

/**
 * Where core-web's broker keeps the contexts that were shared on channels. Neither FDC3 nor core-web offers a way to
 * remove one.
 */
interface BrokerMemory {
  contextGroupsById: Map<string, Map<string, unknown>>;
  lastContextMap: Map<string, unknown>;
  /** App channels, each with a broker object of its own. */
  sessionContextGroupMap: Map<string, { contextGroupMap?: Map<string, unknown>; lastContext?: unknown }>;
}

/** The contexts last shared on each channel, which the broker delivers to an app that joins later. */
export class SharedContexts {
  #broker: BrokerMemory | undefined;

  keptBy(broker: OpenFin.InteropBroker): void {
    this.#broker = broker as unknown as BrokerMemory;
  }

  /** Removes all shared contexts, when the person who shared them has left. */
  forget(): void {
    for (const contexts of this.#broker?.contextGroupsById.values() ?? []) contexts.clear();
    this.#broker?.lastContextMap.clear();
    for (const channel of this.#broker?.sessionContextGroupMap.values() ?? []) {
      channel.contextGroupMap?.clear();
      channel.lastContext = undefined;
    }
  }
}
