import type OpenFin from '@openfin/core';

/**
 * What core-web's broker keeps of the contexts that were shared on channels. Neither FDC3 nor core-web has a way to
 * take one back.
 */
interface BrokerMemory {
  contextGroupsById: Map<string, Map<string, unknown>>;
  lastContextMap: Map<string, unknown>;
  /** App channels, each with a broker of its own. */
  sessionContextGroupMap: Map<string, { contextGroupMap?: Map<string, unknown>; lastContext?: unknown }>;
}

/** The contexts last shared on each channel, which an app that joins later is given. */
export class SharedContexts {
  #broker: BrokerMemory | undefined;

  keptBy(broker: OpenFin.InteropBroker): void {
    this.#broker = broker as unknown as BrokerMemory;
  }

  /** Forgets them: whoever shared them has left. */
  forget(): void {
    for (const contexts of this.#broker?.contextGroupsById.values() ?? []) contexts.clear();
    this.#broker?.lastContextMap.clear();
    for (const channel of this.#broker?.sessionContextGroupMap.values() ?? []) {
      channel.contextGroupMap?.clear();
      channel.lastContext = undefined;
    }
  }
}
