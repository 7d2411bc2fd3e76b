import type OpenFin from '@openfin/core';
import type { AppInstance } from '../appInstances.ts';
import { withoutSource, withSource, type GivenContext } from '../context.ts';

/**
 * What core-web's broker keeps of its context groups, which are the user channels, and its app channels for those who
 * go by `fin`. Neither FDC3 nor core-web offers a way to read a group that one has not joined, or to empty one.
 */
interface BrokerMemory {
  contextGroupsById: Map<string, Map<string, GivenContext>>;
  lastContextMap: Map<string, string>;
  interopClients: Map<string, { contextGroupId?: string | undefined }>;
  sessionContextGroupMap: Map<string, { contextGroupMap?: Map<string, unknown>; lastContext?: unknown }>;
  setContextForGroup(payload: { context: OpenFin.Context }, id: string): void;
}

/** The user channels as any app may use them, joined or not. */
export class UserChannels {
  #broker: BrokerMemory | undefined;

  keptBy(broker: OpenFin.InteropBroker): void {
    this.#broker = broker as unknown as BrokerMemory;
  }

  has(id: string): boolean {
    return this.#broker?.contextGroupsById.has(id) ?? false;
  }

  /** The channel that an app has joined. */
  joinedBy({ identity: { endpointId } }: AppInstance): string | undefined {
    return this.#broker?.interopClients.get(endpointId)?.contextGroupId;
  }

  broadcast(id: string, context: GivenContext, from: AppInstance): void {
    this.#broker?.setContextForGroup({ context: withSource(context, from) }, id);
  }

  /** @param contextType null: whichever was broadcast last */
  current(id: string, contextType: string | null): GivenContext | undefined {
    const type = contextType ?? this.#broker?.lastContextMap.get(id);
    const context = type === undefined ? undefined : this.#broker?.contextGroupsById.get(id)?.get(type);
    return context && withoutSource(context);
  }

  forget(): void {
    for (const contexts of this.#broker?.contextGroupsById.values() ?? []) contexts.clear();
    this.#broker?.lastContextMap.clear();
    for (const channel of this.#broker?.sessionContextGroupMap.values() ?? []) {
      channel.contextGroupMap?.clear();
      channel.lastContext = undefined;
    }
  }
}
