import type OpenFin from '@openfin/core';
import type { AppInstance } from '../appInstances.ts';
import { withoutSource, withSource, type GivenContext } from '../context.ts';

/**
 * What core-web's broker keeps of its context groups, which are the user channels, and its app channels for those who
 * go by `fin`. Neither FDC3 nor core-web offers a way to read a group that one has not joined, or to empty one.
 */
interface BrokerMemory {
  getContextGroups(): OpenFin.ContextGroupInfo[];
  contextGroupsById: Map<string, Map<string, GivenContext>>;
  lastContextMap: Map<string, string>;
  interopClients: Map<string, { contextGroupId?: string | undefined }>;
  sessionContextGroupMap: Map<string, { contextGroupMap?: Map<string, unknown>; lastContext?: unknown }>;
  setContextForGroup(payload: { context: OpenFin.Context }, id: string): void;
  addClientToContextGroup(payload: { contextGroupId: string }, client: OpenFin.ClientIdentity): Promise<void>;
}

/**
 * The user channels as any app may use them, joined or not. Their contexts are in core-web's broker, and so is which
 * channel an app of core-web has joined.
 */
export class UserChannels {
  #broker: BrokerMemory | undefined;
  /** Channel by app, for those that have not joined the desktop by core-web. */
  readonly #joined = new Map<AppInstance, string>();

  keptBy(broker: OpenFin.InteropBroker): void {
    this.#broker = broker as unknown as BrokerMemory;
  }

  has(id: string): boolean {
    return this.#broker?.contextGroupsById.has(id) ?? false;
  }

  all(): { id: string; displayMetadata?: OpenFin.ContextGroupInfo['displayMetadata'] }[] {
    return (
      this.#broker
        ?.getContextGroups()
        .map(({ id, displayMetadata }) => ({ id, ...(displayMetadata && { displayMetadata }) })) ?? []
    );
  }

  /** The channel that an app has joined. */
  joinedBy(instance: AppInstance): string | undefined {
    return instance.identity === undefined
      ? this.#joined.get(instance)
      : this.#broker?.interopClients.get(instance.identity.endpointId)?.contextGroupId;
  }

  /** @throws Error `NoChannelFound` (FDC3 2.2, `ChannelError`) */
  join(id: string, instance: AppInstance): void {
    if (!this.has(id)) throw new Error('NoChannelFound');
    this.#joined.set(instance, id);
  }

  /** Has an app join a channel that it has not asked for. */
  async move(instance: AppInstance, id: string): Promise<void> {
    if (instance.identity === undefined) return this.join(id, instance);
    await this.#broker?.addClientToContextGroup({ contextGroupId: id }, instance.identity);
  }

  leave(instance: AppInstance): void {
    this.#joined.delete(instance);
  }

  /** Apps that have joined the channel, besides those that core-web's broker tells itself. */
  followedBy(id: string): AppInstance[] {
    return [...this.#joined].filter(([, joined]) => joined === id).map(([instance]) => instance);
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
