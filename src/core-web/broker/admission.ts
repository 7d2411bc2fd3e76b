import type OpenFin from '@openfin/core';
import { z } from '../../zod.ts';
import { appOfOrigin } from '../appDirectory.ts';
import { claimShare } from '../clientShare.ts';
import { callerOf, type BrokerConstructor, type InteropBrokerOptions } from './brokerParts.ts';
import { coreWebEnd } from './coreWebEnd.ts';

/**
 * With this core-web's broker makes a channel in the platform page's own name, called whatever a client says. Private
 * channels are kept by `contextChannels.ts`, so that nobody needs it.
 */
const coreWebsPrivateChannel = 'createPrivateChannelProvider';

/** Admits clients that present a ticket, and keeps what each of them listens for. */
export function withAdmission(Base: BrokerConstructor, options: InteropBrokerOptions) {
  const { directory, instances, tickets, router } = options;

  return class extends Base {
    override isConnectionAuthorized(identity: OpenFin.ClientIdentity, payload: unknown): boolean {
      const origin = tickets.redeem(payload, identity);
      const app = origin === undefined ? undefined : appOfOrigin(directory, origin);
      if (app) {
        const window = tickets.windowOf(identity);
        instances.add(app, coreWebEnd(this, identity, options), { identity, window });
      }
      return app !== undefined;
    }

    override isActionAuthorized(action: string, _payload: unknown, identity: OpenFin.ClientIdentity): boolean {
      return instances.of(identity) !== undefined && action !== coreWebsPrivateChannel;
    }

    override async clientDisconnected(identity: OpenFin.ClientIdentity): Promise<void> {
      const gone = instances.of(identity);
      if (gone) router.gone(gone);
    }

    override async intentHandlerRegistered(payload: { handlerId: string }, identity: OpenFin.ClientIdentity) {
      const instance = callerOf(options, identity);
      const intent = z
        .string()
        .parse(payload.handlerId)
        .replace(/^intent-handler-/, '');
      claimShare(instance.intents, intent, 'intent listeners');
      instance.intents.add(intent);
      instances.notify();
    }

    override contextHandlerRegistered(
      payload: { contextType: string | undefined; handlerId: string },
      identity: OpenFin.ClientIdentity,
    ) {
      const { contextHandlers } = callerOf(options, identity);
      claimShare(contextHandlers, payload.handlerId, 'context listeners');
      contextHandlers.set(payload.handlerId, payload.contextType ?? undefined);
      super.contextHandlerRegistered(payload, identity);
      instances.notify();
    }

    override removeContextHandler(payload: { handlerId: string }, identity: OpenFin.ClientIdentity) {
      callerOf(options, identity).contextHandlers.delete(payload.handlerId);
      super.removeContextHandler(payload, identity);
    }
  };
}
